import type { FleetEngine, Queue, Redis } from './load-engine.js';

/** The queue of the coordinators: one job a run. */
export const CONTROL_QUEUE = 'control';

/** A site has two: a nightly audit never delays a change. */
export type SiteQueueKind = 'read' | 'change';

export function siteQueueName(site: string, kind: SiteQueueKind): string {
  return `site-${site}.${kind}`;
}

/** Custom ids of BullMQ hold no colon, and are no integers. */
export const controlJobId = (run: string): string => `run-${run}`;

/** The engine's queues of one fleet, opened when they are asked for. */
export class FleetQueues {
  readonly #open = new Map<string, Queue>();
  readonly #engine: FleetEngine;
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #telemetry: object | undefined;
  readonly #onError: (error: unknown) => void;

  constructor(
    engine: FleetEngine,
    redis: Redis,
    prefix: string,
    telemetry: object | undefined,
    onError: (error: unknown) => void,
  ) {
    this.#engine = engine;
    this.#redis = redis;
    this.#prefix = prefix;
    this.#telemetry = telemetry;
    this.#onError = onError;
  }

  queue(name: string): Queue {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const queue = new this.#engine.bullmq.Queue(name, {
      connection: this.#redis,
      prefix: this.#prefix,
      // By default the stream keeps ten thousand.
      streams: { events: { maxLen: 1_000 } },
      ...telemetryOption(this.#telemetry),
    });
    queue.on('error', this.#onError);
    this.#open.set(name, queue);
    return queue;
  }

  async close(): Promise<void> {
    const queues = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(queues.map((queue) => queue.close().catch(() => {})));
  }
}

type EngineTelemetry = NonNullable<ConstructorParameters<FleetEngine['bullmq']['Queue']>[1]>['telemetry'];

/** It is the caller's, made for the engine, and goes to it as it is. */
export function telemetryOption(telemetry: object | undefined): { readonly telemetry?: NonNullable<EngineTelemetry> } {
  return telemetry === undefined ? {} : { telemetry: telemetry as NonNullable<EngineTelemetry> };
}
