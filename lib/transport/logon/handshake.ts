import type { ChannelBindings, SecurityContext } from '../../auth/contract/security-context.js';
import { CimletError } from '../../base/errors.js';
import type { HttpResponse } from '../http/http-response.js';
import { challengeFor, parseChallenges } from './challenges.js';
import { stepOf } from './context-failure.js';
import { authenticationRefused } from './refusals.js';

/** More rounds than any mechanism needs: CredSSP takes about six. */
const MAX_ROUNDS = 10;

export interface HandshakeOptions {
  readonly context: SecurityContext;
  readonly channelBindings: ChannelBindings | undefined;
  /** `host:port` for messages. */
  readonly where: string;
  /** Messages will be sealed, so that anything but a plain success of the last leg is suspect. */
  readonly encrypts: boolean;
  /** Posts an empty body with this `Authorization` header and gives the response, its body drained. */
  readonly post: (authorization: string) => Promise<HttpResponse>;
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
    const response = await post(authorizationHeader(context, token));
    const challenges = parseChallenges(response.wwwAuthenticate);
    const answer = challengeFor(challenges, context.scheme)?.token;
    fromServer = answer === undefined ? undefined : Buffer.from(answer, 'base64');
    const { status } = response;
    if (status === 401) {
      if (fromServer === undefined) throw authenticationRefused(context, where, challenges);
      // After its last leg the mechanism has nothing left to answer with: the server did not like what it got.
      if (context.complete) throw authenticationRefused(context, where, challenges);
      continue;
    }
    if (status === 403) {
      throw new CimletError('ERR_AUTHORIZATION', `${where} forbids the connection (HTTP 403).`, {
        hint: 'The account may not use WS-Management on this server, or a proxy is in the way.',
      });
    }
    if (!isAcceptance(status, encrypts)) {
      throw new CimletError('ERR_PROTOCOL', `${where} answered the logon with HTTP ${status}.`, {
        retryable: status === 503,
        hint:
          status === 404
            ? 'Check the path: WinRM listens on /wsman.'
            : 'Is this a WS-Management service, reached without a proxy?',
      });
    }
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

function stalled(context: SecurityContext, where: string, what: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `The ${context.mechanism} logon at ${where} ${what}.`, {
    hint: 'The server could not be authenticated, so nothing was sent to it.',
  });
}
