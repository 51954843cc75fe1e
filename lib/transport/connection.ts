import type { SecurityContext } from '../auth/contract/security-context.js';
import type { SecurityContextFactory } from '../auth/contract/security-context-factory.js';
import { Deadline } from '../base/deadline.js';
import { publish } from '../base/diagnostics.js';
import type { CimletError } from '../base/errors.js';
import { tlsServerEndPoint } from '../crypto/channel-bindings.js';
import { checkResponseHead } from './http/check-response-head.js';
import { type ChannelRequest, HttpChannel, SocketGoneError } from './http/http-channel.js';
import { writeHead } from './http/http-head.js';
import type { HttpResponse } from './http/http-response.js';
import { ResponseBody } from './http/response-body.js';
import { LONGEST_EXCERPT_BYTES } from './http/status-advice.js';
import { parseChallenges } from './logon/challenges.js';
import { sealingFailure, stepOf } from './logon/context-failure.js';
import { authorizationHeader, type LogonReply, performHandshake } from './logon/handshake.js';
import {
  accessDenied,
  anonymousRefused,
  authenticationRefused,
  type ChannelPolicy,
  decideEncryption,
} from './logon/refusals.js';
import { decryptReply } from './sealing/decrypted-body.js';
import { encodeEncryptedMessage } from './sealing/encrypted-message.js';
import type { FailureScene } from './socket/node-errors.js';
import { failures, openSocket } from './socket/open-socket.js';
import type { Route } from './socket/route.js';
import type { OutgoingRequest, TransportReply } from './transport.js';
import { WholeReply } from './whole-reply.js';

export interface ConnectionSettings {
  readonly route: Route;
  readonly path: string;
  readonly hostHeader: string;
  readonly userAgent: string;
  readonly policy: ChannelPolicy;
  /** Undefined: requests without a credential. It holds one, and is let go of with the transport. */
  security: SecurityContextFactory | undefined;
  readonly maxResponseBytes: number;
}

/** The connection went away before a byte of the answer; the pool's owner decides whether the request is sent again. */
export class LostBeforeReply extends Error {
  readonly error: CimletError;
  /** The request was handed to the socket, so the server may have it. */
  readonly written: boolean;
  /** The connection had served requests before, and was lost so soon that it may have been gone already. */
  readonly wasIdle: boolean;

  constructor(error: CimletError, written: boolean, wasIdle: boolean) {
    super(error.message, { cause: error });
    this.error = error;
    this.written = written;
    this.wasIdle = wasIdle;
  }
}

const NOTHING = new Uint8Array();
/** Longer than the way to a server and back, on which the end of a connection is learnt of. */
const SOON_MS = 2_000;
/** The bodies that come with challenges are pages of text. */
const MAX_HANDSHAKE_BODY_BYTES = 1024 * 1024;

export interface ConnectionEvents {
  /** A request is done with and the connection can take another. */
  readonly onIdle: (connection: Connection) => void;
  /** The connection is gone. Told once. */
  readonly onClosed: (connection: Connection) => void;
}

/** Silence after which the system asks whether the other end is still there. */
const KEEP_ALIVE_MS = 60_000;

/** One connection to the server and the security context that belongs to it. It serves one request at a time. */
export class Connection {
  /** When it was given back, for the idle limit. */
  idleSince = 0;
  readonly #settings: ConnectionSettings;
  readonly #events: ConnectionEvents;
  #closed = false;
  /** Why it was closed on purpose; what is in flight fails with it. */
  #fate: CimletError | undefined;
  /** Stops the opening of the socket. */
  #opening: Deadline | undefined;
  /** Stops what is waited for. */
  #interrupt: ((reason: Error) => void) | undefined;
  #channel: HttpChannel | undefined;
  #context: SecurityContext | undefined;
  #encrypts = false;
  #authorization: string | undefined;
  #refusal: CimletError | undefined;
  /** The server has answered a leg of the logon. */
  #challenged = false;
  #ready = false;
  #busy = true;
  #requests = 0;
  /** Of the latest request that is not sealed and has no headers of its own, and its type of content. */
  #head = '';
  #headContentType = '';

  constructor(settings: ConnectionSettings, events: ConnectionEvents) {
    this.#settings = settings;
    this.#events = events;
  }

  /** It has been opened. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Why the server did not let the caller in, when that is how it ended. */
  get refusal(): CimletError | undefined {
    return this.#refusal;
  }

  /** A request can be sent on it. */
  get usable(): boolean {
    return this.#ready && !this.#closed && this.#channel?.open === true;
  }

  /**
   * Connects, verifies the server and logs on. On failure the connection is closed.
   * @throws the `CimletError` of whatever step failed.
   */
  async open(deadline: Deadline): Promise<void> {
    const unbind = this.#bindTo(deadline);
    try {
      await this.#unlessClosed(this.#setUp());
      this.#ready = true;
    } catch (error) {
      const failure = this.#translate(error, this.#logonPhase);
      this.#fail(failure);
      throw failure;
    } finally {
      unbind();
    }
  }

