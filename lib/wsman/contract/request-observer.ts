/** Whose requests a client sends, and who learns what becomes of them. */
export interface RequestObserver {
  readonly computerName: string;
  /** UUID of the session. */
  readonly instanceId: string;
  /** The server has answered, though it were with a fault. */
  answered(): void;
  /** No answer came, for this reason. */
  failed(error: unknown): void;
}
