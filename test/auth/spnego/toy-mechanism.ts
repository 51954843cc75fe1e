// A mechanism of one round with a shared key, standing in for Kerberos where only the negotiation is looked at.
import { createHmac } from 'node:crypto';
import type { CallerIdentity } from '../../../lib/auth/contract/acceptor-context.js';
import { KERBEROS_OID, MS_KERBEROS_OID } from '../../../lib/auth/contract/mechanism-oids.js';
import { gssProtection } from '../../../lib/auth/contract/message-protection.js';
import type { SecurityCapabilities } from '../../../lib/auth/contract/security-context.js';
import type { AcceptorMechanism } from '../../../lib/auth/spnego/negotiate-acceptor.js';
import { CimletError } from '../../../lib/base/errors.js';

export interface ToyOptions {
  readonly role: 'initiator' | 'acceptor';
  readonly oids?: readonly string[];
  readonly key?: string;
  readonly fails?: CimletError;
}

export class ToyKerberos implements AcceptorMechanism {
  readonly scheme = 'Negotiate';
  readonly mechanism = 'Kerberos';
  readonly protection = gssProtection('Kerberos', {
    wrap: async (message) => ({ header: new Uint8Array(0), data: message }),
    unwrap: async (_header, data) => data,
  });
  readonly requiresMechListMic = false;
  readonly capabilities: SecurityCapabilities = {
    bindsChannel: true,
    delegates: true,
    connectionBound: true,
  };
  readonly targetName = undefined;
  readonly caller: CallerIdentity = { userName: 'dhcpadmin', domain: 'CONTOSO.COM' };
  readonly oids: readonly string[];
  complete = false;
  disposed = false;
  readonly #options: ToyOptions;

  constructor(options: ToyOptions) {
    this.#options = options;
    this.oids = options.oids ?? [MS_KERBEROS_OID, KERBEROS_OID];
  }

  async step(token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    if (this.#options.fails !== undefined) throw this.#options.fails;
    if (token === undefined) return Buffer.from('AP-REQ');
    const expected = this.#options.role === 'initiator' ? 'AP-REP' : 'AP-REQ';
    if (Buffer.from(token).toString() !== expected) throw new CimletError('ERR_AUTHENTICATION', `no ${expected}`);
    this.complete = true;
    return this.#options.role === 'initiator' ? undefined : Buffer.from('AP-REP');
  }

  async signMechList(mechTypes: Uint8Array): Promise<Uint8Array> {
    return this.#mic(mechTypes, this.#options.role);
  }

  async verifyMechList(mechTypes: Uint8Array, mic: Uint8Array): Promise<void> {
    const sender = this.#options.role === 'initiator' ? 'acceptor' : 'initiator';
    if (!this.#mic(mechTypes, sender).equals(mic)) throw new CimletError('ERR_AUTHENTICATION', 'wrong MIC');
  }

  dispose(): void {
    this.disposed = true;
  }

  #mic(mechTypes: Uint8Array, sender: string): Buffer {
    return createHmac('sha256', `${this.#options.key ?? 'key'}${sender}`)
      .update(mechTypes)
      .digest();
  }
}
