import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';

/** Certificates of a `rediss://` server, as for Node's `tls.connect`. */
export interface FleetTls {
  /** PEM of the authorities that are trusted in the place of Node's own. */
  readonly ca?: string | undefined;
  /** PEM of the client's certificate and its key. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** The name that the server's certificate is for. Default: the address's host. */
  readonly serverName?: string | undefined;
}

/** Options of {@link openFleet}, and of a worker too: which fleet it is, and the way to it. */
export interface FleetOptions {
  /** `redis://…` or, with TLS, `rediss://…`; it may hold a user and a password, and is never printed with them. */
  readonly redis: string;
  /** Letters, digits and hyphens. All keys of the fleet begin with `{cimlet-<name>}`. Default `default`. */
  readonly name?: string | undefined;
  readonly tls?: FleetTls | undefined;
  /** Cmdlets beside those of the module, such as those of {@link loadCmdletModule}: those who start runs and their workers need the same. */
  readonly cmdlets?: Iterable<Cmdlet> | undefined;
  /** What the engine says while it goes on: a connection that was lost, a job that it does not understand. Never a secret. */
  readonly onWarning?: ((text: string) => void) | undefined;
  /** OpenTelemetry: an object such as `new BullMQOtel(…)` of the package bullmq-otel, passed on to the engine as it is. */
  readonly telemetry?: object | undefined;
  /** How long to wait for Redis at the start, in milliseconds. Default 5,000. */
  readonly connectTimeoutMs?: number | undefined;
}
