import type { FleetOutcome } from '../contract/fleet-outcome.js';

/** What a worker counts, in Prometheus' text format. */
export class WorkerFigures {
  readonly #outcomes = new Map<string, number>();
  #tries = 0;
  #leaseWaits = 0;

  tried(): void {
    this.#tries += 1;
  }

  waited(): void {
    this.#leaseWaits += 1;
  }

  settled({ state, error }: Pick<FleetOutcome, 'state' | 'error'>): void {
    const labels = `state="${state}",code="${labelOf(error?.code ?? '')}"`;
    this.#outcomes.set(labels, (this.#outcomes.get(labels) ?? 0) + 1);
  }

  text(running: number): string {
    const outcomes = [...this.#outcomes].map(([labels, count]) => `cimlet_fleet_outcomes_total{${labels}} ${count}`);
    return [
      ...metric('cimlet_fleet_outcomes_total', 'counter', 'Computers that this worker settled.', outcomes),
      ...metric('cimlet_fleet_tries_total', 'counter', 'Tries of this worker.', [
        `cimlet_fleet_tries_total ${this.#tries}`,
      ]),
      ...metric(
        'cimlet_fleet_lease_waits_total',
        'counter',
        'Times that a change waited for the lease of a computer.',
        [`cimlet_fleet_lease_waits_total ${this.#leaseWaits}`],
      ),
      ...metric('cimlet_fleet_running', 'gauge', 'Computers that this worker is at now.', [
        `cimlet_fleet_running ${running}`,
      ]),
    ].join('\n');
  }
}

function metric(name: string, type: string, help: string, samples: readonly string[]): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples];
}

function labelOf(text: string): string {
  return text.replace(/[^\w]/g, '').slice(0, 60);
}

/** Texts of several queues as one: each metric once, with the samples of all of them. */
export function joinMetrics(texts: readonly string[]): string {
  const heads = new Map<string, string[]>();
  const samples = new Map<string, string[]>();
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const [, of] = /^# (?:HELP|TYPE) (\S{1,200})/.exec(line) ?? [];
    if (of !== undefined) {
      const head = heads.get(of) ?? [];
      heads.set(of, head);
      if (!head.includes(line)) head.push(line);
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      const [name = ''] = line.split(/[{ ]/, 1);
      samples.set(name, [...(samples.get(name) ?? []), line]);
    }
  }
  const names = [...new Set([...heads.keys(), ...samples.keys()])];
  return `${names.flatMap((name) => [...(heads.get(name) ?? []), ...(samples.get(name) ?? [])]).join('\n')}\n`;
}
