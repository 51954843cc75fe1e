/** Stands where a secret belongs: the name under which the workers know it. Values of secrets never enter the queue. */
export interface FleetSecretName {
  readonly secret: string;
}

/** Parameters of the cmdlet by name, of values that JSON can hold; where the schema has a secret, its name. */
export type FleetParameters = Readonly<Record<string, unknown>>;

/** One computer of a run. */
export interface FleetTarget {
  readonly computer: string;
  /** The site whose workers call it. Default: the plan's. */
  readonly site?: string | undefined;
  /** Its own parameters, beside the plan's; where both have one, this counts. */
  readonly parameters?: FleetParameters | undefined;
}

/** Computers that are kept under a name ({@link Fleet.setTargets}), and looked up when the run starts. */
export interface FleetTargetList {
  readonly list: string;
}

/** Names, or computers with a site and parameters of their own, such as the rows of a CSV file; read once, in batches. */
export type FleetTargets = Iterable<string | FleetTarget> | AsyncIterable<string | FleetTarget> | FleetTargetList;

/**
 * A part of the targets, in their order, that ends before the next one begins: `count` more of them, or all up to this `share` of the whole (0 to 1).
 * A run whose stages do not reach the whole ends after the last one, and the rest is skipped.
 */
export interface FleetStage {
  readonly count?: number | undefined;
  readonly share?: number | undefined;
  /** The run stops when more than this share (0 to 1) of the stage's computers failed, `unknown` among them. Default 1: it goes on. */
  readonly maxFailedShare?: number | undefined;
}

/** What a run does, where, and how carefully. */
export interface FleetPlan {
  /** One cmdlet: of the module, or one of {@link FleetOptions.cmdlets}. */
  readonly cmdlet: string;
  readonly parameters?: FleetParameters | undefined;
  readonly targets: FleetTargets;
  /** The name under which the workers know the credential. */
  readonly credential: string;
  /** The site of targets that name none. Default `default`. */
  readonly site?: string | undefined;
  /**
   * Default: one computer, and then the rest, so that a wrong password is tried once. Where that one cannot be reached the next one is tried alone, ten of
   * them at most: none of these proves the password.
   */
  readonly stages?: readonly FleetStage[] | undefined;
  /** Of each call, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** How often a computer is tried where its errors and the cmdlet allow that, 1 to 20. Default 3. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second try, doubled for each further one, with jitter, 30 seconds at most. Default 500. */
  readonly attemptDelayMs?: number | undefined;
  /** How long a server may still be at work after a call has timed out, in milliseconds. Default 5,000. */
  readonly graceMs?: number | undefined;
  /** Nothing is begun after it, by the clock of Redis: a Date, or ISO 8601 with a time zone. Default: none. */
  readonly deadline?: string | Date | undefined;
  /** Computers of one job of a read, 1 to 50. Default 10. A change has one a job. */
  readonly jobSize?: number | undefined;
  /** How long plan and outcomes are kept after the end, in days. Default 7. */
  readonly retentionDays?: number | undefined;
}

/** What a plan would do, and where; nothing was queued. */
export interface FleetPreview {
  /** In the schema's spelling. */
  readonly cmdlet: string;
  /** False: it only reads. */
  readonly changes: boolean;
  readonly total: number;
  /** How many computers each site has. */
  readonly sites: Readonly<Record<string, number>>;
  readonly stages: readonly { readonly computers: number; readonly maxFailedShare: number }[];
}
