import type { CimletErrorCode } from '../../base/errors.js';

/** What to do after a failure. */
export type FailureVerdict =
  /** Nothing was begun, or nothing is changed by asking again: again after a moment. */
  | 'retry'
  /** It may pass within minutes. A change is asked about before it is sent again. */
  | 'retryLater'
  /** A change of which nobody knows whether the server did it: first the time that the server may still be at it, then the question, then perhaps again. */
  | 'inDoubt'
  /** The server says that it is so already, which may be the work of an earlier try: the question tells. If not, it is final. */
  | 'alreadySo'
  /** It failed, and would fail again. */
  | 'final'
  /** As `final`, but nobody can know whether the change was done: it is not "failed", which would invite to do it again. */
  | 'unknown'
  /** Every other computer would say the same, before anything is sent: nothing more is begun. */
  | 'stopRun'
  /** The credential was refused. Each further logon brings the account nearer to being locked out: what reads is given up, too. */
  | 'stopRunAtOnce';

interface Verdicts {
  readonly read: FailureVerdict;
  readonly change: FailureVerdict;
}

const both = (verdict: FailureVerdict): Verdicts => ({ read: verdict, change: verdict });

/** By code. Of `ERR_WSMAN_FAULT`, `ERR_CIM` and `ERR_CMDLET`, what is said here holds where the error itself says no more. */
export const VERDICTS: Readonly<Record<CimletErrorCode, Verdicts>> = {
  ERR_AUTHENTICATION: both('stopRunAtOnce'),
  ERR_AUTHORIZATION: both('final'),
  ERR_INVALID_ARGUMENT: both('stopRun'),
  ERR_PARAMETER_BINDING: both('stopRun'),
  ERR_CONFIRMATION_REQUIRED: both('stopRun'),
  ERR_MISSING_PEER: both('stopRun'),
  ERR_INSECURE_CHANNEL: both('stopRun'),
  ERR_FILE: both('final'),
  ERR_CHANGED: both('final'),
  ERR_QUEUE: both('retry'),
  // A vault that is away for a moment. It comes before the request.
  ERR_SECRET_UNAVAILABLE: both('retry'),
  ERR_NAME_NOT_RESOLVED: both('retry'),
  ERR_CONNECTION_REFUSED: both('retry'),
  // The handshake comes before the request.
  ERR_TLS: both('final'),
  ERR_MESSAGE_INTEGRITY: { read: 'final', change: 'unknown' },
  ERR_XML: { read: 'final', change: 'unknown' },
  ERR_PROTOCOL: { read: 'final', change: 'unknown' },
  ERR_RESPONSE_TOO_LARGE: { read: 'final', change: 'unknown' },
  ERR_NOT_SOAP: { read: 'final', change: 'unknown' },
  ERR_TIMEOUT: { read: 'retry', change: 'inDoubt' },
  ERR_CONNECTION_LOST: { read: 'retry', change: 'inDoubt' },
  ERR_ABORTED: { read: 'retry', change: 'inDoubt' },
  ERR_SESSION_CLOSED: { read: 'retry', change: 'inDoubt' },
  ERR_WSMAN_FAULT: both('final'),
  ERR_CIM: both('final'),
  ERR_CMDLET: { read: 'final', change: 'unknown' },
};

/** Of a code that is in no table: a newer library's, or no error of the library. */
export const UNFORESEEN: Verdicts = { read: 'final', change: 'unknown' };

/** Win32 codes of a logon that is refused: 1326 LOGON_FAILURE, 1331 ACCOUNT_DISABLED, 1385 LOGON_TYPE_NOT_GRANTED, 1909 ACCOUNT_LOCKED_OUT. */
export const LOGON_REFUSALS: ReadonlySet<number> = new Set([1326, 1331, 1385, 1909]);

/**
 * Error ids of what passes within minutes: 20017 paused, 20038 the server shuts down, 20120 the relationship is not Normal, 20122 and 20123 the
 * partner or its service is away, 20133 it synchronises, 1722 RPC_S_SERVER_UNAVAILABLE.
 */
export const PASSING: ReadonlySet<string> = new Set([
  'DHCP 20017',
  'DHCP 20038',
  'DHCP 20120',
  'DHCP 20122',
  'DHCP 20123',
  'DHCP 20133',
  'WIN32 1722',
]);

/**
 * Codes with which a server says that it did not begin, beside its quotas: too little memory (8, 14, WMI's), shutting down (1115, WMI's), too busy, a
 * quota of WMI's.
 */
export const NOT_BEGUN: ReadonlySet<number> = new Set([8, 14, 1115, 0x80041006, 0x80041033, 0x80041045, 0x8004106c]);
