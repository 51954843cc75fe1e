import type { ConfigurationItem } from '../model/configuration-item.js';
import type { ReadProgress } from '../model/server-reading.js';
import type { CallOptions } from './part-calls.js';

/** How a server is read. */
export interface ReadOptions extends CallOptions {
  /** Calls to the server at a time. Default 8. */
  readonly atATime?: number | undefined;
  /**
   * The reservations whose own options are read, by their addresses, or `all`: one call each. Default: none, and the comparison names them
   * as not compared.
   */
  readonly reservationOptions?: readonly string[] | 'all' | undefined;
  /** After each call. A console passes on a few a second. */
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
  /** Items as they come, a call's at a time. */
  readonly onItems?: ((items: readonly ConfigurationItem[]) => void) | undefined;
}
