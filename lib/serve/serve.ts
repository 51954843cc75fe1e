import type { Cmdlet } from '../cmdlet/contract/cmdlet.js';
import type { SessionFactory } from '../cmdlet/contract/cmdlet-session.js';
import { failureFields } from './call/failure-fields.js';
import { ServedCall } from './call/served-call.js';
import { ServedObjects } from './call/served-objects.js';
import { LineSplitter, TOO_LONG } from './line/line-splitter.js';
import { type ReplySink, ReplyWriter } from './line/line-writer.js';
import {
  NO_CALL,
  PROTOCOL_VERSION,
  SERVE_EXIT,
  type ServeLimits,
  type ServeMessage,
  type ServeRequest,
} from './line/protocol.js';
import { readMessage, ServeMessageError } from './line/read-message.js';

/** Where the lines come from: standard input. */
export interface ServeSource {
  on(event: 'data', listener: (chunk: string | Uint8Array) => void): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  pause(): unknown;
}

export interface ServeOptions {
  /** By their names in lower case. */
  readonly definitions: ReadonlyMap<string, Cmdlet>;
  readonly openSession: SessionFactory;
  readonly version: string;
  readonly input: ServeSource;
  readonly output: ReplySink;
  readonly limits: ServeLimits;
  /** Ends it, as the end of the input does. */
  readonly signal?: AbortSignal;
}

/** How long sessions may take to close. */
const CLOSING_MS = 1000;

/**
 * Runs cmdlets for a program that writes its calls as lines of JSON, until its input ends: docs/project/serve.md. Gives the exit code.
 * Whatever a line holds, it goes on; it never rejects.
 */
export function serve(options: ServeOptions): Promise<number> {
  return new Promise((resolve) => new Server(options, resolve).start());
}

class Server {
  readonly #options: ServeOptions;
  readonly #writer: ReplyWriter;
  readonly #objects: ServedObjects;
  readonly #calls = new Map<string, ServedCall>();
  readonly #resolve: (code: number) => void;
  #idle: NodeJS.Timeout | undefined;
  #isGreeted = false;
  #hasEnded = false;

  constructor(options: ServeOptions, resolve: (code: number) => void) {
    this.#options = options;
    this.#writer = new ReplyWriter(options.output);
    this.#objects = new ServedObjects(options.limits);
    this.#resolve = resolve;
  }

  start(): void {
    const { input, output, limits, version, signal } = this.#options;
    const end = () => this.#end(SERVE_EXIT.done);
    const lines = new LineSplitter(limits.lineBytes);
    input.on('data', (chunk) => {
      for (const line of lines.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)) this.#take(line);
    });
    for (const event of ['end', 'close', 'error'] as const) input.on(event, end);
    // Nobody reads any more.
    for (const event of ['close', 'error'] as const) output.once(event, end);
    signal?.addEventListener('abort', end, { once: true });
    this.#writer.map(NO_CALL, 'h', {
      protocol: PROTOCOL_VERSION,
      version,
      node: process.versions.node,
      pid: process.pid,
      lineBytes: limits.lineBytes,
    });
    this.#waitForWork();
  }

  #take(line: string | typeof TOO_LONG): void {
    if (this.#hasEnded) return;
    try {
      if (line === TOO_LONG)
        throw new ServeMessageError(`A line is longer than ${this.#options.limits.lineBytes} bytes.`);
      this.#obey(readMessage(line));
    } catch (error) {
      const id = error instanceof ServeMessageError ? error.id : undefined;
      this.#writer.map(id ?? NO_CALL, 'e', failureFields(error, 'serve'));
      if (id !== undefined && !this.#calls.has(id)) this.#writer.map(id, 'x', { declined: 0, failed: true });
    }
  }

  #obey(message: ServeMessage): void {
    if (message.kind === 'greeting') {
      if (message.protocol !== PROTOCOL_VERSION) this.#refuse(message.protocol);
      this.#isGreeted = true;
      return;
    }
    if (!this.#isGreeted) {
      throw new ServeMessageError(
        `The first line is {"protocol":${PROTOCOL_VERSION}}.`,
        'id' in message ? message.id : undefined,
      );
    }
    if (message.kind === 'call') this.#call(message);
    else if (message.kind === 'answer') this.#calls.get(message.id)?.answer(message.answer);
    else if (message.kind === 'credit') this.#calls.get(message.id)?.grant(message.lines);
    else if (message.kind === 'cancel') this.#calls.get(message.id)?.cancel();
    else {
      void this.#objects.endScope(message.scope).catch(() => {});
      this.#waitForWork();
    }
  }

  #call(request: ServeRequest): void {
    const { definitions, limits, openSession } = this.#options;
    if (this.#calls.has(request.id)) throw new ServeMessageError('A call of this id is under way.');
    if (this.#calls.size >= limits.openCalls) {
      throw new ServeMessageError(`${limits.openCalls} calls are under way already.`, request.id);
    }
    const cmdlet = definitions.get(request.cmdlet.toLowerCase());
    if (cmdlet === undefined) throw new ServeMessageError('There is no cmdlet of this name.', request.id);
    clearTimeout(this.#idle);
    const call = new ServedCall(request, { writer: this.#writer, objects: this.#objects, openSession });
    this.#calls.set(request.id, call);
    void call.run(cmdlet).finally(() => {
      this.#calls.delete(request.id);
      this.#waitForWork();
    });
  }

  #refuse(protocol: number): void {
    this.#writer.map(
      NO_CALL,
      'e',
      failureFields(new ServeMessageError(`Protocol ${protocol} is not spoken here, ${PROTOCOL_VERSION} is.`), 'serve'),
    );
    this.#end(SERVE_EXIT.refused);
  }

  #waitForWork(): void {
    clearTimeout(this.#idle);
    if (this.#calls.size > 0 || this.#hasEnded) return;
    this.#idle = setTimeout(() => {
      if (this.#objects.hasSessions) this.#waitForWork();
      else this.#end(SERVE_EXIT.idle);
    }, this.#options.limits.idleMs);
  }

  #end(code: number): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#idle);
    this.#options.input.pause();
    for (const call of this.#calls.values()) call.cancel();
    const late = new Promise((resolve) => setTimeout(resolve, CLOSING_MS).unref());
    void Promise.race([this.#objects.endAll(), late]).then(() => this.#resolve(code));
  }
}
