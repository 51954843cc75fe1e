/** What an instance remembers of the session that it came from; CimSession satisfies it. */
export interface CimSessionIdentity {
  readonly computerName: string;
  /** A UUID, as `Get-CimSession` shows it. */
  readonly instanceId: string;
}

/** Where an instance comes from. */
export interface CimInstanceOrigin {
  readonly session?: CimSessionIdentity | undefined;
  /** Value of PSComputerName; by default the session's computer. */
  readonly computerName?: string | undefined;
  /** By default the class's. */
  readonly namespace?: string | undefined;
  /** It stands within another instance, which has the PSComputerName for both. */
  readonly isEmbedded?: boolean | undefined;
}

/** What the session was told that the computer is called. */
export function computerOf({ computerName, session }: CimInstanceOrigin): string | undefined {
  return computerName ?? session?.computerName;
}
