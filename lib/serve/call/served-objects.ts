import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { CimSessionList, type ListedSession } from '../../cim/session/session-list.js';
import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import type { ServeLimits, WireInstance, WireObject, WireValue } from '../line/protocol.js';
import { cimTypeOf, fromWireText } from '../value/wire-text.js';

/** What calls leave behind for later ones: the sessions of each scope, session options, and the classes of what was sent. */
export class ServedObjects {
  readonly #limits: ServeLimits;
  readonly #sessions = new Map<string, ListedSession>();
  readonly #scopes = new Map<string, CimSessionList>();
  readonly #options: BoundedMemo<string, object>;
  readonly #classes: BoundedMemo<string, CimClassDeclaration>;
  #optionCount = 0;

  constructor(limits: ServeLimits) {
    this.#limits = limits;
    this.#options = new BoundedMemo(limits.remembered);
    this.#classes = new BoundedMemo(limits.remembered);
  }

  /** The sessions of a scope. @throws CimletError `ERR_INVALID_ARGUMENT` when there are too many scopes. */
  scope(name: string): CimSessionList {
    let list = this.#scopes.get(name);
    if (list === undefined) {
      if (this.#scopes.size >= this.#limits.scopes) {
        throw new CimletError('ERR_INVALID_ARGUMENT', `There are ${this.#limits.scopes} scopes already.`, {
          hint: 'End those that are not needed any more.',
        });
      }
      list = new CimSessionList();
      this.#scopes.set(name, list);
    }
    return list;
  }

  async endScope(name: string): Promise<void> {
    const list = this.#scopes.get(name);
    this.#scopes.delete(name);
    await list?.closeAll();
    this.#forgetClosed();
  }

  async endAll(): Promise<void> {
    await Promise.allSettled([...this.#sessions.values()].map((session) => session.close()));
  }

  get hasSessions(): boolean {
    this.#forgetClosed();
    return this.#sessions.size > 0;
  }

  keepSession(session: ListedSession): void {
    this.#sessions.set(session.instanceId, session);
  }

  /** The key by which the options can be given back. */
  keepOptions(options: object): string {
    this.#optionCount += 1;
    const key = String(this.#optionCount);
    this.#options.set(key, options);
    return key;
  }

  keepClass(declaration: CimClassDeclaration, namespace = declaration.namespace): void {
    const key = classKey(namespace, declaration.className);
    if (this.#classes.get(key) !== declaration) this.#classes.set(key, declaration);
  }

  /** The session's id, when a later call may name it: one that the engine opened for one call is closed by then. */
  sessionOf(instance: CimInstance): string | undefined {
    const id = instance.cimSession?.instanceId;
    return id !== undefined && this.#sessions.has(id) ? id : undefined;
  }

  /** The parameters of a call as the engine takes them. @throws CimletError for what is not known here any more. */
  parameters(given: Readonly<Record<string, WireValue>>): Record<string, unknown> {
    const result: Record<string, unknown> = Object.create(null);
    for (const [name, value] of Object.entries(given)) result[name] = this.#value(name, value);
    return result;
  }

  #value(name: string, value: WireValue): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return value.map((one) => this.#value(name, one));
    return this.#object(name, value);
  }

  #object(name: string, value: WireObject): unknown {
    if ('userName' in value && typeof value.userName === 'string' && typeof value.password === 'string') {
      return { userName: value.userName, password: new Secret(value.password) };
    }
    if ('computer' in value && typeof value.computer === 'string' && typeof value.session === 'string') {
      return value.session === '' ? value.computer : this.#session(value.session, value.computer);
    }
    if ('option' in value && typeof value.option === 'string') {
      const found = this.#options.get(value.option);
      if (found !== undefined) return found;
      throw new CimletError(
        'ERR_INVALID_ARGUMENT',
        `-${name}: these session options are of a process that has ended.`,
        {
          hint: 'Make them anew with New-CimSessionOption.',
        },
      );
    }
    if ('class' in value && isRecord(value.class))
      return this.#class(name, value.class.namespace, value.class.className);
    if ('table' in value && isRecord(value.table)) return this.parameters(value.table);
    if ('instance' in value && isInstance(value.instance)) return this.#instance(value.instance);
    throw new CimletError('ERR_INVALID_ARGUMENT', `-${name}: the object is none that the protocol has.`);
  }

  #session(id: string, computer: string): ListedSession {
    const found = this.#sessions.get(id);
    if (found !== undefined && !found.isClosed) return found;
    throw new CimletError(
      'ERR_SESSION_CLOSED',
      `The session to ${computer} is closed, or its process has ended. Open a new one with New-CimSession.`,
    );
  }

  #class(name: string, namespace: string, className: string): CimClassDeclaration {
    const found = this.#classes.get(classKey(String(namespace), String(className)));
    if (found !== undefined) return found;
    throw invalidArgument(name, className, 'The class is not known here any more: get it again with Get-CimClass.');
  }

  #instance({ namespace, className, computer, session, properties }: WireInstance): CimInstance {
    const known = this.#classes.get(classKey(namespace, className));
    const declaration = known ?? {
      namespace,
      className,
      methods: [],
      properties: properties.map(([name, type]) => ({
        name,
        type: cimTypeOf(name, type),
        isArray: type.endsWith('[]'),
        interval: type.startsWith('interval'),
      })),
    };
    const open = session === undefined || session === '' ? undefined : this.#session(session, computer ?? '');
    return CimInstance.create(
      declaration,
      Object.fromEntries(properties.map(([name, type, text]) => [name, fromWireText(name, type, text)])),
      { namespace, session: open, computerName: computer === '' ? undefined : computer },
    );
  }

  #forgetClosed(): void {
    for (const [id, session] of this.#sessions) if (session.isClosed) this.#sessions.delete(id);
  }
}

const classKey = (namespace: string, className: string): string => `${namespace}:${className}`.toLowerCase();

const isList = (value: WireValue): value is readonly WireValue[] => Array.isArray(value);

const isRecord = (value: unknown): value is Readonly<Record<string, WireValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What JSON.parse gave may be anything, whatever its type says. */
function isInstance(value: unknown): value is WireInstance {
  if (!isRecord(value)) return false;
  const { namespace, className, computer, session, properties } = value;
  const optional = (one: unknown) => one === undefined || typeof one === 'string';
  return (
    typeof namespace === 'string' &&
    typeof className === 'string' &&
    optional(computer) &&
    optional(session) &&
    Array.isArray(properties) &&
    properties.every(
      (one) =>
        Array.isArray(one) &&
        one.length === 3 &&
        typeof one[0] === 'string' &&
        typeof one[1] === 'string' &&
        (one[2] === null || typeof one[2] === 'string'),
    )
  );
}
