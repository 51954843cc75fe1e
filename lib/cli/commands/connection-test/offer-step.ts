import { type IncomingMessage, request as requestHttp } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { parseChallenges } from '../../../transport/logon/challenges.js';
import { systemErrorCode } from '../../usage/system-error-code.js';
import { clockStep } from './clock-step.js';
import { openTcp } from './network-steps.js';
import { failed, passed, type TestStep, type TestTarget, unsettled } from './step.js';

/**
 * How the server lets callers log on: an empty POST without a credential, and what it is answered with. One that keeps the connection and says
 * nothing may still be a server: OMI answers none but callers who log on.
 */
export async function* offerSteps(
  target: TestTarget,
  signal: AbortSignal,
  patienceMs: number,
): AsyncGenerator<TestStep> {
  const { step, date } = await offerStep(target, signal, patienceMs);
  yield step;
  if (step.ok && date !== undefined) yield clockStep(date, Date.now());
}

interface Offer {
  readonly step: TestStep;
  /** The header of the answer. */
  readonly date?: string | undefined;
}

async function offerStep(target: TestTarget, signal: AbortSignal, patienceMs: number): Promise<Offer> {
  const patience = AbortSignal.timeout(patienceMs);
  let reply: IncomingMessage;
  try {
    reply = await emptyPost(target, AbortSignal.any([signal, patience]));
  } catch (error) {
    return { step: unanswered(error, patience.aborted && !signal.aborted, patienceMs) };
  }
  return { step: answered(reply), date: reply.headers.date };
}

function unanswered(error: unknown, isQuiet: boolean, patienceMs: number): TestStep {
  if (isQuiet) {
    return unsettled(
      'offer',
      `It accepts the connection, but leaves a request without a logon unanswered for ${patienceMs / 1000} s.`,
      'Windows answers at once which logons it offers; some other servers (OMI) do not. The logon shows whether anybody is there.',
    );
  }
  const code = systemErrorCode(error) ?? 'interrupted';
  return failed(
    'offer',
    `It does not answer HTTP (${code}).`,
    'Something else listens on this port, or it closes connections: check the port and the address.',
  );
}

function answered(reply: IncomingMessage): TestStep {
  const status = reply.statusCode ?? 0;
  const server = reply.headers.server === undefined ? '' : ` (${reply.headers.server})`;
  if (status === 401) {
    const challenges = parseChallenges(reply.headersDistinct['www-authenticate'] ?? []);
    const schemes = [...new Set(challenges.map(({ scheme }) => scheme))];
    if (schemes.length > 0) return passed('offer', `It offers ${schemes.join(', ')}${server}.`);
    return failed(
      'offer',
      `It refuses callers and offers no way to log on${server}.`,
      'Enable an authentication in the WinRM service: winrm get winrm/config/service/auth.',
    );
  }
  return failed(
    'offer',
    `It answers ${status} instead of asking who calls${server}.`,
    'A proxy or another web server answers: check the port, and that no proxy stands between.',
  );
}

async function emptyPost(target: TestTarget, signal: AbortSignal): Promise<IncomingMessage> {
  const { host, port } = target;
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const options = {
    path: '/wsman',
    method: 'POST',
    headers: { Host: authority, 'Content-Length': 0, 'User-Agent': 'cimlet' },
    signal,
  };
  const tcp = await openTcp(target, signal);
  return new Promise((resolve, reject) => {
    const request = requestHttp({ ...options, createConnection: () => (target.secure ? overTls(tcp, target) : tcp) });
    request.once('response', (reply) => {
      reply.resume();
      reply.once('error', () => {});
      request.destroy();
      resolve(reply);
    });
    request.on('error', reject);
    request.end();
  });
}

function overTls(socket: Socket, { host, ca, skipCaCheck, skipCnCheck }: TestTarget): Socket {
  return connectTls({
    socket,
    servername: isIP(host) === 0 ? host : '',
    // The step before has verified the certificate; nothing secret is sent here.
    rejectUnauthorized: !skipCaCheck,
    ...(skipCnCheck && { checkServerIdentity: () => undefined }),
    ...(ca === undefined ? {} : { ca }),
  });
}
