import { actionPreference } from '../../cmdlet/bind/bound-engine-parameters.js';
import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import type { ActionPreference } from '../../cmdlet/contract/engine-parameters.js';
import { ErrorRecord } from '../../cmdlet/contract/error-record.js';
import { CmdletError } from '../../cmdlet/result/cmdlet-error.js';
import { exitCodeOf } from '../terminal/exit-code.js';
import type { MessagePrinter } from '../terminal/message-printer.js';
import type { LanguageError } from '../values/language-error.js';
import { isOutputObject, type LineValue } from '../values/line-value.js';
import { valueText } from '../values/value-text.js';
import { PipelineStopped } from './pipeline-stopped.js';
import { ERROR_PREFERENCE, type LineVariables } from './variables.js';

/** What failed in one statement: it is told, counted, and ends the line where `$ErrorActionPreference` says so. */
export class StatementErrors {
  readonly #printer: MessagePrinter;
  readonly #variables: LineVariables;
  exitCode: 0 | 1 | 2 = 0;
  /** PowerShell ends the whole line. */
  endsLine = false;

  constructor(printer: MessagePrinter, variables: LineVariables) {
    this.#printer = printer;
    this.#variables = variables;
  }

  /** What the line has assigned to `$ErrorActionPreference`, which holds for what has no -ErrorAction. */
  get preference(): ActionPreference | undefined {
    return actionPreference(valueText(this.#variables.value(ERROR_PREFERENCE) ?? null));
  }

  fail(code: 1 | 2): void {
    if (code > this.exitCode) this.exitCode = code;
  }

  /** An error of the language, or of one of PowerShell's own cmdlets. @throws PipelineStopped with `Stop`. */
  language(error: LanguageError, id: string, target: LineValue, action = this.preference): void {
    this.fail(1);
    if (action !== 'SilentlyContinue' && action !== 'Ignore')
      this.#printer.error(recordOf(error, id, target), undefined);
    if (action === 'Stop') this.stop(id);
  }

  /** What is thrown as a whole, and is no record of a cmdlet. */
  thrown(error: unknown, cmdlet: string | undefined): void {
    this.fail(exitCodeOf(error));
    const isQuiet = this.preference === 'SilentlyContinue' || this.preference === 'Ignore';
    if (!(isQuiet && error instanceof ParameterBindingError)) this.#printer.error(error, cmdlet);
    if (this.preference === 'Stop') this.endsLine = true;
  }

  /** What ended a cmdlet. The records of a CmdletError have been printed as they came; what stopped the call has not. */
  ended(error: unknown, cmdlet: string): void {
    if (!(error instanceof CmdletError)) {
      this.thrown(error, cmdlet);
      return;
    }
    const records: readonly unknown[] = error.errors;
    this.fail(records.length > 0 && records.every((record) => isBinding(record)) ? 2 : 1);
    if (error.cause !== undefined) this.#printer.error(error.cause, cmdlet);
  }

  /** Ends the line. @throws PipelineStopped. */
  stop(what: string): never {
    this.endsLine = true;
    throw new PipelineStopped(`${what} ended the line.`);
  }
}

function recordOf(error: LanguageError, id: string, target: LineValue): ErrorRecord {
  const activity = /Commands\.(\w+?)ObjectCommand$/.exec(id)?.[1];
  return new ErrorRecord({
    message: error.message,
    fullyQualifiedErrorId: id,
    categoryInfo: {
      category: 'InvalidOperation',
      activity: activity === undefined ? '' : `${activity}-Object`,
      reason: 'RuntimeException',
      targetName: target !== null && isOutputObject(target) ? '' : valueText(target),
      targetType: '',
    },
    exception: error,
  });
}

function isBinding(record: unknown): boolean {
  return record instanceof Error
    ? exitCodeOf(record) === 2
    : exitCodeOf((record as { exception?: unknown }).exception) === 2;
}
