/** How long the steps of the failover protocol take, milliseconds on the lab's clock. 0: at once. */
export interface FailoverTiming {
  /** From creation to the first connection. */
  readonly establishMs: number;
  /** Exchanging binding updates in a new relationship. */
  readonly firstExchangeMs: number;
  /** Exchanging binding updates in RECOVER. */
  readonly exchangeMs: number;
  /** Resolving conflicts, each server. */
  readonly resolveMs: number;
  /** Until a lost partner is noticed (receive timer). */
  readonly lossMs: number;
  /** Until a partner that can be reached again is connected (connect retry timer). */
  readonly reconnectMs: number;
  /** The start-up timer. */
  readonly startupMs: number;
}

/** A new relationship is Normal at once, a lost or restored partner is noticed at once; recovery and conflicts can be watched. */
export const instantTiming: FailoverTiming = {
  establishMs: 0,
  firstExchangeMs: 0,
  exchangeMs: 1_000,
  resolveMs: 5_000,
  lossMs: 0,
  reconnectMs: 0,
  startupMs: 300_000,
};

/** The timers of MS-DHCPF 3.1.2. */
export const realisticTiming: FailoverTiming = {
  establishMs: 1_000,
  firstExchangeMs: 2_000,
  exchangeMs: 5_000,
  resolveMs: 5_000,
  lossMs: 180_000,
  reconnectMs: 60_000,
  startupMs: 300_000,
};
