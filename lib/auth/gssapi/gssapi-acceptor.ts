import { CimletError } from '../../base/errors.js';
import type { GssAcceptorOptions } from '../kerberos/gss-provider.js';
import { IntegerCell, PointerCell } from '../native/native-memory.js';
import { gssBuffer, gssCredentialStore, gssOidSet, OutputBuffer } from './gss-memory.js';
import { CONTINUE_NEEDED } from './gss-status.js';
import type { GssLibrary } from './gssapi-library.js';
import { GssapiSession } from './gssapi-session.js';

/** draft-ietf-kitten-channel-bound-flag, MIT 1.19. */
const FLAG_CHANNEL_BOUND = 0x800;
const USAGE_ACCEPT = 2;

/** The server's side, with the key of its keytab. */
export class GssapiAcceptor extends GssapiSession {
  readonly #options: GssAcceptorOptions;
  channelBound = false;

  constructor(library: GssLibrary, options: GssAcceptorOptions) {
    super(library, options.channelBindings);
    this.#options = options;
  }

  prepare(): void {
    const { keytab } = this.#options;
    const store = keytab === undefined ? undefined : gssCredentialStore(this.library, { keytab });
    const mechanisms = gssOidSet(this.library, this.mechanism);
    const status = this.library.functions.gss_acquire_cred_from(
      this.minor(),
      0n,
      0,
      mechanisms,
      USAGE_ACCEPT,
      store ?? null,
      this.credential,
      null,
      null,
    );
    this.check(status, 'reading the service’s keytab');
  }

  async step(token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    if (token === undefined) throw new CimletError('ERR_AUTHENTICATION', 'Kerberos: the initiator sent no token.');
    const input = gssBuffer(this.library, token);
    const output = new OutputBuffer(this.library);
    const source = new PointerCell();
    const granted = new IntegerCell();
    const delegated = new PointerCell();
    const status = await this.library.functions.gss_accept_sec_context.later(
      this.minor(),
      this.context,
      this.credential.value,
      input,
      this.bindings ?? null,
      source,
      null,
      output,
      granted,
      null,
      delegated,
    );
    const reply = output.take();
    try {
      this.check(status, 'accepting the caller');
      if ((status & CONTINUE_NEEDED) === 0) {
        this.complete = true;
        this.peer = this.displayName(source);
        this.delegated = delegated.value !== 0n;
        this.channelBound = (granted.value & FLAG_CHANNEL_BOUND) !== 0;
      }
    } finally {
      this.releaseName(source);
      if (delegated.value !== 0n) this.library.functions.gss_release_cred(this.minor(), delegated);
    }
    return reply;
  }
}
