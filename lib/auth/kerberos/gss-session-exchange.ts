import { CimletError } from '../../base/errors.js';
import { gssProtection, type MessageProtection } from '../contract/message-protection.js';
import type { ChannelBindings } from '../contract/security-context.js';
import { TokenExchange } from '../contract/token-exchange.js';
import type { GssSession } from './gss-provider.js';

/**
 * An exchange whose work a {@link GssSession} of the system does. A session is begun at the first step, and let go of when nothing runs in
 * it any more: a native library must not lose its context while another thread works on it.
 */
export abstract class GssSessionExchange<Session extends GssSession = GssSession> extends TokenExchange {
  readonly protection: MessageProtection;
  readonly #name: string;
  #session: Session | undefined;
  #busy = false;
  #released = false;

  constructor(name: string, sealedAs: 'SPNEGO' | 'Kerberos') {
    super(name);
    this.#name = name;
    this.protection = gssProtection(sealedAs, {
      wrap: async (message) => this.established().wrap(message),
      unwrap: async (header, data) => this.established().unwrap(header, data),
    });
  }

  /** The session once it has begun. */
  protected get session(): Session | undefined {
    return this.#session;
  }

  protected abstract begin(channelBindings: ChannelBindings | undefined): Promise<Session>;

  protected stepIn(session: Session, token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    return session.step(token);
  }

  /** Throws when the finished exchange is not good enough. */
  protected checkSession(_session: Session, _channelBindings: ChannelBindings | undefined): void {}

  protected override async advance(
    token: Uint8Array | undefined,
    channelBindings?: ChannelBindings,
  ): Promise<Uint8Array | undefined> {
    this.#busy = true;
    try {
      this.#session ??= await this.begin(channelBindings);
      if (this.#released) throw this.#closed();
      const reply = await this.stepIn(this.#session, token);
      if (!this.#session.complete) return reply;
      this.checkSession(this.#session, channelBindings);
      this.finish();
      return reply;
    } finally {
      this.#busy = false;
      if (this.#released) this.#letGo();
    }
  }

  protected override release(): void {
    this.#released = true;
    if (!this.#busy) this.#letGo();
  }

  protected established(): Session {
    this.refuseUnlessComplete();
    if (this.#session === undefined) throw this.#closed();
    return this.#session;
  }

  #letGo(): void {
    this.#session?.dispose();
    this.#session = undefined;
  }

  #closed(): CimletError {
    return new CimletError('ERR_SESSION_CLOSED', `The ${this.#name} context is closed.`);
  }
}
