import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { CimOperations } from '../../lib/cim-cmdlets/call/session-operation.js';

/** One call of a session's operation. */
export interface Asked {
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
}

type Answers = { readonly [operation: string]: (request: never) => unknown };

/** The operations of a CimSession without a server: it records what it is asked, and answers what it is told, by operation. */
export class FakeCimSession implements Pick<CimOperations, 'computerName' | 'close'> {
  readonly computerName: string;
  readonly instanceId = '00000000-0000-0000-0000-000000000000';
  readonly asked: Asked[] = [];
  closed = 0;
  readonly #answers: Answers;

  constructor(computerName = 'server', answers: Answers = {}) {
    this.computerName = computerName;
    this.#answers = answers;
  }

  async getInstance(request: object) {
    return this.#answer('getInstance', request);
  }

  async createInstance(request: object) {
    return this.#answer('createInstance', request);
  }

  async modifyInstance(request: object) {
    return this.#answer('modifyInstance', request);
  }

  async deleteInstance(request: object) {
    return this.#answer('deleteInstance', request);
  }

  async invokeMethod(request: object) {
    return this.#answer('invokeMethod', request) as { returnValue: 0; outParameters: Record<string, never> };
  }

  async getClass(request: object) {
    return this.#answer('getClass', request);
  }

  enumerateInstances(request: object) {
    return this.#each('enumerateInstances', request);
  }

  queryInstances(request: object) {
    return this.#each('queryInstances', request);
  }

  enumerateAssociatedInstances(request: object) {
    return this.#each('enumerateAssociatedInstances', request);
  }

  enumerateClasses(request: object) {
    return this.#each('enumerateClasses', request);
  }

  subscribe(request: object) {
    return this.#each('subscribe', request);
  }

  async close(): Promise<void> {
    this.closed += 1;
  }

  /** As the cmdlets' parameter takes it. */
  get session(): CimOperations {
    return this as unknown as CimOperations;
  }

  /** The operations that were asked for, in order. */
  get operations(): string[] {
    return this.asked.map(({ operation }) => operation);
  }

  #answer(operation: string, request: object): unknown {
    this.asked.push({ operation, request: request as Record<string, unknown> });
    return this.#answers[operation]?.(request as never);
  }

  async *#each(operation: string, request: object): AsyncGenerator<never> {
    const items = this.#answer(operation, request) as Iterable<never> | AsyncIterable<never> | undefined;
    if (items !== undefined) yield* items;
  }
}

const LAMP = {
  namespace: 'root/x',
  className: 'X_Lamp',
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'Power', type: 'uint32' },
    { name: 'ComputerName', type: 'string' },
  ],
  methods: [
    {
      name: 'Blink',
      isStatic: true,
      returnType: 'uint32',
      parameters: [{ name: 'Times', type: 'uint32', direction: 'in' }],
    },
  ],
} as const;

export const lampClass = LAMP;

/** A lamp, as a session gave it. */
export function lamp(name: string, from?: FakeCimSession): CimInstance {
  const origin = from === undefined ? { namespace: 'root/x' } : { session: from, namespace: 'root/x' };
  return CimInstance.create(LAMP, { Name: name, Power: 40, ComputerName: 'elsewhere' }, origin);
}
