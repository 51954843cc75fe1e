import { CimletError } from '../../base/errors.js';
import { XmlSplitter, type XmlSplitterOptions } from '../../xml/splitter.js';
import type { XmlLimits } from '../../xml/text/limits.js';
import { XmlElement } from '../../xml/tree/element.js';
import type { ElementMakers } from '../../xml/tree/element-maker.js';
import type { SoapEnvelope } from '../contract/soap-reply.js';
import { NS } from './namespaces.js';

export interface EnvelopeReaderOptions {
  readonly contentType?: string | undefined;
  readonly limits?: XmlLimits | undefined;
  /** Who makes elements of headers, bodies and items, and of what stands right within them, in another form than trees. */
  readonly makers?: ElementMakers | undefined;
  /** Called as soon as an envelope is complete; several may follow one another in one HTTP reply (MS-WSMV 4.11). */
  readonly onEnvelope: (envelope: SoapEnvelope) => void;
  /** Called when the header blocks of an envelope are complete and its body begins. */
  readonly onBody?: ((headers: readonly XmlElement[]) => void) | undefined;
  /**
   * Called for each child of `Items` in an EnumerateResponse or PullResponse as it arrives. It is then not in `body`, so that
   * a page is never one tree.
   */
  readonly onItem?: ((item: XmlElement) => void) | undefined;
}

const PAGES = new Set(['EnumerateResponse', 'PullResponse']);

/** What an envelope consists of, for the splitter. */
class EnvelopeParts implements XmlSplitterOptions {
  readonly several = true;
  readonly #options: EnvelopeReaderOptions;
  #headers: XmlElement[] = [];
  #body: XmlElement[] = [];
  #page: XmlElement[] = [];

  constructor(options: EnvelopeReaderOptions) {
    this.#options = options;
  }

  get contentType(): string | undefined {
    return this.#options.contentType;
  }

  get limits(): XmlLimits | undefined {
    return this.#options.limits;
  }

  get makers(): ElementMakers | undefined {
    return this.#options.makers;
  }

  isContainer(namespace: string, name: string, parent: XmlElement | undefined): boolean {
    if (parent === undefined) requireEnvelope(namespace, name);
    else if (parent.name !== 'Envelope' && this.#options.onItem !== undefined) {
      return parent.name === 'Body' ? PAGES.has(name) : PAGES.has(parent.name) && name === 'Items';
    }
    if (namespace !== NS.soap) return false;
    return parent === undefined || (parent.name === 'Envelope' && (name === 'Header' || name === 'Body'));
  }

  element(element: XmlElement, container: XmlElement | undefined): void {
    if (container?.name === 'Header') this.#headers.push(element);
    else if (container?.name === 'Body') this.#body.push(element);
    else if (container?.name === 'Items') this.#options.onItem?.(element);
    else if (container !== undefined && PAGES.has(container.name)) this.#page.push(element);
  }

  handsOn(container: XmlElement | undefined): boolean {
    return container?.name === 'Items';
  }

  containerStart(container: XmlElement): void {
    if (container.name === 'Body') this.#options.onBody?.(this.#headers);
  }

  containerEnd({ namespace, name, attributes, scope }: XmlElement): void {
    if (!PAGES.has(name)) return;
    this.#body.push(new XmlElement(namespace, name, attributes, this.#page, '', scope));
    this.#page = [];
  }

  documentEnd(): void {
    const envelope = { headers: this.#headers, body: this.#body };
    this.#headers = [];
    this.#body = [];
    this.#options.onEnvelope(envelope);
  }
}

/**
 * Reads SOAP 1.2 envelopes out of bytes that arrive in any pieces. Malformed XML is `ERR_XML`,
 * a document that is not a SOAP 1.2 envelope is `ERR_NOT_SOAP`.
 */
export class EnvelopeReader {
  readonly #splitter: XmlSplitter;

  constructor(options: EnvelopeReaderOptions) {
    this.#splitter = new XmlSplitter(new EnvelopeParts(options));
  }

  write(bytes: Uint8Array): void {
    this.#splitter.write(bytes);
  }

  end(): void {
    this.#splitter.end();
  }
}

function requireEnvelope(namespace: string, name: string): void {
  if (namespace === NS.soap && name === 'Envelope') return;
  const isOlder = name === 'Envelope' && namespace === 'http://schemas.xmlsoap.org/soap/envelope/';
  throw new CimletError(
    'ERR_NOT_SOAP',
    isOlder
      ? 'The message is SOAP 1.1, not SOAP 1.2.'
      : `The message is not a SOAP envelope: its root element is <${name}>.`,
  );
}

/** The first header block of that name, by local name and namespace. */
export function headerOf(
  envelope: Pick<SoapEnvelope, 'headers'>,
  name: string,
  namespace: string,
): XmlElement | undefined {
  return envelope.headers.find((block) => block.name === name && block.namespace === namespace);
}

/** The trimmed text of a header block; undefined when it is absent or empty. */
export function headerText(
  envelope: Pick<SoapEnvelope, 'headers'>,
  name: string,
  namespace: string,
): string | undefined {
  return headerOf(envelope, name, namespace)?.text.trim() || undefined;
}
