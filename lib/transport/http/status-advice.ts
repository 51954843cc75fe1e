/** What a status that is not an answer most often means on the way to WinRM. */
const HINTS: Readonly<Record<number, string>> = {
  400: 'The server could not read the HTTP request; https spoken to an http port, or headers that are too large, end so too.',
  403: 'The account may lack the right to use remote management, or a proxy stands in the way.',
  404: 'Nothing answers at this path: check port and path (/wsman), and that WinRM listens there.',
  405: 'Something other than WinRM answers at this address.',
  407: 'A proxy asks for a credential.',
  413: 'The request is larger than the server allows (MaxEnvelopeSizekb).',
  415: 'The server does not take SOAP 1.2; something other than WinRM answers at this address.',
  431: 'The headers of the request are larger than the server or a proxy allows.',
  502: 'A proxy could not reach the server.',
  503: 'The service is stopped or overloaded.',
  504: 'A proxy waited in vain for the server.',
};

const TEMPORARY: ReadonlySet<number> = new Set([502, 503, 504]);

const IN_CLEAR =
  'To a message in clear Windows answers so, without a word, while it takes none (AllowUnencrypted is false): seal it, with NTLM, Kerberos or CredSSP, or use https. To one that was encrypted, look into the logs of the server: it failed while it read or answered it.';

/** The remedy for a status that no SOAP came with; `isBare`: there was no body at all. */
export function statusHint(status: number, isBare = false): string {
  if (status === 500 && isBare) return IN_CLEAR;
  return HINTS[status] ?? 'Look at what answers at this address: a proxy, a web server or another service.';
}

/** The same request may be answered later. */
export function isTemporaryStatus(status: number): boolean {
  return TEMPORARY.has(status);
}

/** What a body is read up to for an excerpt. */
export const LONGEST_EXCERPT_BYTES = 1024;
const LONGEST_EXCERPT = 200;

/** As much of a body as an error message should show, on one line; of an HTML page the words alone. */
export function excerptOf(bytes: Uint8Array, contentType: string | undefined): string {
  const plain = decode(bytes);
  const words = isHtml(plain, contentType) ? wordsOf(plain) : plain;
  const text = words.replace(/\s+/g, ' ').trim();
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
}

/** Whether a body is an HTML page, by what it says of itself or by how it begins. */
export function isHtmlPage(bytes: Uint8Array, contentType: string | undefined): boolean {
  return isHtml(decode(bytes), contentType);
}

function isHtml(text: string, contentType: string | undefined): boolean {
  if (/^\s*(?:text\/html|application\/xhtml)/i.test(contentType ?? '')) return true;
  return /^[\uFEFF\s]*<(?:!doctype\s+html|html)[\s>]/i.test(text);
}

function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[1] === 0 || (bytes[0] === 0xff && bytes[1] === 0xfe);
  return Buffer.from(bytes.subarray(0, LONGEST_EXCERPT_BYTES)).toString(isUtf16 ? 'utf16le' : 'utf8');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
  '&amp;': '&',
};

/** The text of a page. Its title is left out when it has text of its own, which repeats it. */
function wordsOf(page: string): string {
  const visible = page.replace(/<!--.*?(?:-->|$)|<(script|style)\b.*?(?:<\/\1>|$)/gis, ' ');
  const untitled = visible.replace(/<title\b.*?(?:<\/title>|$)/gis, ' ');
  const text = stripTags(untitled);
  return text.trim() === '' ? stripTags(visible) : text;
}

function stripTags(html: string): string {
  return html
    .replace(/<[^>]*(?:>|$)/g, ' ')
    .replace(/&(?:lt|gt|quot|nbsp|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
