import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import {
  getDhcpServerv4Class,
  getDhcpServerv4ExclusionRange,
  getDhcpServerv4Failover,
  getDhcpServerv4Filter,
  getDhcpServerv4FilterList,
  getDhcpServerv4OptionDefinition,
  getDhcpServerv4OptionValue,
  getDhcpServerv4Policy,
  getDhcpServerv4PolicyIPRange,
  getDhcpServerv4Reservation,
  getDhcpServerv4Scope,
} from '../../dhcp-server/index.js';
import { type ConfigurationItem, type ItemKind, nameOfItem } from '../model/configuration-item.js';
import { foundProblem, type PairProblem, problemOf } from '../model/pair-problem.js';
import type { ReadProgress, RelationshipReading, ServerReading, UnreadPart } from '../model/server-reading.js';
import {
  classItem,
  definitionItem,
  exclusionItem,
  filterItem,
  filterListItem,
  keyText,
  optionItem,
  type PartRow,
  policyItem,
  relationshipReading,
  reservationItem,
  scopeItem,
  scopeOptionItems,
  serverPolicyItem,
} from './item-rows.js';
import { type Answer, PartCalls } from './part-calls.js';
import type { ReadOptions } from './read-options.js';

const AT_A_TIME = 8;
type Part = UnreadPart['part'];

/** Reads one server: first which relationships and scopes it has, then what is in them. */
export class ServerReader {
  readonly #calls: PartCalls;
  readonly #options: ReadOptions;
  readonly #items = new Map<string, ConfigurationItem>();
  readonly #unread: UnreadPart[] = [];
  readonly #scopes = new Map<string, PartRow>();
  #relationships: readonly RelationshipReading[] = [];
  #knowsScopes = false;
  #done = 0;
  #total = 0;

  private constructor(calls: PartCalls, options: ReadOptions) {
    this.#calls = calls;
    this.#options = options;
  }

  static async of(session: CmdletSession, options: ReadOptions): Promise<ServerReader> {
    return new ServerReader(await PartCalls.to(session, options, options.atATime ?? AT_A_TIME), options);
  }

