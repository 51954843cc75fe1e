import type { Clock } from '../../base/clock.js';
import { writeInstance } from '../../cim/codec/index.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import type { CimNamespace } from '../cim/cim-namespace.js';
import type { RequestScope } from '../cim/class-definition.js';
import { fileTime } from '../cim/event-classes.js';
import { instanceKey } from '../cim/instance-key.js';
import { wmiFaults } from '../fault/wmi-faults.js';
import { WqlError } from '../query/wql-error.js';
import { compileCondition, resolve, type WqlPredicate } from '../query/wql-filter.js';
import { parseWql } from '../query/wql-parser.js';
import type { WqlCondition } from '../query/wql-query.js';

export interface EventWatchOptions {
  readonly namespace: CimNamespace;
  readonly scope: RequestScope;
  readonly clock: Clock;
  /** Called with each event that the query lets through. */
  readonly onEvent: (event: CimInstance) => void;
}

/** An event query at work. */
export interface EventWatch {
  /** Names after SELECT; undefined for all. */
  readonly properties: readonly string[] | undefined;
  /** Instances are compared from now on. */
  start(): Promise<void>;
  stop(): void;
}

/**
 * An event query: of a provider's own events (`select * from Cimlet_Event`), or of changes of instances
 * (`select * from __InstanceModificationEvent within 5 where TargetInstance isa 'Class'`).
 * @throws RequestFault invalid query, no class of events, too broad (no ISA), too precise (no WITHIN).
 */
export function watchEvents(query: string, options: EventWatchOptions): EventWatch {
  const { namespace } = options;
  try {
    const parsed = parseWql(query);
    const declaration = namespace.find(parsed.className);
    if (declaration === undefined) throw new RequestFault(wmiFaults.invalidClass(parsed.className));
    if (namespace.definition(parsed.className)?.indication !== true) {
      throw new RequestFault(wmiFaults.notEventClass(parsed.className));
    }
    for (const property of parsed.properties ?? []) resolve(property, declaration, namespace);
    const { where } = parsed;
    const matches: WqlPredicate = where === undefined ? () => true : compileCondition(where, declaration, namespace);
    const properties = parsed.properties?.map(({ path }) => path[0] ?? '');
    if (!namespace.isA(parsed.className, '__InstanceOperationEvent')) {
      return { properties, ...extrinsicWatch(parsed.className, matches, options) };
    }
    const targets = where === undefined ? [] : targetClasses(where);
    if (targets.length === 0) throw new RequestFault(wmiFaults.tooBroad());
    if (parsed.within === undefined || parsed.within === 0) throw new RequestFault(wmiFaults.tooPrecise());
    const watched = { eventClass: parsed.className, targets, intervalMs: parsed.within * 1000, matches, properties };
    return new InstanceWatch(watched, options);
  } catch (error) {
    if (error instanceof WqlError) throw new RequestFault(wmiFaults.invalidQuery(error.message));
    throw error;
  }
}

/** The classes after `TargetInstance ISA`. */
function targetClasses(condition: WqlCondition): string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap(targetClasses);
    case 'isa':
      return condition.property.path.join('.').toLowerCase() === 'targetinstance' ? [condition.className] : [];
    default:
      return [];
  }
}

function extrinsicWatch(
  className: string,
  matches: WqlPredicate,
  options: EventWatchOptions,
): Omit<EventWatch, 'properties'> {
  const { namespace, onEvent } = options;
  let stop = () => {};
  return {
    start: async () => {
      stop = namespace.events.observe((event) => {
        if (namespace.isA(event.cimClass.className, className) && matches(event)) onEvent(event);
      });
    },
    stop: () => stop(),
  };
}

interface Seen {
  readonly instance: CimInstance;
  readonly markup: string;
}

interface InstanceQuery {
  readonly eventClass: string;
  /** Whose instances are looked at. */
  readonly targets: readonly string[];
  readonly intervalMs: number;
  readonly matches: WqlPredicate;
  readonly properties: readonly string[] | undefined;
}

/** Looks at the instances of some classes at intervals, as WMI does for classes whose provider reports no changes. */
class InstanceWatch implements EventWatch {
  readonly properties: readonly string[] | undefined;
  readonly #query: InstanceQuery;
  readonly #options: EventWatchOptions;
  #seen: ReadonlyMap<string, Seen> = new Map();
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(query: InstanceQuery, options: EventWatchOptions) {
    this.properties = query.properties;
    this.#query = query;
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#seen = (await this.#look()) ?? new Map();
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #arm(): void {
    if (this.#stopped) return;
    this.#cancel = this.#options.clock.schedule(this.#query.intervalMs, () => void this.#compare());
  }

  async #compare(): Promise<void> {
    // First, so that time which is moved in one step holds every look.
    this.#arm();
    const now = await this.#look();
    if (now === undefined || this.#stopped) return;
    const before = this.#seen;
    this.#seen = now;
    for (const [key, { instance, markup }] of now) {
      const previous = before.get(key);
      if (previous === undefined) this.#announce('__InstanceCreationEvent', instance);
      else if (previous.markup !== markup) {
        this.#announce('__InstanceModificationEvent', instance, previous.instance);
      }
    }
    for (const [key, { instance }] of before) {
      if (!now.has(key)) this.#announce('__InstanceDeletionEvent', instance);
    }
  }

  /** Undefined while the provider cannot say. */
  async #look(): Promise<Map<string, Seen> | undefined> {
    const { namespace, scope } = this.#options;
    const seen = new Map<string, Seen>();
    try {
      for (const target of this.#query.targets) {
        for (const { source, declaration } of namespace.family(target)) {
          for await (const instance of source?.instances(scope) ?? []) {
            const key = `${declaration.className}${instanceKey(instance) ?? ''}`;
            seen.set(key, { instance, markup: writeInstance(instance) });
          }
        }
      }
    } catch {
      return undefined;
    }
    return seen;
  }

  #announce(className: string, target: CimInstance, previous?: CimInstance): void {
    const { namespace, clock, onEvent } = this.#options;
    const declaration = namespace.find(className);
    if (declaration === undefined || !namespace.isA(className, this.#query.eventClass)) return;
    const event = CimInstance.create(declaration, {
      SECURITY_DESCRIPTOR: null,
      TIME_CREATED: fileTime(clock.now()),
      TargetInstance: target,
      ...(previous !== undefined && { PreviousInstance: previous }),
    });
    if (this.#query.matches(event)) onEvent(event);
  }
}
