import { type CimletError, isCimletError } from '../../../base/errors.js';
import { CimException } from '../../../cim/error/cim-exception.js';
import type { CimSession } from '../../../cim/session/cim-session.js';
import { ErrorRecord } from '../../../cmdlet/contract/error-record.js';
import { CmdletError } from '../../../cmdlet/result/cmdlet-error.js';
import { getDhcpServerVersion } from '../../../dhcp-server/index.js';
import { messageAndHint } from '../../terminal/report-error.js';
import { failed, passed, type TestStep, unsettled } from './step.js';

/** How long a call of a step may take, and what stops it. */
interface StepLimits {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

interface Version {
  readonly major: number;
  readonly minor: number;
}

/** Failover is of Windows Server 2012 (6.2) and later. */
const hasFailover = ({ major, minor }: Version): boolean => major > 6 || (major === 6 && minor >= 2);

/**
 * Asks the DHCP service of the server, and, through it, that of a partner: the server makes that second hop in the caller's name, as it does for the
 * cmdlets that change a failover relationship. Nothing is changed.
 */
export async function* dhcpSteps(
  session: CimSession,
  partner: string | undefined,
  delegates: boolean,
  limits: StepLimits,
): AsyncGenerator<TestStep> {
  const own = await versionOf(session, undefined, limits);
  if (own instanceof Error) {
    yield failed('dhcp', messageAndHint(own).message, dhcpRemedy(own));
    return;
  }
  yield passed(
    'dhcp',
    `Its DHCP service answers; the version is ${text(own)}. You may read it.`,
    'To change anything you have to be one of the DHCP Administrators, on both servers of a failover relationship.',
  );
  if (!hasFailover(own)) {
    yield failed(
      'failover',
      'The version is older than Windows Server 2012: it has no failover.',
      'Bring both servers to the same version of Windows Server.',
    );
    return;
  }
  if (partner === undefined) return;
  const other = await versionOf(session, partner, limits);
  if (other instanceof Error) {
    yield failed(
      'partner',
      `${session.computerName} does not get through to ${partner}: ${messageAndHint(other).message}`,
      partnerRemedy(other, partner, delegates),
    );
    return;
  }
  yield passed(
    'partner',
    `${session.computerName} reaches the DHCP service of ${partner} in your name; the version is ${text(other)}.`,
  );
  if (!hasFailover(other)) {
    yield failed(
      'failover',
      `${partner} is older than Windows Server 2012: it has no failover.`,
      'Bring both servers to the same version of Windows Server.',
    );
  } else if (text(own) !== text(other)) {
    yield unsettled(
      'failover',
      `The versions differ: ${text(own)} and ${text(other)}.`,
      'A relationship works, but with what the older one has.',
    );
  } else yield passed('failover', 'Both have the same version: a failover relationship can be made.');
}

const text = ({ major, minor }: Version): string => `${major}.${minor}`;

async function versionOf(
  session: CimSession,
  ComputerName: string | undefined,
  { signal, timeoutMs }: StepLimits,
): Promise<Version | Error> {
  try {
    const where = ComputerName === undefined ? {} : { ComputerName };
    const [version] = await getDhcpServerVersion({ CimSession: session, ...where }, { signal, timeoutMs });
    return { major: Number(version?.MajorVersion ?? 0), minor: Number(version?.MinorVersion ?? 0) };
  } catch (error) {
    return causeOf(error);
  }
}

/** Of what a cmdlet throws, the record's own error. */
function causeOf(error: unknown): Error {
  if (error instanceof CmdletError) {
    const [record] = error.errors as readonly unknown[];
    if (record instanceof ErrorRecord && record.exception instanceof Error) return record.exception;
    if (record instanceof Error) return record;
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED), WBEM_E_ACCESS_DENIED, and their Win32 code. */
const isDenied = (error: Error): boolean =>
  (isCimletError(error) && (error as CimletError).code === 'ERR_AUTHORIZATION') ||
  (error instanceof CimException &&
    (error.errorCategory === 'PermissionDenied' || /\b(?:WIN32 5|0x80041003|0x80070005)\b/i.test(error.message)));

function dhcpRemedy(error: Error): string {
  if (isDenied(error)) {
    return 'On the server: Add-LocalGroupMember "Remote Management Users" and "DHCP Users" (to read) or "DHCP Administrators" (to change), then log on anew.';
  }
  if (error instanceof CimException) {
    return 'Is it a DHCP server? On it: Install-WindowsFeature DHCP -IncludeManagementTools, and Start-Service DHCPServer.';
  }
  return messageAndHint(error).hint ?? 'Run it again with --verbose to see each request.';
}

function partnerRemedy(error: Error, partner: string, delegates: boolean): string {
  if (!delegates) {
    return 'The credential was not delegated, so that the server cannot call its partner as you: --auth CredSsp, or --auth Kerberos --delegate.';
  }
  if (isDenied(error)) return `On ${partner}: make the account one of the DHCP Administrators.`;
  return `On ${partner}: is the DHCP service running, and does its firewall let the server in (RPC: the group "DHCP Server Management"; failover: TCP 647)?`;
}
