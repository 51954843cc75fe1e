import type { CimletErrorProperties } from '../../base/errors.js';
import { CimException } from '../../cim/error/cim-exception.js';
import type { CmdletRepetition } from '../../schema/definition/cmdlet-repetition.js';
import { type FailureVerdict, LOGON_REFUSALS, NOT_BEGUN, PASSING, UNFORESEEN, VERDICTS } from './failure-verdicts.js';

/** Of several failures of one call, the first in this list decides. */
const GRAVEST: readonly FailureVerdict[] = [
  'stopRunAtOnce',
  'stopRun',
  'inDoubt',
  'unknown',
  'final',
  'alreadySo',
  'retryLater',
  'retry',
];

/**
 * What to do after a failure of one call on one computer: what the call threw, a `CmdletError` with its records or one exception. An abort is judged
 * as a loss of the connection: whoever aborted on purpose does not ask. `repetition` is what {@link repetitionOf} gives for the call.
 */
export function judgeFailure(failure: unknown, repetition: CmdletRepetition): FailureVerdict {
  const verdicts = new Set(exceptionsOf(failure).map((exception) => judge(exception, repetition)));
  return GRAVEST.find((verdict) => verdicts.has(verdict)) ?? 'final';
}

/** The exceptions of the records of a failed call, what stopped it among them; of any other failure, itself. */
export function exceptionsOf(failure: unknown): readonly unknown[] {
  const { errors, cause, code } = Object(failure) as Failure;
  if (!Array.isArray(errors)) return [failure];
  const exceptions = errors.map((record: unknown) => (Object(record) as Failure).exception ?? record);
  // Records of a call that was stopped are no more than what came before the end.
  return code === 'ERR_CMDLET' && exceptions.length > 0 ? exceptions : [...exceptions, cause ?? failure];
}

interface Failure {
  readonly errors?: unknown;
  readonly exception?: unknown;
  readonly cause?: unknown;
  readonly code?: unknown;
}

function judge(exception: unknown, repetition: CmdletRepetition): FailureVerdict {
  const { code, retryable } = Object(exception) as Partial<CimletErrorProperties>;
  const isRead = repetition.kind === 'read';
  if (exception instanceof CimException) return judgeAnswer(exception, repetition);
  if (retryable === true) {
    // Temporary statuses of HTTP: 503 is the server's own, the others are a gateway's, behind which it may be at work.
    if (code === 'ERR_NOT_SOAP') return isRead ? 'retry' : doubtOf(repetition);
    // Of a change that had left, a lost connection is never called retryable.
    if (code === 'ERR_CONNECTION_LOST') return 'retry';
    if (code === 'ERR_WSMAN_FAULT') return isRead ? 'retry' : doubtOf(repetition);
  }
  const verdicts = (code !== undefined && Object.hasOwn(VERDICTS, code) && VERDICTS[code]) || UNFORESEEN;
  const verdict = isRead ? verdicts.read : verdicts.change;
  return verdict === 'inDoubt' ? doubtOf(repetition) : verdict;
}

/** The server answered, and its own word decides. */
function judgeAnswer(exception: CimException, repetition: CmdletRepetition): FailureVerdict {
  const { messageId, retryable, quotaName } = exception;
  const number = win32Code(exception);
  if (number !== undefined && LOGON_REFUSALS.has(number)) return 'stopRunAtOnce';
  if (messageId !== undefined && repetition.alreadySo?.includes(messageId)) return 'alreadySo';
  if (messageId !== undefined && PASSING.has(messageId)) return repetition.kind === 'once' ? 'final' : 'retryLater';
  if (!retryable) return 'final';
  const isBegun = quotaName === undefined && (number === undefined || !NOT_BEGUN.has(number));
  return isBegun && repetition.kind !== 'read' ? doubtOf(repetition) : 'retry';
}

/** A change that must not be repeated blindly is asked about; of one that is sent once there is nothing to ask. */
function doubtOf({ kind }: CmdletRepetition): FailureVerdict {
  return kind === 'once' ? 'unknown' : 'inDoubt';
}

/** The number behind `WIN32 1326`, the fault's code 1326 and HRESULT 0x8007052e, which are the same. */
function win32Code({ messageId = '', wsmanCode }: CimException): number | undefined {
  const [, decimal, hexadecimal] = /^(?:WIN32 (\d{1,10})|HRESULT 0x([\da-f]{1,8}))$/i.exec(messageId) ?? [];
  const named = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
  const code = Number.isNaN(named) ? wsmanCode : named;
  if (code === undefined) return undefined;
  return code >>> 16 === 0x8007 ? code & 0xffff : code;
}
