import type { Clock } from '../../base/clock.js';
import { writeValue } from '../../cim/codec/write-value.js';
import { spellingOf } from '../../cim/instance/resource-uri.js';
import type { CimScalar, CimValue } from '../../cim/value/cim-value.js';
import type { CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import type { PromptAnswer } from '../../wsman/contract/enhanced-event.js';
import type { EnhancedOptions } from '../../wsman/contract/enhanced-options.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import { type InteractiveEventContent, writeInteractiveEvent } from '../../wsman/service/write-interactive-event.js';
import { XmlWriter } from '../../xml/writer.js';
import type { OperationProgress, ProviderOperation } from '../cim/provider-operation.js';
import type { ProviderError } from '../fault/provider-error.js';
import { wmiErrorOf, writeWmiError } from '../fault/wmi-error.js';

export interface RunningOperationOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** What the client registered for; nothing when its operation is not an enhanced one. */
  readonly options: EnhancedOptions;
  /** Sends an event. */
  readonly send: (event: string) => Promise<void>;
  /** Source of the error instances. */
  readonly errorSource: string;
}

type EventType = 'Confirm' | 'ErrorAction';

/** The method whose output an operation can stream. */
interface OutputMethod {
  readonly resourceUri: string;
  readonly method: CimMethodDeclaration;
}

/** The provider's side of an operation: what it tells and asks becomes events, or waits for the final response. */
export class RunningOperation implements ProviderOperation {
  readonly #options: RunningOperationOptions;
  /** Errors for a client that did not register for them. */
  readonly errors: ProviderError[] = [];
  /** Output for a client that does not want it streamed; arrays in one piece. */
  readonly collected: Record<string, CimValue> = Object.create(null);
  #outputMethod: OutputMethod | undefined;
  /** Answers that settle later prompts, by importance. */
  readonly #settled = new Map<'normal' | 'critical' | 'error', boolean>();
  #question: { readonly eventType: EventType; readonly answer: (answer: PromptAnswer) => void } | undefined;

  constructor(options: RunningOperationOptions) {
    this.#options = options;
  }

  get signal(): AbortSignal {
    return this.#options.signal;
  }

  /** Says what `output` belongs to. */
  streamsFor(outputMethod: OutputMethod): void {
    this.#outputMethod = outputMethod;
  }

  async text(channel: 'warning' | 'verbose' | 'debug', text: string): Promise<void> {
    const { warnings, verbose, debug } = this.#options.options;
    const isHeard = { warning: warnings, verbose, debug }[channel] === true;
    if (isHeard) await this.#send({ type: channel, text });
  }

  async progress(progress: OperationProgress): Promise<void> {
    if (this.#options.options.progress === true) await this.#send({ type: 'progress', ...progress });
  }

  async confirm(text: string, promptType: 'normal' | 'critical'): Promise<boolean> {
    const { confirm, promptUserMode = 'inquire', promptUserAnswer } = this.#options.options;
    if (confirm !== true) return true;
    const settled = this.#settled.get(promptType);
    if (settled !== undefined) return settled;
    const event = { type: 'confirm', text, promptType } as const;
    if (promptType === 'normal') {
      if (promptUserMode === 'ignore' && promptUserAnswer !== undefined) return promptUserAnswer;
      if (promptUserMode === 'report') {
        await this.#send(event);
        return promptUserAnswer ?? true;
      }
    }
    return this.#ask('Confirm', event, promptType);
  }

  async error(error: ProviderError): Promise<boolean> {
    const { errors, writeErrorMode = 'report' } = this.#options.options;
    if (errors !== true) {
      this.errors.push(error);
      return true;
    }
    const markup = writeWmiError(wmiErrorOf(error, this.#options.errorSource));
    const settled = this.#settled.get('error');
    if (writeErrorMode === 'report' || settled !== undefined) {
      await this.#send({ type: 'errorAction', error: markup, actionType: 'report' });
      return settled ?? true;
    }
    return this.#ask('ErrorAction', { type: 'errorAction', error: markup, actionType: 'inquire' }, 'error');
  }

  async output(parameter: string, value: CimValue): Promise<void> {
    const lower = parameter.toLowerCase();
    const outputMethod = this.#outputMethod;
    const declared = outputMethod?.method.parameters.find(({ name }) => name.toLowerCase() === lower);
    if (outputMethod === undefined || declared === undefined) throw new Error(`No out parameter ${parameter}.`);
    if (this.#options.options.streaming !== true) {
      this.#collect(declared.name, value);
      return;
    }
    const { resourceUri, method } = outputMethod;
    const xml = new XmlWriter();
    writeValue(xml, 'p', method.name, declared, value, { spelling: spellingOf(resourceUri), depth: 0 });
    await this.#send({
      type: 'streamingOutput',
      name: declared.name,
      cimType: declared.type,
      isArray: declared.isArray === true,
      value: xml.toString(),
      valueNamespaces: { 'xmlns:xsi': NS.xsi, 'xmlns:p': resourceUri, 'xmlns:cim': NS.cimCommon },
    });
  }

  delay(ms: number): Promise<void> {
    const { signal, clock } = this.#options;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const onAbort = () => {
        cancel();
        reject(signal.reason);
      };
      const cancel = clock.schedule(ms, () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** The client's answer; false when no such question waits for one. */
  answer(eventType: EventType, answer: PromptAnswer): boolean {
    if (this.#question?.eventType !== eventType) return false;
    this.#question.answer(answer);
    return true;
  }

  #collect(name: string, value: CimValue): void {
    const before = this.collected[name];
    this.collected[name] =
      Array.isArray(before) && Array.isArray(value) ? ([...before, ...value] as readonly (CimScalar | null)[]) : value;
  }

  async #ask(
    eventType: EventType,
    event: InteractiveEventContent,
    importance: 'normal' | 'critical' | 'error',
  ): Promise<boolean> {
    const { signal } = this.#options;
    let onAbort = () => {};
    const answered = new Promise<PromptAnswer>((resolve, reject) => {
      this.#question = { eventType, answer: resolve };
      onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    // Whoever is waiting for the event to go out hears of the end of the operation there.
    answered.catch(() => {});
    try {
      await this.#send(event);
      const answer = await answered;
      const isYes = answer === 'yes' || answer === 'yesToAll';
      if (answer.endsWith('ToAll')) this.#settled.set(importance, isYes);
      return isYes;
    } finally {
      this.#question = undefined;
      signal.removeEventListener('abort', onAbort);
    }
  }

  async #send(event: InteractiveEventContent): Promise<void> {
    this.signal.throwIfAborted();
    await this.#options.send(writeInteractiveEvent(event));
    this.signal.throwIfAborted();
  }
}
