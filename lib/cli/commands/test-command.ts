import { wantsTls } from '../../cim/session/session-options.js';
import { proxyOf } from '../../cim/session/session-transport.js';
import { portOf, remoteSessions } from '../sessions/remote-sessions.js';
import { type CommandIo, writeProse, writeText } from '../terminal/command-io.js';
import type { TerminalInput } from '../terminal/terminal-input.js';
import type { CommandOptions } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';
import { logonSteps } from './connection-test/logon-steps.js';
import { nameStep, tcpStep } from './connection-test/network-steps.js';
import { offerSteps } from './connection-test/offer-step.js';
import type { TestStep, TestTarget } from './connection-test/step.js';
import { tlsStep } from './connection-test/tls-step.js';

const DEFAULT_STEP_MS = 15_000;

/** A server that offers logons does so at once. */
const OFFER_PATIENCE_MS = 5000;

/**
 * `cimlet test HOST [PARTNER]`: name, TCP, TLS, offered authentication, clock, logon, Identify, the DHCP service, and the way from there to the
 * partner, one after the other, each said as it ends.
 * Stops at the first that fails, with the remedy. A server that offers no logon but keeps quiet is warned of, and tried. Exit code 0 when none
 * failed.
 */
export async function runTest(
  given: readonly string[],
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
): Promise<number> {
  const [host, partner, ...more] = given.filter((word) => word !== '--json');
  const json = options.json || given.includes('--json');
  if (host === undefined || more.length > 0 || [host, partner].some((name) => name?.startsWith('-'))) {
    throw new UsageError(
      'cimlet test takes one host, and its failover partner.',
      'Write cimlet [options] test HOST [PARTNER]; options come before the word test.',
    );
  }
  if (options.emulator) {
    throw new UsageError(
      'cimlet test goes through a network, which the built-in lab has none of.',
      'Run cimlet emulator in another terminal, and test with the --connect-to that it prints.',
    );
  }
  const { optionsFor } = await remoteSessions(options, io, input);
  const session = optionsFor(host);
  const name = host.replace(/^\[|\]$/g, '');
  const port = portOf(session);
  const { tls: { ca, fingerprint256: pin } = {}, connectTo, skipCACheck = false, skipCNCheck = false } = session;
  const { proxy, kerberos } = session;
  // A pin without an authority is the whole check.
  const isPinned = pin !== undefined && ca === undefined;
  const target: TestTarget = {
    host: name,
    port,
    secure: wantsTls(session),
    address: typeof connectTo === 'object' ? connectTo : { host: name.toLowerCase(), port },
    ...(proxy === undefined ? {} : { proxy: proxyOf(proxy) }),
    ...(kerberos && kerberos.spnHost !== undefined ? { spnHost: kerberos.spnHost } : {}),
    ...(typeof ca === 'string' ? { ca } : {}),
    ...(pin === undefined ? {} : { pin }),
    skipCaCheck: skipCACheck || isPinned,
    skipCnCheck: skipCNCheck || isPinned,
  };
  const stepMs = session.operationTimeoutMs ?? DEFAULT_STEP_MS;
  for await (const step of steps(target, session, partner, io.signal, stepMs)) {
    // What Ctrl-C ended has not failed.
    if (io.signal.aborted) break;
    if (json) await writeText(io.stdout, `${JSON.stringify(step)}\n`);
    else await writeProse(io.stdout, `${stepText(step)}\n`);
    if (!step.ok) return 1;
  }
  return 0;
}

async function* steps(
  target: TestTarget,
  session: Parameters<typeof logonSteps>[1],
  partner: string | undefined,
  signal: AbortSignal,
  stepMs: number,
): AsyncGenerator<TestStep> {
  const limit = () => AbortSignal.any([signal, AbortSignal.timeout(stepMs)]);
  yield await nameStep(target);
  yield await tcpStep(target, limit());
  if (target.secure) yield await tlsStep(target, limit());
  yield* offerSteps(target, signal, Math.min(stepMs, OFFER_PATIENCE_MS));
  yield* logonSteps(target, session, partner, { signal, timeoutMs: stepMs });
}

function stepText({ step, ok, warning, text, hint }: TestStep): string {
  const line = `${ok ? (warning ? 'WARN  ' : 'ok    ') : 'FAILED'}  ${step.padEnd(8)}  ${text}`;
  return hint === undefined ? line : `${line}\n                  ${hint}`;
}