  /**
   * Sends one request. When its reply's body was read or let go of, the connection is idle again, or closed; on failure it is closed.
   * @throws {@link LostBeforeReply} when the socket went away before an answer, or a `CimletError`.
   */
  async send(request: OutgoingRequest): Promise<TransportReply> {
    this.#busy = true;
    const unbind = this.#bindTo(request.deadline);
    let written = false;
    let phase: FailureScene['phase'] = 'request';
    const startedAt = performance.now();
    try {
      const channel = this.#channel;
      if (channel === undefined || !this.usable) throw new SocketGoneError();
      const context = this.#encrypts ? this.#context : undefined;
      const message = context ? await this.#sealed(request, context) : this.#plain(request);
      this.#requests++;
      // One that lasts, such as a subscription's, is to notice a server that vanished; most serve one request and are gone.
      if (this.#requests === 2) channel.keepAlive(KEEP_ALIVE_MS);
      written = true;
      const response = await channel.exchange(message);
      phase = 'response';
      this.#refuseUnwanted(response);
      const whole = context === undefined ? response.whole : undefined;
      if (whole !== undefined && whole.length <= this.#limitOf(request)) {
        this.#done(unbind, true);
        return new WholeReply(response, whole);
      }
      const translate = (error: unknown) => this.#translate(error, 'response', request);
      const onDone = (intact: boolean) => this.#done(unbind, intact);
      const body = new ResponseBody(response, { limit: this.#limitOf(request), translate, onDone });
      if (context) return await this.#unsealed(response, body, context, translate);
      return { status: response.status, contentType: response.header('content-type'), body };
    } catch (error) {
      const failure = this.#translate(error, phase, request);
      const lost = phase === 'request' && failure.code === 'ERR_CONNECTION_LOST' && this.#fate === undefined;
      unbind();
      this.#fail(failure);
      const wasIdle = this.#requests > 1 && performance.now() - startedAt < SOON_MS;
      throw lost ? new LostBeforeReply(failure, written && !(error instanceof SocketGoneError), wasIdle) : failure;
    }
  }

  #limitOf(request: OutgoingRequest): number {
    return request.series === true ? Number.POSITIVE_INFINITY : this.#settings.maxResponseBytes;
  }

  /** The reply was read to its end, or will not be. */
  #done(unbind: () => void, intact: boolean): void {
    unbind();
    this.#busy = false;
    if (intact && this.usable) this.#events.onIdle(this);
    else this.destroy();
  }

  /** A request, its reply included, or the opening is under way. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Closes the socket and wipes the context. What is in flight fails with `reason`. Idempotent. */
  destroy(reason?: CimletError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#fate = reason;
    this.#opening?.abort();
    this.#interrupt?.(this.#gone);
    if (this.#channel !== undefined) {
      this.#channel.destroy(reason);
      const { host, port } = this.#settings.route;
      publish('cimlet:connection:close', { host, port, requests: this.#requests });
    }
    this.#authorization = undefined;
    this.#head = '';
    this.#context?.dispose();
    this.#events.onClosed(this);
  }

  #fail(failure: CimletError): void {
    if (failure.code === 'ERR_AUTHENTICATION') this.#refusal = failure;
    this.destroy();
  }

  async #setUp(): Promise<void> {
    const { route, policy, security } = this.#settings;
    const { host, port } = route;
    const secure = route.tls !== undefined;
    const context = await security?.({ host: route.serviceHost, port, secure });
    this.#context = context;
    if (this.#closed) {
      context?.dispose();
      return;
    }
    if (context !== undefined) this.#encrypts = decideEncryption(context, policy);
    this.#opening = new Deadline();
    const { socket, certificate } = await openSocket(route, this.#opening);
    this.#opening = undefined;
    if (this.#closed) {
      socket.destroy();
      return;
    }
    // A request in flight learns of it from the channel, with the cause.
    socket.once('close', () => this.#busy || this.destroy());
    this.#channel = new HttpChannel(socket);
    publish('cimlet:connection:open', { host, port, secure });
    if (context !== undefined) await this.#logOn(context, this.#channel, certificate);
  }

  async #logOn(context: SecurityContext, channel: HttpChannel, certificate: Uint8Array | undefined): Promise<void> {
    const { host } = this.#settings.route;
    const { scheme } = context;
    if (!context.capabilities.connectionBound) {
      this.#authorization = authorizationHeader(context, await stepOf(context, undefined));
      return;
    }
    try {
      const roundTrips = await performHandshake({
        context,
        channelBindings: certificate === undefined ? undefined : tlsServerEndPoint(certificate),
        where: this.#where,
        encrypts: this.#encrypts,
        post: (authorization) => this.#postEmpty(channel, authorization),
      });
      // What was agreed on belongs to this connection.
      if (!channel.open) throw new SocketGoneError();
      const { mechanism, capabilities, protection } = context;
      publish('cimlet:auth:complete', {
        host,
        scheme,
        mechanism,
        encrypts: protection !== undefined,
        delegates: capabilities.delegates,
        roundTrips,
      });
    } catch (error) {
      publish('cimlet:auth:failed', {
        host,
        scheme,
        mechanism: context.mechanism,
        code: this.#translate(error, this.#logonPhase).code,
      });
      throw error;
    }
  }

  /** One leg of the handshake; of the response's body the beginning is kept, for messages. */
  async #postEmpty(channel: HttpChannel, authorization: string): Promise<LogonReply> {
    const headers = { ...this.#headers('application/soap+xml;charset=UTF-8'), Authorization: authorization };
    const response = await channel.exchange({ head: writeHead(this.#settings.path, headers), body: NOTHING });
    this.#challenged = true;
    checkResponseHead(response, this.#where);
    const body = new ResponseBody(response, {
      limit: MAX_HANDSHAKE_BODY_BYTES,
      translate: (error) => this.#translate(error, this.#logonPhase),
      onDone: () => {},
    });
    const beginning: Uint8Array[] = [];
    let length = 0;
    for await (const piece of body) {
      if (length < LONGEST_EXCERPT_BYTES) beginning.push(piece);
      length += piece.length;
    }
    const { status, wwwAuthenticate } = response;
    const excerpt = Buffer.concat(beginning).subarray(0, LONGEST_EXCERPT_BYTES);
    return { status, wwwAuthenticate, contentType: response.header('content-type'), excerpt };
  }

  async #sealed(request: OutgoingRequest, context: SecurityContext): Promise<ChannelRequest> {
    const bytes = typeof request.body === 'string' ? Buffer.from(request.body, 'utf8') : request.body;
    const sealing = encodeEncryptedMessage(bytes, request.contentType, context);
    const { body, contentType } = await this.#unlessClosed(
      sealing.catch((error: unknown) => {
        throw sealingFailure(context, error);
      }),
    );
    const head = writeHead(this.#settings.path, this.#headers(contentType, request.headers));
    return { head, body, oneWay: request.oneWay };
  }

  /** As it is, with the credential when that belongs to every request. */
  #plain({ body, contentType, headers, oneWay }: OutgoingRequest): ChannelRequest {
    if (headers !== undefined) return { head: this.#plainHead(contentType, headers), body, oneWay };
    if (this.#headContentType !== contentType) {
      this.#head = this.#plainHead(contentType);
      this.#headContentType = contentType;
    }
    return { head: this.#head, body, oneWay };
  }

  #plainHead(contentType: string, others?: Readonly<Record<string, string>>): string {
    const headers = this.#headers(contentType, others);
    if (this.#authorization !== undefined) headers['Authorization'] = this.#authorization;
    return writeHead(this.#settings.path, headers);
  }

  #headers(contentType: string, others?: Readonly<Record<string, string>>): Record<string, string> {
    const { hostHeader, userAgent } = this.#settings;
    const headers: Record<string, string> = { Host: hostHeader, 'User-Agent': userAgent, 'Content-Type': contentType };
    return others === undefined ? headers : Object.assign(headers, others);
  }

  #refuseUnwanted(response: HttpResponse): void {
    const context = this.#context;
    if (response.status === 401) {
      const challenges = parseChallenges(response.wwwAuthenticate);
      if (context === undefined) throw anonymousRefused(this.#where, challenges);
      throw context.capabilities.connectionBound
        ? accessDenied(context, this.#where)
        : authenticationRefused(context, this.#where, challenges);
    }
    checkResponseHead(response, this.#where);
  }

  async #unsealed(
    response: HttpResponse,
    body: ResponseBody,
    context: SecurityContext,
    translate: (error: unknown) => CimletError,
  ): Promise<TransportReply> {
    const ended = () => {
      if (body.error !== undefined) return translate(body.error);
      return this.#closed ? translate(this.#gone) : undefined;
    };
    const { status } = response;
    const contentType = response.header('content-type');
    const limit = this.#settings.maxResponseBytes;
    const opened = await decryptReply({ status, contentType, body, context, where: this.#where, limit, ended });
    return { status, contentType: opened.contentType, body: opened.body };
  }

  get #logonPhase(): FailureScene['phase'] {
    return this.#challenged ? 'logon' : 'handshake';
  }

  get #where(): string {
    return `${this.#settings.route.host}:${this.#settings.route.port}`;
  }

  /** A connection that was closed on purpose says why; otherwise Node's error is translated. */
  #translate(error: unknown, phase: FailureScene['phase'], request?: OutgoingRequest): CimletError {
    const { host, port, tls } = this.#settings.route;
    const scene = { host, port, secure: tls !== undefined, phase, repeatable: request?.repeatable ?? false };
    return this.#fate ?? failures().fromNodeError(error, scene);
  }

  get #gone(): Error {
    return this.#fate ?? new SocketGoneError();
  }

  #bindTo(deadline: Deadline): () => void {
    return deadline.onDone((reason) => this.destroy(reason));
  }

  #unlessClosed<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      if (this.#closed) reject(this.#gone);
      promise.then(resolve, reject).finally(() => {
        this.#interrupt = undefined;
      });
    });
  }
}
