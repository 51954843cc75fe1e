import { type CimletErrorProperties, isCimletError } from '../../base/errors.js';
import { ErrorRecord } from '../../cmdlet/contract/error-record.js';
import { CmdletError } from '../../cmdlet/result/cmdlet-error.js';

/** Why something could not be read or done, as plain data. */
export interface PairProblem {
  /** `DHCP 20122`, `WIN32 5`, or a code of the library: `ERR_TIMEOUT`. */
  readonly code: string;
  /** The server. */
  readonly where: string;
  /** A sentence. */
  readonly what: string;
  /** What to do about it, when there is something to say. */
  readonly remedy: string | null;
  /** The same may succeed later without any change. */
  readonly again: boolean;
  /** In PowerShell's layout, to copy; null where no cmdlet has told it. */
  readonly record: string | null;
}

/** Codes of Windows, as records begin with them. */
const WINDOWS_CODE = /^(?:DHCP|WIN32) \d+/;

/** The first error that a call has met. */
export function problemOf(error: unknown, where: string): PairProblem {
  const record = error instanceof CmdletError ? error.errors[0] : error instanceof ErrorRecord ? error : undefined;
  if (record === undefined) return plainProblem(error, where);
  const code = WINDOWS_CODE.exec(record.fullyQualifiedErrorId)?.[0];
  const { exception } = record;
  return { ...plainProblem(exception, where), what: record.message, ...(code && { code }), record: String(record) };
}

function plainProblem(error: unknown, where: string): PairProblem {
  const { code, hint, retryable } = (isCimletError(error) ? error : {}) as Partial<CimletErrorProperties>;
  return {
    code: code ?? 'Error',
    where,
    what: error instanceof Error ? error.message : String(error),
    remedy: hint ?? null,
    again: retryable ?? false,
    record: null,
  };
}

/** A problem that we found ourselves in what a server said. */
export function foundProblem(where: string, what: string, remedy: string | null = null): PairProblem {
  return { code: 'ERR_PROTOCOL', where, what, remedy, again: false, record: null };
}
