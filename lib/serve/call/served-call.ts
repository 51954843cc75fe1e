import { CimletError } from '../../base/errors.js';
import { CimClass } from '../../cim/class/cim-class.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { ListedSession } from '../../cim/session/session-list.js';
import type { CimValue } from '../../cim/value/cim-value.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { SessionFactory } from '../../cmdlet/contract/cmdlet-session.js';
import type { ConfirmationAnswer, ConfirmationPrompt } from '../../cmdlet/contract/host.js';
import { invokeCmdlet } from '../../cmdlet/invoke.js';
import { CmdletError } from '../../cmdlet/result/cmdlet-error.js';
import type { ReplyWriter } from '../line/line-writer.js';
import type { ServeRequest } from '../line/protocol.js';
import { classTexts } from '../value/class-texts.js';
import { embeddedText } from '../value/instance-row.js';
import { wireText } from '../value/wire-text.js';
import { failureFields } from './failure-fields.js';
import { lenientCmdlet } from './lenient-cmdlet.js';
import { ResultLines } from './result-lines.js';
import type { ServedObjects } from './served-objects.js';

/** What all calls of a process share. */
export interface ServedCallServices {
  readonly writer: ReplyWriter;
  readonly objects: ServedObjects;
  readonly openSession: SessionFactory;
}

/** One call of a cmdlet, from its request to the line that ends it. */
export class ServedCall {
  readonly #request: ServeRequest;
  readonly #services: ServedCallServices;
  readonly #stop = new AbortController();
  readonly #lines: ResultLines;
  readonly #questions: ((answer: ConfirmationAnswer) => void)[] = [];

  constructor(request: ServeRequest, services: ServedCallServices) {
    this.#request = request;
    this.#services = services;
    this.#lines = new ResultLines(request.id, services.writer, request.credit, this.#stop.signal);
  }

  answer(answer: ConfirmationAnswer): void {
    this.#questions.shift()?.(answer);
  }

  grant(lines: number): void {
    this.#lines.grant(lines);
  }

  /** Nothing of it is written any more. */
  cancel(): void {
    this.#stop.abort();
    for (const answer of this.#questions.splice(0)) answer('no');
  }

  /** Never rejects. */
  async run(cmdlet: Cmdlet): Promise<void> {
    const { id } = this.#request;
    const { writer } = this.#services;
    let counts = { declined: 0, failed: false };
    try {
      counts = await this.#results(lenientCmdlet(cmdlet));
    } catch (error) {
      this.#fail(error);
    }
    if (!this.#stop.signal.aborted) writer.map(id, 'x', counts);
  }

  async #results(cmdlet: Cmdlet): Promise<{ declined: number; failed: boolean }> {
    const { id, scope, parameters, input, confirmPreference, verbose, debug } = this.#request;
    const { writer, objects, openSession } = this.#services;
    const say =
      (kind: 'w' | 'v' | 'd' | 'i') =>
      ({ text }: { readonly text: string }) => {
        if (!this.#stop.signal.aborted) writer.text(id, kind, text);
      };
    const result = invokeCmdlet<unknown>(
      cmdlet,
      {
        ...objects.parameters(parameters),
        ErrorAction: 'Continue',
        ...(verbose ? { Verbose: true } : {}),
        ...(debug ? { Debug: true } : {}),
      },
      {
        ...(input === undefined ? {} : { input: [objects.parameters(input)] }),
        ...(confirmPreference === undefined ? {} : { confirmPreference }),
        host: { confirm: (prompt) => this.#ask(prompt) },
        signal: this.#stop.signal,
        sessionFactory: openSession,
        sessions: objects.scope(scope),
        onError: (record) => this.#fail(record),
        onWarning: say('w'),
        onVerbose: say('v'),
        onDebug: say('d'),
        onWhatIf: say('i'),
        onProgress: ({ activity, operation }) => {
          if (operation === undefined || this.#stop.signal.aborted) return;
          writer.map(id, 'p', { ...operation, activity: operation.activity || activity });
        },
      },
    );
    try {
      for await (const item of result) await this.#send(item);
      await this.#lines.flush();
    } catch (error) {
      await this.#lines.flush();
      // Single failures have been told of as they came.
      if (!(error instanceof CmdletError)) throw error;
      if (error.cause !== undefined) throw error.cause;
      return { declined: result.declined.length, failed: true };
    }
    return { declined: result.declined.length, failed: result.hadErrors };
  }

  #ask({ kind, caption, message }: ConfirmationPrompt): Promise<ConfirmationAnswer> {
    if (this.#stop.signal.aborted) throw new CimletError('ERR_ABORTED', 'The call was stopped.');
    return new Promise((resolve) => {
      // The answer may come while the question is being written.
      this.#questions.push(resolve);
      this.#services.writer.texts(this.#request.id, 'q', [kind, caption, message]);
    });
  }

  #fail(error: unknown): void {
    const { id, cmdlet } = this.#request;
    if (!this.#stop.signal.aborted) this.#services.writer.map(id, 'e', failureFields(error, cmdlet));
  }

  async #send(item: unknown): Promise<void> {
    const { objects } = this.#services;
    if (item instanceof CimInstance) {
      objects.keepClass(item.cimClass, CimInstance.namespaceOf(item));
      return await this.#lines.instance(item, objects.sessionOf(item));
    }
    if (item instanceof CimClass) {
      objects.keepClass(item);
      return await this.#lines.other((writer, id) => writer.texts(id, 'y', classTexts(item)));
    }
    if (isSession(item)) {
      objects.keepSession(item);
      const { id: number, name, instanceId, computerName } = item;
      const fields = { id: number, name, instanceId, computerName, protocol: 'WSMAN' };
      return await this.#lines.other((writer, id) => writer.map(id, 'n', fields));
    }
    if (typeof item === 'object' && item !== null && this.#request.cmdlet.toLowerCase() === 'new-cimsessionoption') {
      const fields = Object.fromEntries(Object.entries(item).filter(([, value]) => typeof value !== 'object'));
      const key = objects.keepOptions(item);
      return await this.#lines.other((writer, id) => writer.map(id, 'k', { ...fields, key }));
    }
    if (typeof item === 'object' && item !== null) {
      return await this.#lines.other((writer, id) => writer.texts(id, 'r', objectTexts(item)));
    }
    await this.#lines.other((writer, id) => writer.texts(id, 's', [typeof item, String(item)]));
  }
}

/** `[name, type, value, …]` of an object without a class, such as the result of Invoke-CimMethod; types as headers spell them. */
function objectTexts(item: object): (string | null)[] {
  return Object.entries(item).flatMap(([name, value]) => [
    name,
    guessedType(value),
    wireText(value as CimValue, embeddedText),
  ]);
}

/** Such a result has values alone; PowerShell's has the types of the method, which are unsigned nearly always. */
function guessedType(value: unknown): string {
  if (Array.isArray(value)) return `${value.length === 0 ? 'string' : guessedType(value[0])}[]`;
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'bigint':
      return value < 0n ? 'sint64' : 'uint64';
    case 'number':
      return Number.isInteger(value) ? (value < 0 ? 'sint32' : 'uint32') : 'real64';
    case 'object':
      return value instanceof CimInstance ? 'instance' : value === null ? 'string' : 'datetime';
    default:
      return 'string';
  }
}

function isSession(item: unknown): item is ListedSession {
  return typeof item === 'object' && item !== null && 'instanceId' in item && 'isClosed' in item && 'id' in item;
}
