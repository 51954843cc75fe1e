import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { DiagnosticMessages } from '../../../base/diagnostics.js';
import { isCimletError } from '../../../base/errors.js';
import { type CimSession, newCimSession } from '../../../cim/session/cim-session.js';
import type { CimSessionOptions } from '../../../cim/session/session-options.js';
import { messageAndHint } from '../../terminal/report-error.js';
import { dhcpSteps } from './dhcp-steps.js';
import { failed, passed, type TestStep, type TestTarget, unsettled } from './step.js';

type Logon = DiagnosticMessages['cimlet:auth:complete'];

/** Logs on as a cmdlet would, asks the server who it is, and then its DHCP service. */
export async function* logonSteps(
  target: TestTarget,
  options: CimSessionOptions,
  partner: string | undefined,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): AsyncGenerator<TestStep> {
  let logon: Logon | undefined;
  const listener = (message: unknown) => {
    logon = message as Logon;
  };
  subscribe('cimlet:auth:complete', listener);
  let session: CimSession | undefined;
  try {
    session = await newCimSession(target.host, options);
    const identity = await session.testConnection({ signal, timeoutMs });
    if (logon) yield logonStep(logon, target);
    const { productVendor: vendor = 'unknown', productVersion: version = 'version unknown' } = identity;
    yield passed('identify', `It is ${vendor}, ${version}.`);
    if (/microsoft/i.test(vendor)) yield* dhcpSteps(session, partner, logon?.delegates === true, { signal, timeoutMs });
    else
      yield unsettled(
        'dhcp',
        'It is not Windows: no DHCP service is looked for.',
        'The cmdlets need a Windows DHCP server.',
      );
  } catch (error) {
    const { message, hint } = messageAndHint(error);
    const remedy = (isTimeout(error) ? WRONG_PORT : hint) ?? 'Run it again with --verbose to see each request.';
    if (logon) yield logonStep(logon, target);
    yield failed(logon ? 'identify' : 'logon', message, remedy);
  } finally {
    unsubscribe('cimlet:auth:complete', listener);
    await session?.close();
  }
}

const WRONG_PORT =
  'Something else may listen on this port: check the port and the address. A slow server needs a larger --timeout.';

const isTimeout = (error: unknown): boolean => isCimletError(error) && error.code === 'ERR_TIMEOUT';

function logonStep(logon: Logon, target: TestTarget): TestStep {
  const sealed =
    logon.encrypts && !target.secure
      ? 'messages are sealed'
      : target.secure
        ? 'TLS protects the messages'
        : 'messages are readable on the way';
  return passed(
    'logon',
    `Logged on with ${logon.mechanism} in ${logon.roundTrips} round ${logon.roundTrips === 1 ? 'trip' : 'trips'}; ${sealed}; the credential is ${logon.delegates ? '' : 'not '}delegated.`,
    logon.delegates
      ? undefined
      : 'Cmdlets that change a partner server too (Add-, Set-, Remove-DhcpServerv4Failover) need a delegated credential: --auth CredSsp, or --auth Kerberos --delegate.',
  );
}
