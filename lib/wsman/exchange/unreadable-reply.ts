import { CimletError, type CimletErrorCode } from '../../base/errors.js';
import { type Text, wordingOf } from '../../base/wording.js';
import { excerptOf, isHtmlPage, isTemporaryStatus, statusHint } from '../../transport/http/status-advice.js';

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

/** For a status that says all by itself, whatever the body is. */
export function statusError(status: number, host: string, cause?: unknown): CimletError | undefined {
  if (status === 401) {
    return new CimletError('ERR_AUTHENTICATION', `${host} refused the credential (HTTP status 401).`, {
      hint: 'Check user name and password, and that the server allows this authentication (winrm get winrm/config/service/auth).',
      cause,
    });
  }
  if (status === 403) {
    return new CimletError('ERR_AUTHORIZATION', `${host} forbids the request (HTTP status 403).`, {
      hint: statusHint(status),
      cause,
    });
  }
  return undefined;
}

/** The error of a reply that is not SOAP: `ERR_NOT_SOAP`, or `ERR_XML` for one that began as XML and is broken. */
export function unreadableReply(reply: UnreadableReply): CimletError {
  const { status, host, contentType, excerpt, length, failure } = reply;
  const isPage = isHtmlPage(excerpt, contentType);
  const what = length === 0 ? 'an empty body' : kindOf(reply, isPage);
  // Why a page for people is not XML helps nobody.
  const why = failure === undefined || isPage ? '' : ` ${failure.message}`;
  const begins = isPage ? 'It says' : 'It begins';
  const quoted = length === 0 ? '' : ` ${begins}: ${JSON.stringify(excerptOf(excerpt, contentType))}`;
  return new CimletError(codeOf(reply), `${host} answered with HTTP status ${status} and ${what}.${why}${quoted}`, {
    hint: (isPage ? undefined : limitHint(reply)) ?? statusHint(status, length === 0),
    retryable: isTemporaryStatus(status),
    cause: failure,
  });
}

/** What was read failed where a right answer stands: the reader knows best why. */
function limitHint({ status, failure }: UnreadableReply): Text | undefined {
  const isAnswer = (status >= 200 && status <= 299) || status === 500;
  return isAnswer && failure !== undefined ? wordingOf(failure).hint : undefined;
}

function codeOf({ failure, contentType, excerpt }: UnreadableReply): CimletErrorCode {
  if (failure?.code !== 'ERR_XML' || isHtmlPage(excerpt, contentType)) return 'ERR_NOT_SOAP';
  return excerptOf(excerpt, contentType).startsWith('<') ? 'ERR_XML' : 'ERR_NOT_SOAP';
}

function kindOf({ contentType, failure }: UnreadableReply, isPage: boolean): string {
  if (isPage) return 'an HTML page';
  if (failure === undefined) return 'not exactly one response';
  const mediaType = contentType?.split(';')[0]?.trim();
  return `a body that is not a SOAP envelope${mediaType ? ` (${mediaType.slice(0, 80)})` : ''}`;
}
