import { currentCmdlet, hasSubscribers, publish } from '../../base/diagnostics.js';
import { isCimletError } from '../../base/errors.js';
import type { Transport } from '../../transport/transport.js';
import { WsManFaultError } from '../contract/fault-error.js';
import type { RequestObserver } from '../contract/request-observer.js';

/** Whose requests are told of, and who is told. */
export interface ReportingChannel {
  readonly transport: Transport;
  readonly observer: RequestObserver | undefined;
}

/** A request as it is told of. */
export interface ReportedRequest {
  readonly action: string;
  /** Empty where the message has none. */
  readonly messageId: string;
  /** Sent without a credential, so that it shows nothing of the session. */
  readonly anonymous?: boolean;
}

/** A request is about to be sent. */
export function reportStart(channel: ReportingChannel, request: ReportedRequest, envelope: string): void {
  if (!hasSubscribers('cimlet:request:start')) return;
  publish('cimlet:request:start', { ...about(channel, request), bytes: Buffer.byteLength(envelope, 'utf8') });
}

/** A request has its whole answer. */
export function reportEnd(channel: ReportingChannel, request: ReportedRequest, status: number, since: number): void {
  if (request.anonymous !== true) channel.observer?.answered();
  if (!hasSubscribers('cimlet:request:end')) return;
  publish('cimlet:request:end', { ...about(channel, request), status, durationMs: performance.now() - since });
}

/** A request has failed: by its server, or on the way. */
export function reportFailure(
  channel: ReportingChannel,
  request: ReportedRequest,
  error: unknown,
  since: number,
): void {
  if (request.anonymous !== true) reportOutage(channel, error);
  if (!hasSubscribers('cimlet:request:error')) return;
  publish('cimlet:request:error', {
    ...about(channel, request),
    code: codeOf(error),
    durationMs: performance.now() - since,
  });
}

/** What an error shows of the server, though the request may still be made up for. */
export function reportOutage({ observer }: ReportingChannel, error: unknown): void {
  if (error instanceof WsManFaultError) observer?.answered();
  else observer?.failed(error);
}

/** A message beside an operation (an answer to a prompt, Acknowledge, KeepAlive, Cancel, End) was sent, or was not. */
export function reportControl(
  channel: ReportingChannel,
  request: ReportedRequest,
  outcome: number | { error: unknown },
): void {
  if (!hasSubscribers('cimlet:request:control')) return;
  const ended = typeof outcome === 'number' ? { status: outcome } : { code: codeOf(outcome.error) };
  publish('cimlet:request:control', { ...about(channel, request), ...ended });
}

function about({ transport: { url, host }, observer }: ReportingChannel, { action, messageId }: ReportedRequest) {
  const whose = { computerName: observer?.computerName ?? host, session: observer?.instanceId };
  return { url, ...whose, action, messageId, ...currentCmdlet() };
}

const codeOf = (error: unknown): string => (isCimletError(error) ? error.code : 'unknown');
