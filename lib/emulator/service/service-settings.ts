/** How the WS-Management service of a lab's servers is set. Times in milliseconds on the lab's clock. */
export interface ServiceSettings {
  /** False: the servers know nothing of enhanced CIM operations, as those before Windows Server 2012. Default true. */
  readonly enhancedOperations?: boolean;
  /** Requests at work, open enumerations and subscriptions of one account. Default 1500, as Windows'. */
  readonly maxConcurrentOperationsPerUser?: number;
  /** Items of one reply. Default 32,000. */
  readonly maxBatchItems?: number;
  /** How long an enumeration waits for the next Pull. Default 240,000 (EnumerationTimeoutms). */
  readonly enumerationTimeoutMs?: number;
  /** How long the messages of an operation are kept for a client whose connection was lost. Default 185,000 (MS-WSMV 3.1.1). */
  readonly responseRetentionMs?: number;
  /** How much of an operation is kept until the client acknowledges, bytes. Default 1 MiB. */
  readonly retainedBytes?: number;
  /** How long a subscription lives whose client does not say. Default a day. */
  readonly subscriptionExpiresMs?: number;
  /** Events that wait for a Pull; more are dropped, oldest first. Default 1,000. */
  readonly maxQueuedEvents?: number;
  /** True: subscriptions can be renewed, which Windows refuses. Default false. */
  readonly renewSubscriptions?: boolean;
  /** How long replication takes for each scope. Default 0. */
  readonly replicationMsPerScope?: number;
}

export type ResolvedServiceSettings = Required<ServiceSettings>;

export function resolveServiceSettings(settings: ServiceSettings = {}): ResolvedServiceSettings {
  return {
    enhancedOperations: true,
    maxConcurrentOperationsPerUser: 1500,
    maxBatchItems: 32_000,
    enumerationTimeoutMs: 240_000,
    responseRetentionMs: 185_000,
    retainedBytes: 1024 * 1024,
    subscriptionExpiresMs: 86_400_000,
    maxQueuedEvents: 1_000,
    renewSubscriptions: false,
    replicationMsPerScope: 0,
    ...settings,
  };
}
