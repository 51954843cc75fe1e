import type { CheckResult, CheckRow, ProtectSettings } from '../bridge.js';
import { checkScopes } from './check-scopes.js';
import { clockAhead, wrongClock } from './clock.js';
import type { EngineContext } from './context.js';
import { problemOf } from './problem.js';
import { protectFieldProblem } from './protect-fields.js';
import type { Basics } from './readings.js';
import { pairKey, shareText } from './relationship.js';

/** Windows' limit for one server. */
const MOST_RELATIONSHIPS = 31;
/** Scopes that one call takes. */
export const SCOPES_A_CALL = 400;

export type Tell = (row: CheckRow) => void;

/** All that the checks found, for whoever makes a plan of it. */
export interface ProtectFindings {
  readonly rows: readonly CheckRow[];
  readonly own: Basics | null;
  readonly partner: Basics | null;
  readonly result: CheckResult;
}

/** What the wizard looks at, on both servers, in the order in which Windows does. */
export async function checkProtect(
  context: EngineContext,
  settings: ProtectSettings,
  signal: AbortSignal,
  tell: Tell,
): Promise<ProtectFindings> {
  return await new ProtectCheck(context, settings, signal, tell).run();
}

class ProtectCheck {
  readonly #context: EngineContext;
  readonly #settings: ProtectSettings;
  readonly #signal: AbortSignal;
  readonly #tell: Tell;
  readonly #rows = new Map<string, CheckRow>();

  constructor(context: EngineContext, settings: ProtectSettings, signal: AbortSignal, tell: Tell) {
    this.#context = context;
    this.#settings = settings;
    this.#signal = signal;
    this.#tell = tell;
  }

