/** How the WS-Management service of a lab's servers is set. Times in milliseconds on the lab's clock. */
export interface ServiceSettings {
  /** False: the servers know nothing of enhanced CIM operations, as those before Windows Server 2012. Default true. */
  readonly enhancedOperations?: boolean | undefined;
  /** Requests at work, open enumerations and subscriptions of one account. Default 1500, as Windows'. */
  readonly maxConcurrentOperationsPerUser?: number | undefined;
  /** Items of one reply. Default 32,000. */
  readonly maxBatchItems?: number | undefined;
  /** How long an enumeration waits for the next Pull. Default 240,000 (EnumerationTimeoutms). */
  readonly enumerationTimeoutMs?: number | undefined;
  /** How long the messages of an operation are kept for a client whose connection was lost. Default 185,000 (MS-WSMV 3.1.1). */
  readonly responseRetentionMs?: number | undefined;
  /** How much of an operation is kept until the client acknowledges, bytes. Default 1 MiB. */
  readonly retainedBytes?: number | undefined;
  /** How long a subscription lives whose client does not say. Default a day. */
  readonly subscriptionExpiresMs?: number | undefined;
  /** Events that wait for a Pull; more are dropped, oldest first. Default 1,000. */
  readonly maxQueuedEvents?: number | undefined;
  /** True: subscriptions can be renewed, which Windows refuses. Default false. */
  readonly renewSubscriptions?: boolean | undefined;
  /** How long replication takes for each scope. Default 0. */
  readonly replicationMsPerScope?: number | undefined;
}

export type ResolvedServiceSettings = {
  readonly [Name in keyof ServiceSettings]-?: NonNullable<ServiceSettings[Name]>;
};

export function resolveServiceSettings({
  enhancedOperations = true,
  maxConcurrentOperationsPerUser = 1500,
  maxBatchItems = 32_000,
  enumerationTimeoutMs = 240_000,
  responseRetentionMs = 185_000,
  retainedBytes = 1024 * 1024,
  subscriptionExpiresMs = 86_400_000,
  maxQueuedEvents = 1_000,
  renewSubscriptions = false,
  replicationMsPerScope = 0,
}: ServiceSettings = {}): ResolvedServiceSettings {
  return {
    enhancedOperations,
    maxConcurrentOperationsPerUser,
    maxBatchItems,
    enumerationTimeoutMs,
    responseRetentionMs,
    retainedBytes,
    subscriptionExpiresMs,
    maxQueuedEvents,
    renewSubscriptions,
    replicationMsPerScope,
  };
}
