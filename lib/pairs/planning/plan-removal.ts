import { randomUUID } from 'node:crypto';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { comparePair } from '../comparison/compare-pair.js';
import type { PairComparison } from '../model/difference.js';
import { type ServerReading, unreadOf } from '../model/server-reading.js';
import { countLeases, readReservationOptions } from '../reading/read-details.js';
import type { ReadOptions } from '../reading/read-options.js';
import { type PairServer, readPair } from '../reading/read-server.js';
import { PairPlan } from './pair-plan.js';
import type { PlanDescription, PlanEffect } from './plan-description.js';
import { counted, countsOf, itemsThatGo, removalOf } from './plan-effects.js';
import { relationshipOf, requirePartner } from './plan-replication.js';
import { type PlanStep, powershellLine } from './powershell-line.js';
import { savedConfiguration } from './saved-configuration.js';

/** Which relationship ends, and where its scopes stay. */
export interface RemovalRequest extends ReadOptions {
  /** Keeps the scopes, and serves them alone from then on. */
  readonly keeper: PairServer;
  /** Loses them. */
  readonly other: PairServer;
  readonly relationship: string;
  /**
   * The other server does not answer: the relationship ends on the keeper alone (-Force), and the other one keeps a stale copy. A plan with it is
   * refused while the other one answers.
   */
  readonly force?: boolean | undefined;
}

/** Which scopes leave a relationship. */
export interface TakeOutRequest extends Omit<RemovalRequest, 'force'> {
  readonly scopeIds: readonly string[];
}

/**
 * Plans Remove-DhcpServerv4Failover: the relationship goes on both servers, its scopes are deleted on the other one with all that is in them.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a relationship that the keeper does not have, and for `force` where the other one answers; what a
 * server could not be read for.
 */
export async function planRemoval(request: RemovalRequest): Promise<PairPlan> {
  return await new Removal(request, undefined, request.force === true).plan();
}

/**
 * Plans Remove-DhcpServerv4FailoverScope: scopes leave the relationship, stay on the keeper, and are deleted on the other server.
 * @throws CimletError as {@link planRemoval}, and for scopes that are not in the relationship.
 */
export async function planTakeOut(request: TakeOutRequest): Promise<PairPlan> {
  const scopeIds = [...new Set(request.scopeIds)];
  if (scopeIds.length === 0) throw invalidArgument('scopeIds', '[]', 'Give the subnet addresses of scopes.');
  return await new Removal(request, scopeIds, false).plan();
}

class Removal {
  readonly #request: RemovalRequest;
  /** Undefined: the whole relationship. */
  readonly #only: readonly string[] | undefined;
  readonly #force: boolean;

  constructor(request: RemovalRequest, only: readonly string[] | undefined, force: boolean) {
    this.#request = request;
    this.#only = only;
    this.#force = force;
  }

