import type { ChannelBindings, SecurityContext } from '../../auth/contract/security-context.js';
import { CimletError } from '../../base/errors.js';
import { excerptOf, isTemporaryStatus, statusHint } from '../http/status-advice.js';
import { challengeFor, parseChallenges } from './challenges.js';
import { stepOf } from './context-failure.js';
import { authenticationRefused } from './refusals.js';

/** More rounds than any mechanism needs: CredSSP takes about six. */
const MAX_ROUNDS = 10;

/** What the server answered to one leg. */
export interface LogonReply {
  readonly status: number;
  /** One entry a header. */
  readonly wwwAuthenticate: readonly string[];
  readonly contentType: string | undefined;
  /** What the body begins with. */
  readonly excerpt: Uint8Array;
}

export interface HandshakeOptions {
  readonly context: SecurityContext;
  readonly channelBindings: ChannelBindings | undefined;
  /** `host:port` for messages. */
  readonly where: string;
  /** Messages will be sealed, so that anything but a plain success of the last leg is suspect. */
  readonly encrypts: boolean;
  /** Posts an empty body with this `Authorization` header and gives the reply. */
  readonly post: (authorization: string) => Promise<LogonReply>;
}

/**
 * Establishes a connection-bound context with empty POSTs (MS-WSMV 2.2.9.1.1.1, RFC 4559 section 5), so that no body leaves before the server
 * is authenticated. Gives the number of rounds.
 * @throws `ERR_AUTHENTICATION`, `ERR_AUTHORIZATION`, `ERR_PROTOCOL`, and what `post` throws.
 */
export async function performHandshake({
  context,
  channelBindings,
  where,
  encrypts,
  post,
}: HandshakeOptions): Promise<number> {
  let fromServer: Uint8Array | undefined;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const token = await stepOf(context, fromServer, channelBindings);
    if (token === undefined) throw stalled(context, where, 'has nothing to send, but the server asks for more');
    const authorization = authorizationHeader(context, token);
    const reply = await post(authorization);
    const challenges = parseChallenges(reply.wwwAuthenticate);
    const answer = challengeFor(challenges, context.scheme)?.token;
    fromServer = answer === undefined ? undefined : Buffer.from(answer, 'base64');
    const { status } = reply;
    if (status === 401) {
      if (fromServer === undefined) throw authenticationRefused(context, where, challenges);
      // After its last leg the mechanism has nothing left to answer with: the server did not like what it got.
      if (context.complete) throw authenticationRefused(context, where, challenges);
      continue;
    }
    const accepted = isAcceptance(status, encrypts) && (status < 300 || context.complete || fromServer !== undefined);
    if (!accepted) throw refusedByStatus(reply, where, context, authorization.length);
    if (!context.complete && fromServer !== undefined) {
      const left = await stepOf(context, fromServer, channelBindings);
      if (left !== undefined) throw stalled(context, where, 'has more to send, but the server considers it finished');
    }
    if (!context.complete) throw stalled(context, where, 'is not finished, but the server considers it so');
    return round;
  }
  throw new CimletError('ERR_AUTHENTICATION', `The logon at ${where} was not finished after ${MAX_ROUNDS} rounds.`, {
    hint: 'The server keeps asking for more, which no mechanism does.',
  });
}

/** `Authorization` of a context: the scheme, and the token as base64 when there is one. */
export function authorizationHeader(context: SecurityContext, token: Uint8Array | undefined): string {
  if (token === undefined) return context.scheme;
  return `${context.scheme} ${Buffer.from(token.buffer, token.byteOffset, token.length).toString('base64')}`;
}

/** Without sealing, a server that has authenticated the caller may complain about the empty body. */
function isAcceptance(status: number, encrypts: boolean): boolean {
  return (status >= 200 && status < 300) || (!encrypts && (status === 400 || status === 411 || status === 500));
}

/** Statuses of a server, or of a proxy, that the header was too long for. */
const TOO_LONG: ReadonlySet<number> = new Set([400, 413, 431]);

/** Whatever is wrong at the server's nearly always meets the logon, which is the first request: it is told as of any other. */
function refusedByStatus(reply: LogonReply, where: string, context: SecurityContext, headerBytes: number): CimletError {
  const { status, contentType, excerpt } = reply;
  const text = excerptOf(excerpt, contentType);
  const said = text === '' ? '' : ` It says: ${JSON.stringify(text)}`;
  const isLong = TOO_LONG.has(status) && headerBytes > LONG_HEADER_BYTES;
  const size = isLong ? ` The header with its ${context.mechanism} token was ${headerBytes} bytes long.` : '';
  const isTooLong = isLong || (TOO_LONG.has(status) && /too long|too large/i.test(text));
  const what = status === 403 ? 'forbids the connection (HTTP 403)' : `answered the logon with HTTP ${status}`;
  return new CimletError(status === 403 ? 'ERR_AUTHORIZATION' : 'ERR_PROTOCOL', `${where} ${what}.${size}${said}`, {
    retryable: isTemporaryStatus(status),
    hint: isTooLong ? `${statusHint(status)} ${LONG_TOKEN}` : statusHint(status),
  });
}

/** Proxies often allow 8 KiB, HTTP.sys 16. */
const LONG_HEADER_BYTES = 8000;

const LONG_TOKEN =
  'The Kerberos tickets of accounts in many groups are long: raise MaxFieldLength and MaxRequestBytes on the server (HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters, then restart HTTP and WinRM).';

function stalled(context: SecurityContext, where: string, what: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `The ${context.mechanism} logon at ${where} ${what}.`, {
    hint: 'The server could not be authenticated, so nothing was sent to it.',
  });
}
