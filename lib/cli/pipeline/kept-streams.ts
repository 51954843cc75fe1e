import type { ErrorRecord } from '../../cmdlet/contract/error-record.js';
import type { StreamListeners } from '../../cmdlet/contract/streams.js';
import { UsageError } from '../usage/usage-error.js';
import { itemsOf, type LineValue } from '../values/line-value.js';
import type { LineVariables } from './variables.js';

/** Common parameters that name a variable for what a cmdlet gives or says (about_CommonParameters). */
const KEEPING = ['OutVariable', 'ErrorVariable', 'WarningVariable', 'PipelineVariable'] as const;
type Keeping = (typeof KEEPING)[number];

export function isKeepingParameter(name: string): boolean {
  return KEEPING.some((one) => one === name);
}

/** What one call of a cmdlet keeps in the variables that its parameters name: its results, errors and warnings, or the result that is on its way. */
export class KeptStreams {
  readonly #variables: LineVariables;
  readonly #names = new Map<Keeping, string>();
  readonly #kept = new Map<Keeping, LineValue[]>();

  /** Takes its parameters away from a cmdlet's. @throws UsageError for what cannot be a variable's name. */
  static take(parameters: Record<string, unknown>, variables: LineVariables): KeptStreams {
    const kept = new KeptStreams(variables);
    for (const parameter of KEEPING) {
      const given = parameters[parameter];
      if (given === undefined) continue;
      delete parameters[parameter];
      kept.#name(parameter, String(given));
    }
    return kept;
  }

  private constructor(variables: LineVariables) {
    this.#variables = variables;
  }

  #name(parameter: Keeping, written: string): void {
    const [, plus = '', name = ''] = /^(\+?)([\p{L}\p{Nd}_]+)$/u.exec(written) ?? [];
    if (name === '' || /^(?:true|false|null|_|psitem|args|input|this)$/i.test(name)) {
      throw new UsageError(
        `-${parameter}: ${JSON.stringify(written)} is no name of a variable.`,
        `Write the name without $: -${parameter} found.`,
      );
    }
    this.#names.set(parameter, name);
    const before = plus === '' ? [] : itemsOf(this.#variables.value(name) ?? []);
    this.#kept.set(parameter, [...before]);
    if (parameter !== 'PipelineVariable') this.#variables.assign(name, [...before]);
  }

  /** The listeners of a call, and what it warns of. */
  listeners(listeners: StreamListeners): StreamListeners {
    return {
      ...listeners,
      onWarning: (message) => {
        this.#keep('WarningVariable', message.text);
        listeners.onWarning?.(message);
      },
    };
  }

  /** One result, before what follows in the pipeline sees it. */
  result(item: LineValue): LineValue {
    this.#keep('OutVariable', item);
    const current = this.#names.get('PipelineVariable');
    if (current !== undefined) this.#variables.assign(current, item);
    return item;
  }

  /** The records of the call when it has ended, those that ErrorAction SilentlyContinue does not show among them. */
  errors(records: readonly ErrorRecord[]): void {
    for (const record of records) this.#keep('ErrorVariable', errorItem(record));
  }

  #keep(parameter: Keeping, item: LineValue): void {
    const name = this.#names.get(parameter);
    const all = this.#kept.get(parameter);
    if (name === undefined || all === undefined) return;
    all.push(item);
    this.#variables.assign(name, all);
  }
}

/** An error record as the line shows and compares it: its text is its message. */
function errorItem(record: ErrorRecord): LineValue {
  const { message, fullyQualifiedErrorId, categoryInfo, exception } = record;
  return {
    properties: new Map<string, unknown>([
      ['Exception', { Message: exception instanceof Error ? exception.message : message }],
      ['FullyQualifiedErrorId', fullyQualifiedErrorId],
      ['CategoryInfo', { Category: categoryInfo.category, Activity: categoryInfo.activity }],
    ]),
    text: message,
    computerName: null,
    showsComputerName: false,
    source: record,
  };
}