  async plan(): Promise<PairPlan> {
    const { keeper, other, relationship: name } = this.#request;
    const { here, there } = await this.#read({});
    const relationship = relationshipOf(here, name);
    const stranger = this.#only?.find((scopeId) => !relationship.ScopeId.includes(scopeId));
    if (stranger !== undefined) {
      throw invalidArgument('scopeIds', stranger, `${name} has the scopes ${relationship.ScopeId.join(', ')}.`);
    }
    const isSilent = this.#checkSilence(there);
    const compare = (one: ServerReading, two: ServerReading): PairComparison =>
      comparePair(one, two, { relationships: [name], scopeIds: this.#only });
    const comparison = compare(here, there);
    const isStale = !isSilent && this.#isStale(there);
    if (!isSilent && !(isStale && this.#only === undefined)) requirePartner(comparison, name);
    // Where the other server does not know the relationship, its scopes are its own.
    const scopeIds = isSilent || isStale ? [] : there.read;
    const going = there.items.filter(({ scopeId }) => scopeId !== null && scopeIds.includes(scopeId));
    const leases =
      isSilent || isStale ? new Map<string, number | null>() : await countLeases(other, scopeIds, this.#request);
    const onlyThere = itemsThatGo(
      going.filter(({ kind }) => kind === 'reservation'),
      comparison.differences,
      'there',
    );
    const details = isSilent
      ? { items: [], unread: [] }
      : await readReservationOptions(other, onlyThere, this.#request);
    const words = this.#words(here, there, scopeIds, leases, going.filter(({ kind }) => kind === 'reservation').length);
    const effects: PlanEffect[] = [
      ...this.#relationshipEffects(here, there, isSilent),
      ...going.map((item): PlanEffect => {
        const effect = removalOf(item, there.server);
        if (item.kind !== 'scope') return effect;
        const count = leases.get(item.scopeId ?? '') ?? null;
        return {
          ...effect,
          what: `${effect.what} with ${count === null ? 'leases that are not known' : counted(count, 'lease')}`,
        };
      }),
    ];
    const step = this.#step(here.server, relationship.Name, relationship.ScopeId);
    const notKnown = comparison.notKnown.filter(({ server, part, scopeId }) => {
      return (
        server === there.server &&
        (scopeId !== null || ['server', 'relationships', 'scopeList', 'exclusion', 'scope'].includes(part))
      );
    });
    const description: PlanDescription = {
      id: randomUUID(),
      kind: this.#only === undefined ? 'remove' : 'takeOut',
      madeAt: new Date().toISOString(),
      ...words,
      effects,
      ...countsOf(effects),
      remains: [],
      notKnown,
      notCompared: comparison.notCompared,
      lines: [powershellLine(step)],
      saved: savedConfiguration({
        server: there.server,
        reason: words.title,
        relationship: relationship.Name,
        items: [...going, ...details.items],
        notSaved: [
          'Leases. The other server has those that were replicated.',
          ...(isSilent ? [] : [`Options of reservations that ${here.server} has as well.`]),
          ...(notKnown.length > 0 ? ['What could not be read.'] : []),
        ],
      }),
    };
    return new PairPlan({
      description,
      readings: [here, there],
      readAgain: async (more) => {
        const again = await this.#read(more);
        return [again.here, again.there];
      },
      server: keeper,
      steps: [step],
      changing: isSilent || isStale ? 0 : 1,
      compare: ([one, two]) => (one === undefined || two === undefined ? null : comparePair(one, two)),
    });
  }

  #read(more: ReadOptions) {
    const { keeper, other, relationship, force, ...options } = this.#request;
    return readPair(keeper, other, { ...options, ...more, relationship, scopeIds: this.#only });
  }

  /** True where the other server is silent and that is meant. */
  #checkSilence(there: ServerReading): boolean {
    const silent = unreadOf(there, 'server');
    if (silent === undefined) {
      if (!this.#force) return false;
      throw invalidArgument(
        'force',
        true,
        `${there.server} answers. Leave force out, and both servers end the relationship.`,
      );
    }
    if (this.#force) return true;
    throw new CimletError('ERR_CMDLET', `${there.server} could not be read: ${silent.problem.what}`, {
      retryable: silent.problem.again,
      hint:
        this.#only === undefined
          ? 'Try again when it answers. force ends the relationship on the keeper alone, and leaves a stale copy on the other server.'
          : 'Try again when it answers.',
    });
  }

  #isStale({ relationships }: ServerReading): boolean {
    const name = this.#request.relationship.toLowerCase();
    return !relationships.some(({ Name }) => Name.toLowerCase() === name);
  }

  #step(server: string, Name: string, all: readonly string[]): PlanStep {
    if (this.#only !== undefined) {
      const ScopeId = all.filter((scopeId) => this.#only?.includes(scopeId));
      return { server, cmdlet: 'Remove-DhcpServerv4FailoverScope', parameters: { Name, ScopeId } };
    }
    const force = this.#force ? { Force: true } : {};
    return { server, cmdlet: 'Remove-DhcpServerv4Failover', parameters: { Name: [Name], ...force } };
  }

  #relationshipEffects(here: ServerReading, there: ServerReading, isSilent: boolean): PlanEffect[] {
    const name = this.#request.relationship.toLowerCase();
    return [here, ...(isSilent ? [] : [there])].flatMap(({ server, relationships }) =>
      relationships
        .filter(({ Name }) => Name.toLowerCase() === name)
        .map(({ Name, ScopeId }): PlanEffect => {
          const to = this.#only && { ScopeId: ScopeId.filter((scopeId) => !this.#only?.includes(scopeId)) };
          return {
            verb: to === undefined ? 'remove' : 'change',
            server,
            kind: 'relationship',
            scopeId: null,
            what: `relationship ${Name}`,
            from: { ScopeId },
            to: to ?? null,
          };
        }),
    );
  }

  #words(
    here: ServerReading,
    there: ServerReading,
    scopeIds: readonly string[],
    leases: ReadonlyMap<string, number | null>,
    reservations: number,
  ): Pick<PlanDescription, 'title' | 'sentences' | 'button' | 'type'> {
    const [a, b, name] = [here.server, there.server, this.#request.relationship];
    const counts = [...leases.values()];
    const isKnown = !counts.includes(null);
    const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    const leasesText = isKnown ? counted(total, 'lease') : 'leases that are not known';
    const lost = `${leasesText} and ${counted(reservations, 'reservation')}`;
    if (this.#only !== undefined) {
      const [first = ''] = this.#only;
      const what = this.#only.length === 1 ? first : counted(this.#only.length, 'scope');
      const verb = this.#only.length === 1 ? 'It stays on' : 'They stay on';
      return {
        title: `Take ${what} out of ${name}?`,
        sentences: [`${verb} ${a} and ${this.#only.length === 1 ? 'is' : 'are'} deleted on ${b}, with ${lost}.`],
        button: `Take out, delete on ${b}`,
        type: total > 0 || !isKnown ? (this.#only.length === 1 ? first : String(this.#only.length)) : null,
      };
    }
    if (this.#force) {
      return {
        title: `Remove failover on ${a} alone?`,
        sentences: [
          `${b} does not answer. The relationship ends on ${a} alone; ${b} keeps a stale copy and goes on serving when it is back.`,
          'Remove it there as well.',
        ],
        button: `Remove on ${a} alone`,
        type: a,
      };
    }
    if (this.#isStale(there)) {
      return {
        title: `Remove the stale copy of ${name} on ${a}?`,
        sentences: [`${b} does not know ${name}: nothing is deleted there, and ${a} keeps its scopes.`],
        button: `Remove on ${a}`,
        type: name,
      };
    }
    return {
      title: `Remove failover from ${counted(scopeIds.length, 'scope')}?`,
      sentences: [
        `${name} ends. ${b} keeps nothing: ${counted(scopeIds.length, 'scope')}, ${lost} are deleted there.`,
        `${a} serves alone from then on.`,
      ],
      button: `Remove failover, delete ${counted(scopeIds.length, 'scope')} on ${b}`,
      type: name,
    };
  }
}
