import type { CimProgress } from '../../cim/operations/cim-enhanced-options.js';
import type { CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import type { BoundEngineParameters } from '../bind/bound-engine-parameters.js';
import { operationText } from '../confirm/should-process.js';
import type { BoundCall } from '../contract/bound-call.js';
import type { ErrorRecord } from '../contract/error-record.js';
import { type InvocationTarget, prefixedText } from '../contract/invocation-target.js';
import type { ShouldProcessText } from '../contract/operation.js';
import type { ProgressEvent, StreamListeners, StreamMessage } from '../contract/streams.js';

/** Writes PowerShell's streams of one call to its listeners, as far as the preferences let them through. */
export class StreamWriter {
  readonly #definition: CmdletSyntax;
  readonly #engineParameters: BoundEngineParameters;
  readonly #listeners: StreamListeners;
  #abandoned: Set<string> | undefined;
  #total = 0;
  #completed = 0;
  #failed = 0;

  constructor(definition: CmdletSyntax, engineParameters: BoundEngineParameters, listeners: StreamListeners) {
    this.#definition = definition;
    this.#engineParameters = engineParameters;
    this.#listeners = listeners;
  }

  /** What somebody listens to: a server need not be asked for the rest. */
  get enabled(): Readonly<Record<'warning' | 'verbose' | 'debug' | 'progress', boolean>> {
    const { onWarning, onVerbose, onDebug, onProgress } = this.#listeners;
    return {
      warning: onWarning !== undefined && !this.#isSilent,
      verbose: onVerbose !== undefined && this.#engineParameters.Verbose === true,
      debug: onDebug !== undefined && this.#engineParameters.Debug === true,
      progress: onProgress !== undefined,
    };
  }

  warning(target: InvocationTarget, text: string): void {
    if (this.#isSilent) return;
    this.#listeners.onWarning?.(this.#message(target.computerName, prefixedText(target, text)));
  }

  debug(target: InvocationTarget, text: string): void {
    if (this.#engineParameters.Debug === true)
      this.#listeners.onDebug?.(this.#message(target.computerName, prefixedText(target, text)));
  }

  verbose(target: InvocationTarget, text: string): void {
    if (this.#engineParameters.Verbose === true)
      this.#listeners.onVerbose?.(this.#message(target.computerName, prefixedText(target, text)));
  }

  /** Further work for a session that has been given up is not tried; said once for each computer. */
  abandoned(target: InvocationTarget): void {
    if (this.#abandoned?.has(target.computerName)) return;
    this.#abandoned ??= new Set();
    this.#abandoned.add(target.computerName);
    const text = `${this.#definition.name}: the session to ${target.computerName} is broken; what is left for it is not tried.`;
    this.warning(target, text);
  }

  whatIf(target: InvocationTarget, text: string): void {
    this.#listeners.onWhatIf?.(this.#message(target.computerName, text));
  }

  error(record: ErrorRecord): void {
    this.#listeners.onError?.(record);
  }

  /** What a target is about to do, as ShouldProcess writes it. */
  operation(call: BoundCall, target: InvocationTarget): void {
    if (this.#engineParameters.Verbose !== true) return;
    const { shouldProcess } = call.operation;
    if (shouldProcess !== 'each') this.performing(target, shouldProcess);
  }

  /** One thing is about to be done. */
  performing(target: InvocationTarget, text: ShouldProcessText): void {
    if (this.#engineParameters.Verbose === true) this.verbose(target, operationText(this.#definition.name, text));
  }

  /** How a call was bound: names only, no values. */
  debugCall(call: BoundCall): void {
    if (this.#engineParameters.Debug !== true || this.#listeners.onDebug === undefined) return;
    const names = [...call.parameters.values()].map(
      ({ parameter, fromInstance }) => `${parameter.name}${fromInstance ? ' (from input)' : ''}`,
    );
    const ignored = call.ignored.length === 0 ? '' : ` Ignored properties: ${call.ignored.join(', ')}.`;
    const text = `Parameter set ${call.parameterSet}, ${call.operation.description}, parameters: ${names.join(', ') || 'none'}.${ignored}`;
    this.#listeners.onDebug(this.#message('localhost', text));
  }

  /** So many more targets are known. */
  expect(targets: number): void {
    this.#total += targets;
  }

  ended(target: InvocationTarget, failed: boolean): void {
    this.#completed += 1;
    if (failed) this.#failed += 1;
    this.#listeners.onProgress?.(this.#progress(target));
  }

  /** What a server says of its own progress. */
  operationProgress(target: InvocationTarget, operation: CimProgress): void {
    const progress = this.#progress(target);
    this.#listeners.onProgress?.({ ...progress, activity: prefixedText(target, operation.activity), operation });
  }

  #progress(target: InvocationTarget): ProgressEvent {
    return {
      activity: this.#definition.name,
      completed: this.#completed,
      failed: this.#failed,
      total: this.#total,
      percentComplete: Math.floor((100 * this.#completed) / this.#total),
      computerName: target.computerName,
    };
  }

  get #isSilent(): boolean {
    const { WarningAction } = this.#engineParameters;
    return WarningAction === 'SilentlyContinue' || WarningAction === 'Ignore';
  }

  #message(computerName: string, text: string): StreamMessage {
    return { text, cmdlet: this.#definition.name, computerName };
  }
}
