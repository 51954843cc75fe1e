import type { FleetOutcome, FleetRun, PairAudit } from '../../../fleet/index.js';
import { outcomeText } from './run-text.js';

/** Pairs whose differences are listed one by one. */
const SHOWN_PAIRS = 50;

/** How many pairs there are of each kind. */
export interface AuditSummary {
  readonly pairs: number;
  readonly inStep: number;
  readonly different: number;
  readonly notKnown: number;
  /** Servers without a relationship. */
  readonly without: number;
  /** Servers that could not be asked. */
  readonly failed: number;
}

/** What an audit has found, pair by pair; one whose two servers were both asked stands in it once. */
export class AuditReport {
  readonly #pairs = new Map<string, PairAudit>();
  readonly #failures: FleetOutcome[] = [];
  #without = 0;

  static async of(run: FleetRun): Promise<AuditReport> {
    const report = new AuditReport();
    for await (const outcome of run.outcomes()) report.#add(outcome);
    return report;
  }

  get summary(): AuditSummary {
    const audits = [...this.#pairs.values()];
    const count = (verdict: PairAudit['verdict']) => audits.filter((one) => one.verdict === verdict).length;
    return {
      pairs: audits.length,
      inStep: count('inStep'),
      different: count('different'),
      notKnown: count('notKnown'),
      without: this.#without,
      failed: this.#failures.length,
    };
  }

  get isInStep(): boolean {
    const { different, notKnown } = this.summary;
    return different + notKnown === 0;
  }

  *lines(): Generator<string> {
    const { pairs, inStep, different, notKnown, without, failed } = this.summary;
    const servers = (count: number, what: string) =>
      count === 0 ? '' : `; ${count} ${count === 1 ? 'server' : 'servers'} ${what}`;
    yield `${pairs} ${pairs === 1 ? 'pair' : 'pairs'}: ${inStep} in step, ${different} different, ${notKnown} not known${servers(without, 'without a relationship')}${servers(failed, 'not asked')}.`;
    const odd = [...this.#pairs.values()].filter(({ verdict }) => verdict !== 'inStep');
    for (const audit of odd.slice(0, SHOWN_PAIRS)) yield* auditLines(audit);
    if (odd.length > SHOWN_PAIRS)
      yield `… and ${odd.length - SHOWN_PAIRS} more pairs: cimlet fleet results RUN --output --json`;
    for (const outcome of this.#failures.slice(0, SHOWN_PAIRS)) yield outcomeText(outcome);
  }

  #add(outcome: FleetOutcome): void {
    if (outcome.state !== 'ok') {
      this.#failures.push(outcome);
      return;
    }
    const audits = (outcome.output ?? []) as readonly PairAudit[];
    if (audits.length === 0) this.#without += 1;
    for (const audit of audits) if (!this.#pairs.has(audit.key)) this.#pairs.set(audit.key, audit);
  }
}

function* auditLines({
  server,
  partner,
  relationships,
  verdict,
  differences,
  more,
  notKnown,
}: PairAudit): Generator<string> {
  yield '';
  yield `${verdict === 'different' ? 'DIFFERENT' : 'NOT KNOWN'}  ${server} and ${partner}, ${relationships.join(', ')}`;
  for (const { scopeId, what, members = [], meaning } of differences) {
    const where = scopeId === null || what.includes(scopeId) ? '' : `${scopeId}  `;
    yield `  ${where}${what}${members.length === 0 ? '' : ` (${members.join(', ')})`}: ${meaning}`;
  }
  for (const text of notKnown) yield `  not known: ${text}`;
  if (more > 0) yield `  … and ${more} more: cimlet compare ${server}`;
}
