import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import { AttemptsFailedError } from './connection-attempts.js';
import { certificateRefused, isCertificateVerdict, tlsFailed } from './tls-failures.js';

/** What the transport was doing when Node reported an error. */
export interface FailureScene {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** `handshake`: before the server's first answer; `logon`: between the legs of a logon. */
  readonly phase: 'connect' | 'tls' | 'handshake' | 'logon' | 'request' | 'response';
  /** The server may run the request twice without harm. Only read when `phase` is `request` or `response`. */
  readonly repeatable?: boolean;
  /** SHA-256 fingerprint of the certificate that the server showed, when it did. */
  readonly fingerprint?: string | undefined;
  /** What was connected to is the proxy on the way to the server. */
  readonly isProxy?: boolean | undefined;
}

/** The one place where errors of Node's net, tls and http modules become errors of the library. A CimletError passes through. */
export function fromNodeError(error: unknown, scene: FailureScene): CimletError {
  if (error instanceof CimletError) return error;
  const code = codeOf(error);
  const where = `${scene.host}:${scene.port}`;
  if (code.startsWith('HPE_')) return notHttp(error, scene, where);
  if (scene.phase === 'tls' && isCertificateVerdict(code)) {
    return certificateRefused(error, code, messageOf(error), where, scene.fingerprint);
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    return tlsFailed(error, code, messageOf(error), where, scene.phase !== 'tls' && scene.phase !== 'connect');
  }
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) {
    const of = scene.isProxy ? `the proxy ${where}` : where;
    return new CimletError('ERR_NAME_NOT_RESOLVED', `The name of ${of} could not be resolved (${code}).`, {
      cause: error,
      retryable: code === 'EAI_AGAIN',
      hint: scene.isProxy
        ? 'Check the spelling and the DNS suffix, or give its address.'
        : wording`Check the spelling and the DNS suffix, or give the address with ${{ option: 'connectTo' }}.`,
    });
  }
  if (scene.phase === 'connect')
    return scene.isProxy ? proxyNotReached(error, code, where) : notReached(error, code, where);
  return code === '' && error !== undefined ? unforeseen(error, scene, where) : connectionLost(error, scene);
}

/** No error of the network's: it must not look like one, since what was lost on the way may be sent again. */
function unforeseen(error: unknown, scene: FailureScene, where: string): CimletError {
  const sent = scene.phase === 'request' || scene.phase === 'response';
  return new CimletError('ERR_PROTOCOL', `The exchange with ${where} failed: ${messageOf(error)}`, {
    cause: error,
    ...(sent ? { hint: 'Whether the request took effect is unknown; ask the server for its state.' } : {}),
  });
}

/** The socket went away. Says whether the request may have taken effect. */
function connectionLost(cause: unknown, scene: FailureScene): CimletError {
  const where = `${scene.host}:${scene.port}`;
  switch (scene.phase) {
    case 'request':
    case 'response': {
      const moment = scene.phase === 'request' ? 'before the answer came' : 'in the middle of the answer';
      const consequence = scene.repeatable
        ? 'The request may be sent again without harm.'
        : 'The request had been sent and may have taken effect on the server.';
      return new CimletError('ERR_CONNECTION_LOST', `The connection to ${where} was lost ${moment}. ${consequence}`, {
        cause,
        retryable: scene.repeatable ?? false,
        hint: scene.repeatable ? 'Try again.' : 'Look at the state of the server before you try again.',
      });
    }
    case 'tls':
      return new CimletError('ERR_CONNECTION_LOST', `${where} closed the connection during the TLS handshake.`, {
        cause,
        retryable: true,
        hint: 'Does the server listen for https on this port (WinRM: 5986), and does it have a certificate?',
      });
    case 'logon':
      return new CimletError('ERR_CONNECTION_LOST', `The connection to ${where} was closed within the logon.`, {
        cause,
        hint: wording`The logon needs one connection that stays. A proxy or gateway in between that closes connections or shares them breaks it: go round it${{ clause: wording`, or through it by a tunnel (${{ option: 'proxy' }})` }}.`,
      });
    default:
      return new CimletError('ERR_CONNECTION_LOST', `${where} closed the connection while it was being set up.`, {
        cause,
        retryable: true,
        hint: scene.secure
          ? 'A proxy or a limit on connections may be in the way.'
          : 'If the server expects TLS on this port, use https (WinRM: 5986).',
      });
  }
}

function proxyNotReached(error: unknown, code: string, where: string): CimletError {
  const tried = error instanceof AttemptsFailedError ? ` Tried: ${error.attempts}.` : '';
  return new CimletError(
    code === 'ETIMEDOUT' ? 'ERR_TIMEOUT' : 'ERR_CONNECTION_REFUSED',
    `The proxy ${where} cannot be reached (${code || messageOf(error)}).${tried}`,
    { cause: error, retryable: true, hint: 'Is it the right address and port, and does the proxy run?' },
  );
}

function notReached(error: unknown, code: string, where: string): CimletError {
  const tried = error instanceof AttemptsFailedError ? ` Tried: ${error.attempts}.` : '';
  if (code === 'ECONNREFUSED') {
    return new CimletError(
      'ERR_CONNECTION_REFUSED',
      `${where} refused the connection: nothing listens there.${tried}`,
      {
        cause: error,
        retryable: true,
        hint: 'Is WinRM running (Enable-PSRemoting, winrm quickconfig) and is the port right: 5985 for http, 5986 for https?',
      },
    );
  }
  if (code === 'ETIMEDOUT') {
    return new CimletError('ERR_TIMEOUT', `${where} did not answer the connection attempt (${code}).${tried}`, {
      cause: error,
      retryable: true,
      hint: 'A firewall that drops packets is the usual reason. WinRM needs 5985 or 5986 open.',
    });
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return new CimletError('ERR_CONNECTION_LOST', `${where} closed the connection while it was being set up.`, {
      cause: error,
      retryable: true,
    });
  }
  return new CimletError(
    'ERR_CONNECTION_REFUSED',
    `${where} could not be reached (${code || messageOf(error)}).${tried}`,
    {
      cause: error,
      retryable: true,
      hint: 'Check the address, the route and the firewalls in between.',
    },
  );
}

function notHttp(error: unknown, scene: FailureScene, where: string): CimletError {
  // The error carries the raw bytes, which may hold a token: only its message is kept.
  const raw = field(error, 'rawPacket');
  const tlsAlert = ArrayBuffer.isView(raw) && startsLikeTls(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  return new CimletError('ERR_PROTOCOL', `${where} answered with something that is not HTTP (${codeOf(error)}).`, {
    cause: new Error(messageOf(error)),
    hint:
      tlsAlert && !scene.secure
        ? 'The server expects TLS on this port: use https.'
        : 'Another service may be listening on this port (WinRM: 5985 for http, 5986 for https).',
  });
}

function startsLikeTls(bytes: Buffer): boolean {
  return (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 0x03;
}

/** Node's errors may come from another realm (a vm context), where `instanceof Error` does not hold. */
function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function codeOf(error: unknown): string {
  const code = field(error, 'code');
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  const message = field(error, 'message');
  return typeof message === 'string' ? message : String(error);
}