  async run(): Promise<ProtectFindings> {
    const { server, partner: named } = this.#settings;
    const { list } = this.#context;
    const problem = protectFieldProblem(this.#settings);
    if (problem !== null) this.#row('fields', 'inTheWay', 'A field is not in order', problem);
    const partnerName = list.nameOf(named);
    const partner = partnerName ?? named;
    for (const [id, title] of [
      ['rights', `Rights on ${server}`],
      ['partner', 'Partner found'],
      ['reach', 'Your logon reaches the partner'],
      ['clocks', 'Clocks'],
    ] as const) {
      this.#row(id, 'waiting', title);
    }
    const [own, other] = await Promise.all([this.#basics(server), this.#partner(partnerName, partner)]);
    await Promise.all([
      this.#rights(server),
      other === null ? this.#unknown('reach', 'Your logon reaches the partner') : this.#reach(server, partner),
      other === null ? this.#unknown('clocks', 'Clocks') : this.#clocks(server, partner),
    ]);
    this.#names(own, other);
    checkScopes(this.#settings, own, other, partner, (...row) => this.#row(...row));
    return { rows: [...this.#rows.values()], own, partner: other, result: this.#result(own, other) };
  }

  async #basics(server: string): Promise<Basics | null> {
    try {
      return await this.#context.readings.read(server, this.#signal, true);
    } catch (error) {
      const { what, remedy } = problemOf(error, server);
      this.#row('own', 'notKnown', `${server} could not be read`, what, remedy);
      return null;
    }
  }

  async #partner(listed: string | undefined, partner: string): Promise<Basics | null> {
    if (partner === '') return null;
    if (listed === undefined) {
      this.#row(
        'partner',
        'inTheWay',
        `${partner} is not in the list of servers`,
        'Your logon is shown to servers of the list alone.',
        'Add it to the list first.',
      );
      return null;
    }
    try {
      const basics = await this.#context.readings.read(listed, this.#signal, true);
      const version = await this.#version(listed);
      if (version !== null && (version.major < 6 || (version.major === 6 && version.minor < 2))) {
        this.#row(
          'partner',
          'inTheWay',
          `${listed} is older than Windows Server 2012`,
          'It has no failover.',
          'Choose another partner.',
        );
      } else {
        const text =
          version === null ? 'DHCP service running' : `Version ${version.major}.${version.minor}, DHCP service running`;
        this.#row('partner', 'inOrder', 'Partner found and answers', text);
      }
      return basics;
    } catch (error) {
      const { what, remedy } = problemOf(error, listed);
      this.#row('partner', 'notKnown', `${listed} could not be read`, what, remedy);
      return null;
    }
  }

  async #version(server: string): Promise<{ readonly major: number; readonly minor: number } | null> {
    try {
      return await this.#context.logons.use(server, async (client) => {
        const CimSession = await client.session(server);
        const [version] = await client.getDhcpServerVersion({ CimSession }, { signal: this.#signal });
        return version === undefined ? null : { major: version.MajorVersion, minor: version.MinorVersion };
      });
    } catch {
      return null;
    }
  }

  async #rights(server: string): Promise<void> {
    const { may, problem } = await this.#context.rights.on(this.#context, server, this.#signal);
    if (may === 'change') this.#row('rights', 'inOrder', `You may change ${server}`);
    else if (may === 'read') {
      this.#row(
        'rights',
        'inTheWay',
        `You may read ${server}, not change it`,
        problem?.what ?? null,
        `On ${server}: make your account a member of DHCP Administrators.`,
      );
    } else this.#row('rights', 'notKnown', `Rights on ${server}`, problem?.what ?? null, problem?.remedy ?? null);
  }

  async #reach(server: string, partner: string): Promise<void> {
    const { logons, rights } = this.#context;
    const outOfReach = logons.partnersOutOfReach(server);
    if (outOfReach !== null) {
      this.#row('reach', 'inTheWay', 'Your logon does not reach the partner', outOfReach.what, outOfReach.remedy);
      return;
    }
    const [hop, own] = await Promise.all([
      rights.reach(this.#context, server, partner, this.#signal),
      rights.on(this.#context, partner, this.#signal),
    ]);
    if (own.may === 'read') {
      this.#row(
        'reach',
        'inTheWay',
        `You may read ${partner}, not change it`,
        own.problem?.what ?? null,
        `On ${partner}: make your account a member of DHCP Administrators.`,
      );
    } else if (hop.may === 'change') {
      this.#row(
        'reach',
        'inOrder',
        'Your logon reaches the partner',
        `${logons.state?.logonText ?? ''}: ${server} calls ${partner} as you`,
      );
    } else if (hop.may === 'read') {
      this.#row(
        'reach',
        'inTheWay',
        `${server} does not reach ${partner} as you`,
        hop.problem?.what ?? null,
        hop.problem?.remedy ?? null,
      );
    } else
      this.#row(
        'reach',
        'notKnown',
        `Whether ${server} reaches ${partner}`,
        hop.problem?.what ?? null,
        hop.problem?.remedy ?? null,
      );
  }

  async #clocks(server: string, partner: string): Promise<void> {
    const { logons } = this.#context;
    try {
      const [one, other] = await Promise.all([
        clockAhead(logons, server, this.#signal),
        clockAhead(logons, partner, this.#signal),
      ]);
      const wrong = wrongClock({ server, aheadMs: one }, { server: partner, aheadMs: other });
      if (wrong === null) {
        this.#row('clocks', 'inOrder', 'Clocks agree', `${(Math.abs(one - other) / 1000).toFixed(1)} s apart`);
        return;
      }
      const limit = 'Failover takes 60 s at most (DHCP 20119).';
      this.#row('clocks', 'inTheWay', wrong.text, limit, `On ${wrong.server}: w32tm /resync`);
    } catch (error) {
      this.#row(
        'clocks',
        'notKnown',
        'Clocks',
        problemOf(error, null).what,
        'Compare them yourself: more than 60 s apart stops failover.',
      );
    }
  }

  async #unknown(id: string, title: string): Promise<void> {
    this.#row(id, 'notKnown', title, 'The partner was not read.');
  }

  #names(own: Basics | null, other: Basics | null): void {
    const { name, existing } = this.#settings;
    if (existing !== null) {
      const known = this.#existing(own, other).some(({ key }) => key === existing);
      if (own !== null && other !== null && !known)
        this.#row('name', 'inTheWay', 'The relationship is not there any more', null, 'Choose another one.');
      return;
    }
    const taken = [own, other].find((basics) =>
      basics?.copies.some((copy) => copy.name.toLowerCase() === name.toLowerCase()),
    );
    if (taken !== undefined && taken !== null)
      this.#row('name', 'inTheWay', `${taken.server} has a relationship of that name`, null, 'Choose another name.');
    else if (own === null || other === null) this.#row('name', 'notKnown', 'Whether the name is free');
    else this.#row('name', 'inOrder', 'Name is free on both servers');
    const full = [own, other].find((basics) => (basics?.copies.length ?? 0) >= MOST_RELATIONSHIPS);
    if (full !== undefined && full !== null) {
      this.#row(
        'room',
        'inTheWay',
        `${full.server} has ${MOST_RELATIONSHIPS} relationships, which is all that it takes`,
        null,
        'Use an existing one.',
      );
    } else if (own !== null && other !== null) {
      this.#row(
        'room',
        'inOrder',
        'Room for it',
        `${own.copies.length} and ${other.copies.length} of ${MOST_RELATIONSHIPS} relationships`,
      );
    }
  }

  /** Relationships of both with each other, to be used again. */
  #existing(own: Basics | null, other: Basics | null): CheckResult['existing'][number][] {
    if (own === null || other === null) return [];
    const theirs = new Set(other.copies.map(pairKey));
    return own.copies
      .filter((copy) => theirs.has(pairKey(copy)))
      .map((copy) => ({ key: pairKey(copy), name: copy.name, text: `${copy.name} (${shareText(copy)})` }));
  }

  #result(own: Basics | null, other: Basics | null): CheckResult {
    const count = (state: CheckRow['state']) => [...this.#rows.values()].filter((row) => row.state === state).length;
    return {
      inOrder: count('inOrder'),
      inTheWay: count('inTheWay'),
      notKnown: count('notKnown'),
      sentence: null,
      existing: this.#existing(own, other),
    };
  }

  #row(
    id: string,
    state: CheckRow['state'],
    title: string,
    detail: string | null = null,
    remedy: string | null = null,
    leaveOut: readonly string[] = [],
  ): void {
    const row: CheckRow = { id, state, title, detail, remedy, leaveOut };
    this.#rows.set(id, row);
    this.#tell(row);
  }
}
