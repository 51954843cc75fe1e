import { XmlWriter } from '../../xml/writer.js';
import type { ResourceTarget, WsManOption } from '../contract/operation-request.js';
import { formatDuration } from './duration.js';
import { ANONYMOUS, NS } from './namespaces.js';
import { writeSelectorSet } from './write-endpoint-reference.js';

/** The headers and the body of one request (MS-WSMV 4.11.1, 4.11.2; DSP0226 5.4, 6). What is undefined is left out. */
export interface RequestContent {
  readonly to: string;
  readonly resourceUri: string;
  readonly action: string;
  readonly messageId: string;
  /** In bytes. */
  readonly maxEnvelopeSize?: number | undefined;
  /** Language of texts, e.g. `en-US`. */
  readonly locale?: string | undefined;
  /** Language of numbers and dates within texts. */
  readonly dataLocale?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly operationId?: string | undefined;
  /** This request repeats one whose connection was lost (MS-WSMV 3.1.4.1.39): OperationID must be understood. */
  readonly retransmission?: boolean;
  readonly sequenceId?: number | undefined;
  readonly selectors?: Readonly<Record<string, string>> | undefined;
  readonly referenceSelectors?: Readonly<Record<string, ResourceTarget>> | undefined;
  readonly options?: readonly WsManOption[] | undefined;
  readonly operationTimeoutMs?: number | undefined;
  /** Finished header blocks, with every prefix that they use declared: reference parameters that a server gave. */
  readonly extraHeaders?: string | undefined;
  /** Finished markup, with every prefix that it uses declared; empty for an empty body. */
  readonly body: string;
}

const MUST = { 's:mustUnderstand': 'true' };
const NEED_NOT = { 's:mustUnderstand': 'false' };

const START = `<s:Envelope xmlns:s="${NS.soap}" xmlns:a="${NS.addressing}" xmlns:w="${NS.wsman}" xmlns:p="${NS.wsmv}"><s:Header>`;

/** The text of a request envelope, its headers in the order, and with the `mustUnderstand`, of Windows' own client. */
export function writeRequestEnvelope(content: RequestContent): string {
  const { to, resourceUri, action, maxEnvelopeSize, locale, dataLocale, sessionId } = content;
  const xml = new XmlWriter().raw(START);
  xml.raw(addressing(to, resourceUri, action, maxEnvelopeSize));
  xml.element('a:MessageID', content.messageId);
  xml.raw(session(locale, dataLocale, sessionId));
  if (content.operationId !== undefined) {
    xml.element('p:OperationID', content.operationId, content.retransmission === true ? MUST : NEED_NOT);
  }
  if (content.sequenceId !== undefined) xml.element('p:SequenceId', String(content.sequenceId), NEED_NOT);
  xml.raw(selectorSet(content.selectors, content.referenceSelectors));
  if (content.options !== undefined) xml.raw(optionSet(content.options));
  if (content.operationTimeoutMs !== undefined) {
    xml.element('w:OperationTimeout', formatDuration(content.operationTimeoutMs));
  }
  return `${xml.toString()}${content.extraHeaders ?? ''}</s:Header><s:Body>${content.body}</s:Body></s:Envelope>`;
}

const addressing = remembered((xml, to: string, resourceUri: string, action: string, maxSize: number | undefined) => {
  xml.element('a:To', to);
  xml.element('w:ResourceURI', resourceUri, MUST);
  xml.open('a:ReplyTo').element('a:Address', ANONYMOUS, MUST).close();
  xml.element('a:Action', action, MUST);
  if (maxSize !== undefined) xml.element('w:MaxEnvelopeSize', String(maxSize), MUST);
});

const session = remembered(
  (xml, locale: string | undefined, dataLocale: string | undefined, sessionId: string | undefined) => {
    if (locale !== undefined) xml.element('w:Locale', undefined, { 'xml:lang': locale, ...NEED_NOT });
    if (dataLocale !== undefined) xml.element('p:DataLocale', undefined, { 'xml:lang': dataLocale, ...NEED_NOT });
    if (sessionId !== undefined) xml.element('p:SessionId', sessionId, NEED_NOT);
  },
);

/** Selectors are not changed once they are made, so that the same object stands for the same text. */
const selectorSet = remembered(
  (xml, selectors: RequestContent['selectors'], referenceSelectors: RequestContent['referenceSelectors']) => {
    writeSelectorSet(xml, { selectors: selectors ?? {}, referenceSelectors: referenceSelectors ?? {} });
  },
);

let lastOptions: readonly WsManOption[] = [];
let lastOptionSet = '';

/** As {@link remembered}, by what the options say: callers make them anew for each request. */
function optionSet(options: readonly WsManOption[]): string {
  if (haveSameText(options, lastOptions)) return lastOptionSet;
  const xml = new XmlWriter();
  writeOptionSet(xml, options);
  lastOptionSet = xml.toString();
  lastOptions = options.map((option) => (Object.isFrozen(option) ? option : { ...option }));
  return lastOptionSet;
}

function haveSameText(options: readonly WsManOption[], others: readonly WsManOption[]): boolean {
  if (options.length !== others.length) return false;
  return options.every((option, index) => {
    const other = others[index];
    if (option === other) return true;
    return (
      option.name === other?.name &&
      option.value === other.value &&
      option.type === other.type &&
      option.mustComply === other.mustComply
    );
  });
}

/** Headers as text, kept while they are asked for with the same arguments: the requests of a process differ in little. */
function remembered<A extends readonly unknown[]>(
  write: (xml: XmlWriter, ...values: A) => void,
): (...values: A) => string {
  let last: A | undefined;
  let text = '';
  return (...values) => {
    if (last?.every((value, index) => value === values[index]) !== true) {
      const xml = new XmlWriter();
      write(xml, ...values);
      text = xml.toString();
      last = values;
    }
    return text;
  };
}

function writeOptionSet(xml: XmlWriter, options: readonly WsManOption[]): void {
  if (options.length === 0) return;
  // The printed requests declare xsi here; xs is what the Type attributes' QNames need.
  xml.open('w:OptionSet', { 'xmlns:xsi': NS.xsi, 'xmlns:xs': NS.xs });
  for (const { name, value, type, mustComply } of options) {
    xml.element('w:Option', value, {
      Name: name,
      Type: type,
      MustComply: mustComply === undefined ? undefined : String(mustComply),
    });
  }
  xml.close();
}

/** The body of an Identify request (DSP0226 11): no addressing headers. */
export function writeIdentifyEnvelope(): string {
  return new XmlWriter()
    .open('s:Envelope', { 'xmlns:s': NS.soap, 'xmlns:wsmid': NS.identity })
    .element('s:Header')
    .open('s:Body')
    .element('wsmid:Identify')
    .close()
    .close()
    .toString();
}