  /** Relationships and scopes: two calls, the first of which tells whether the server answers at all. */
  async begin(): Promise<void> {
    this.#expect(2);
    const first = await this.#calls.call(getDhcpServerv4Failover, {});
    this.#take('relationships', null, first, (rows) => {
      this.#relationships = rows.map(relationshipReading);
      return [];
    });
    const scopes = await this.#calls.call(getDhcpServerv4Scope, {});
    this.#take('scopeList', null, scopes, (rows) => {
      for (const row of rows) this.#scopes.set(keyText(row, 'ScopeId'), row);
      if (this.#scopes.size < rows.length) throw foundTwice('a scope');
      this.#knowsScopes = true;
      return [];
    });
    if (first.problem !== undefined && scopes.problem !== undefined) this.#missing('server', null, first.problem);
  }

  get relationships(): readonly RelationshipReading[] {
    return this.#relationships;
  }

  /** The scopes of relationships as this server has them; of all of them when none are named. */
  scopesOf(relationship: string | readonly string[] | undefined): string[] {
    const wanted = relationship === undefined ? undefined : [relationship].flat().map((name) => name.toLowerCase());
    const named = this.#relationships.filter(({ Name }) => wanted?.includes(Name.toLowerCase()) !== false);
    return named.flatMap(({ ScopeId }) => ScopeId);
  }

  get scopeIds(): string[] {
    return [...this.#scopes.keys()];
  }

  /** What is in these scopes, and what the server has for all of them. */
  async finish(wanted: readonly string[]): Promise<ServerReading> {
    const scopeIds = [...new Set(wanted)].filter((scopeId) => !this.#knowsScopes || this.#scopes.has(scopeId));
    const isSilent = this.#unread.some(({ part }) => part === 'server');
    if (!isSilent) {
      if (!this.#knowsScopes) this.#scopesAreUnread();
      for (const scopeId of scopeIds) {
        const scope = this.#scopes.get(scopeId);
        if (scope !== undefined) this.#add('scope', scopeId, () => [scopeItem(scope)]);
      }
      const server = this.#serverParts();
      this.#expect(server.length + 1 + 3 * scopeIds.length);
      await this.#calls.each([...server, () => this.#exclusions(new Set(scopeIds))], (read) => read());
      await this.#calls.each(scopeIds, (scopeId) => this.#scope(scopeId));
      await this.#reservationOptions();
    }
    return {
      server: this.#calls.server,
      readAt: new Date().toISOString(),
      calls: this.#calls.made,
      relationships: this.#relationships,
      scopeIds: this.scopeIds,
      read: scopeIds,
      reservationOptionsOf: this.#options.reservationOptions ?? [],
      items: [...this.#items.values()],
      unread: this.#unread,
    };
  }

  #serverParts(): (() => Promise<void>)[] {
    const calls = this.#calls;
    const part = <T extends PartRow>(
      kind: ItemKind,
      ask: () => Promise<Answer<T>>,
      itemOf: (row: T) => ConfigurationItem,
    ) => {
      return async () => {
        this.#take(kind, null, await ask(), (rows) => rows.map(itemOf));
      };
    };
    return [
      part(
        'serverOption',
        () => calls.call(getDhcpServerv4OptionValue, { All: true, Brief: true }),
        (row) => optionItem(row, 'serverOption', null),
      ),
      part('serverPolicy', () => calls.call(getDhcpServerv4Policy, {}), serverPolicyItem),
      part('class', () => calls.call(getDhcpServerv4Class, {}), classItem),
      part('optionDefinition', () => calls.call(getDhcpServerv4OptionDefinition, { All: true }), definitionItem),
      part('filter', () => calls.call(getDhcpServerv4Filter, {}), filterItem),
      part('filterList', () => calls.call(getDhcpServerv4FilterList, {}), filterListItem),
    ];
  }

  /** Those of all scopes in one call. */
  async #exclusions(scopeIds: ReadonlySet<string>): Promise<void> {
    this.#take('exclusion', null, await this.#calls.call(getDhcpServerv4ExclusionRange, {}), (rows) =>
      rows.map(exclusionItem).filter(({ scopeId }) => scopeId !== null && scopeIds.has(scopeId)),
    );
  }

  async #scope(ScopeId: string): Promise<void> {
    const options = await this.#calls.call(getDhcpServerv4OptionValue, { ScopeId, All: true, Brief: true });
    const hasOptions = this.#take('option', ScopeId, options, (rows) =>
      scopeOptionItems(rows, ScopeId, this.#scopes.get(ScopeId)),
    );
    if (!hasOptions && options.problem !== undefined) this.#missing('dnsSetting', ScopeId, options.problem);
    const policies = await this.#calls.call(getDhcpServerv4Policy, { ScopeId });
    const ranges =
      policies.rows === undefined || policies.rows.length === 0 ? { rows: [] } : await this.#ranges(ScopeId);
    this.#take('policy', ScopeId, ranges.problem === undefined ? policies : ranges, (rows) =>
      rows.map((row) => policyItem(row, ScopeId, ranges.rows ?? [])),
    );
    this.#take('reservation', ScopeId, await this.#calls.call(getDhcpServerv4Reservation, { ScopeId }), (rows) =>
      rows.map((row) => reservationItem(row, ScopeId)),
    );
  }

  async #ranges(ScopeId: string): Promise<Answer<PartRow>> {
    this.#expect(1);
    const ranges = await this.#calls.call<{ readonly ScopeId: string }, PartRow>(getDhcpServerv4PolicyIPRange, {
      ScopeId,
    });
    this.#done += 1;
    return ranges;
  }

  /** One call a reservation, of those alone that were asked for. */
  async #reservationOptions(): Promise<void> {
    const { reservationOptions = [] } = this.#options;
    const reservations = [...this.#items.values()].filter(
      ({ kind, label }) =>
        kind === 'reservation' && (reservationOptions === 'all' || reservationOptions.includes(label)),
    );
    this.#expect(reservations.length);
    await this.#calls.each(reservations, async ({ scopeId, label: ReservedIP }) => {
      const answer = await this.#calls.call(getDhcpServerv4OptionValue, { ReservedIP, All: true, Brief: true });
      this.#take(
        'reservationOption',
        scopeId,
        answer,
        (rows) => rows.map((row) => optionItem(row, 'reservationOption', scopeId, ReservedIP)),
        ReservedIP,
      );
    });
  }

  /** Without the list of scopes those are read that relationships name. */
  #scopesAreUnread(): void {
    const problem = this.#unread.find(({ part }) => part === 'scopeList')?.problem;
    if (problem !== undefined) this.#missing('scope', null, problem);
  }

  /** Takes what a call gave; gives false where it is not known. */
  #take<T>(
    part: Part,
    scopeId: string | null,
    answer: Answer<T>,
    itemsOf: (rows: readonly T[]) => ConfigurationItem[],
    of: string | null = null,
  ): boolean {
    this.#done += 1;
    if (answer.problem !== undefined) this.#missing(part, scopeId, answer.problem, of);
    else this.#add(part, scopeId, () => itemsOf(answer.rows), of);
    this.#tell();
    return answer.problem === undefined;
  }

  /** All of a part's items or none: of a part that contradicts itself nothing is known. */
  #add(part: Part, scopeId: string | null, itemsOf: () => ConfigurationItem[], of: string | null = null): void {
    const added = new Map<string, ConfigurationItem>();
    try {
      for (const item of itemsOf()) {
        const id = `${item.kind} ${item.scopeId} ${item.key}`;
        if (added.has(id) || this.#items.has(id)) throw foundTwice(nameOfItem(item));
        added.set(id, item);
      }
    } catch (error) {
      const problem =
        error instanceof ToldTwice
          ? foundProblem(this.#calls.server, error.message, 'Look at it on the server itself.')
          : problemOf(error, this.#calls.server);
      this.#missing(part, scopeId, problem, of);
      if (part === 'option') this.#missing('dnsSetting', scopeId, problem);
      return;
    }
    for (const [id, item] of added) this.#items.set(id, item);
    if (added.size > 0) this.#options.onItems?.([...added.values()]);
  }

  #missing(part: Part, scopeId: string | null, problem: PairProblem, of: string | null = null): void {
    this.#unread.push({ part, scopeId, of, problem });
  }

  #expect(calls: number): void {
    this.#total += calls;
  }

  #tell(): void {
    const progress: ReadProgress = {
      server: this.#calls.server,
      done: this.#done,
      total: this.#total,
      items: this.#items.size,
      failed: this.#unread.length,
    };
    this.#options.onProgress?.(progress);
  }
}

/** A server that tells of one thing twice: which of the two holds nobody knows. */
class ToldTwice extends Error {}

const foundTwice = (what: string) => new ToldTwice(`The server told of ${what} twice.`);
