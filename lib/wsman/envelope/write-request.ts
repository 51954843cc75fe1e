import { XmlWriter } from '../../xml/writer.js';
import type { ResourceTarget, WsManOption } from '../contract/operation-request.js';
import { formatDuration } from './duration.js';
import { writeSelectorSet } from './endpoint-reference.js';
import { ANONYMOUS, NS } from './namespaces.js';

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

const ENVELOPE = {
  'xmlns:s': NS.soap,
  'xmlns:a': NS.addressing,
  'xmlns:w': NS.wsman,
  'xmlns:p': NS.wsmv,
};

/** The text of a request envelope, its headers in the order, and with the `mustUnderstand`, of Windows' own client. */
export function writeRequestEnvelope(content: RequestContent): string {
  const { resourceUri, action, maxEnvelopeSize, locale, dataLocale } = content;
  const xml = new XmlWriter().open('s:Envelope', ENVELOPE).open('s:Header');
  xml.element('a:To', content.to);
  xml.raw(addressing(resourceUri, action, maxEnvelopeSize));
  xml.element('a:MessageID', content.messageId);
  xml.raw(languages(locale, dataLocale));
  if (content.sessionId !== undefined) xml.element('p:SessionId', content.sessionId, NEED_NOT);
  if (content.operationId !== undefined) {
    xml.element('p:OperationID', content.operationId, content.retransmission === true ? MUST : NEED_NOT);
  }
  if (content.sequenceId !== undefined) xml.element('p:SequenceId', String(content.sequenceId), NEED_NOT);
  const { selectors, referenceSelectors } = content;
  if (selectors !== undefined || referenceSelectors !== undefined) {
    writeSelectorSet(xml, { selectors: selectors ?? {}, referenceSelectors: referenceSelectors ?? {} });
  }
  if (content.options !== undefined) xml.raw(optionSet(content.options));
  if (content.operationTimeoutMs !== undefined) {
    xml.element('w:OperationTimeout', formatDuration(content.operationTimeoutMs));
  }
  if (content.extraHeaders !== undefined) xml.raw(content.extraHeaders);
  return xml.close().open('s:Body').raw(content.body).close().close().toString();
}

const addressing = remembered((xml, resourceUri: string, action: string, maxEnvelopeSize: number | undefined) => {
  xml.element('w:ResourceURI', resourceUri, MUST);
  xml.open('a:ReplyTo').element('a:Address', ANONYMOUS, MUST).close();
  xml.element('a:Action', action, MUST);
  if (maxEnvelopeSize !== undefined) xml.element('w:MaxEnvelopeSize', String(maxEnvelopeSize), MUST);
});

const languages = remembered((xml, locale: string | undefined, dataLocale: string | undefined) => {
  if (locale !== undefined) xml.element('w:Locale', undefined, { 'xml:lang': locale, ...NEED_NOT });
  if (dataLocale !== undefined) xml.element('p:DataLocale', undefined, { 'xml:lang': dataLocale, ...NEED_NOT });
});

let lastOptions: readonly WsManOption[] = [];
let lastOptionSet = '';

/** As {@link remembered}, by what the options say: callers make them anew for each request. */
function optionSet(options: readonly WsManOption[]): string {
  if (haveSameText(options, lastOptions)) return lastOptionSet;
  const xml = new XmlWriter();
  writeOptionSet(xml, options);
  lastOptionSet = xml.toString();
  lastOptions = options.map((option) => ({ ...option }));
  return lastOptionSet;
}

function haveSameText(options: readonly WsManOption[], others: readonly WsManOption[]): boolean {
  if (options.length !== others.length) return false;
  return options.every((option, index) => {
    const other = others[index];
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
