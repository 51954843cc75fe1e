import type { Secret } from 'cimlet';
import type { Logon } from '../bridge.js';

export interface StoredLogon {
  readonly account: string;
  readonly logon: Logon;
  readonly password: Secret;
  /** The servers that were in the list when a person gave the password: it is for these alone. */
  readonly servers: readonly string[];
}

/** Where a logon is remembered. Whoever runs the engine brings one whose store is real, or none. */
export interface KeyStore {
  canRemember(): Promise<boolean>;
  /** What is remembered, without the password. */
  remembered(): Promise<{ readonly account: string; readonly logon: Logon } | null>;
  load(): Promise<StoredLogon | undefined>;
  save(logon: StoredLogon): Promise<void>;
  forget(): Promise<void>;
}
