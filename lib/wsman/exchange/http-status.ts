import { CimletError, type CimletErrorCode } from '../../base/errors.js';

/** A reply that could not be read as SOAP. */
export interface UnreadableReply {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly host: string;
  /** The first bytes of the body. */
  readonly excerpt: Buffer;
  /** Of the body as far as it was read, in bytes. */
  readonly length: number;
  /** Why it could not be read; undefined when there was nothing, or not exactly one response. */
  readonly failure: CimletError | undefined;
}

const LONGEST_EXCERPT = 200;

/** For a status that says all by itself, whatever the body is. */
export function refusedStatus(status: number, host: string, cause?: unknown): CimletError | undefined {
  if (status === 401) {
    return new CimletError('ERR_AUTHENTICATION', `${host} refused the credential (HTTP status 401).`, {
      hint: 'Check user name and password, and that the server allows this authentication (winrm get winrm/config/service/auth).',
      cause,
    });
  }
  if (status === 403) {
    return new CimletError('ERR_AUTHORIZATION', `${host} forbids the request (HTTP status 403).`, {
      hint: 'The account may lack the right to use remote management, or a proxy stands in the way.',
      cause,
    });
  }
  return undefined;
}

const HINTS: Readonly<Record<number, string>> = {
  400: 'The server could not read the HTTP request; https spoken to an http port, or headers that are too large, end so too.',
  404: 'Nothing answers at this path: check port and path (/wsman), and that WinRM listens there.',
  405: 'Something other than WinRM answers at this address.',
  407: 'A proxy asks for a credential.',
  413: 'The request is larger than the server allows (MaxEnvelopeSizekb).',
  415: 'The server does not take SOAP 1.2; something other than WinRM answers at this address.',
  502: 'A proxy could not reach the server.',
  503: 'The service is stopped or overloaded.',
  504: 'A proxy waited in vain for the server.',
};

const TEMPORARY = new Set([502, 503, 504]);

/** The error of a reply that is no SOAP: `ERR_NOT_SOAP`, or `ERR_XML` for one that began as XML and is broken. */
export function unreadableReply(reply: UnreadableReply): CimletError {
  const { status, host, excerpt, length, failure } = reply;
  const what = length === 0 ? 'an empty body' : kindOf(reply);
  const why = failure === undefined ? '' : ` ${failure.message}`;
  const quoted = length === 0 ? '' : ` It begins: ${JSON.stringify(textOf(excerpt))}`;
  return new CimletError(codeOf(reply), `${host} answered with HTTP status ${status} and ${what}.${why}${quoted}`, {
    hint: HINTS[status] ?? 'Look at what answers at this address: a proxy, a web server or another service.',
    retryable: TEMPORARY.has(status),
    cause: failure,
  });
}

function codeOf({ failure, contentType, excerpt }: UnreadableReply): CimletErrorCode {
  if (failure?.code !== 'ERR_XML' || isHtml(contentType, excerpt)) return 'ERR_NOT_SOAP';
  return /^[\uFEFF\s]*</.test(textOf(excerpt)) ? 'ERR_XML' : 'ERR_NOT_SOAP';
}

function kindOf({ contentType, excerpt, failure }: UnreadableReply): string {
  if (isHtml(contentType, excerpt)) return 'an HTML page';
  if (failure === undefined) return 'not exactly one response';
  const mediaType = contentType?.split(';')[0]?.trim();
  return `a body that is no SOAP envelope${mediaType ? ` (${mediaType.slice(0, 80)})` : ''}`;
}

function isHtml(contentType: string | undefined, excerpt: Buffer): boolean {
  if (/^\s*(?:text\/html|application\/xhtml)/i.test(contentType ?? '')) return true;
  return /^[\uFEFF\s]*<(?:!doctype\s+html|html)[\s>]/i.test(textOf(excerpt));
}

/** As much of the body as an error message should show, on one line. */
function textOf(excerpt: Buffer): string {
  const encoding = excerpt[1] === 0 || (excerpt[0] === 0xff && excerpt[1] === 0xfe) ? 'utf16le' : 'utf8';
  const text = excerpt.toString(encoding).replace(/\s+/g, ' ').trim();
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
}
