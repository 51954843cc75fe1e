import type { GssProvider } from '../kerberos/gss-provider.js';
import { GssapiAcceptor } from './gssapi-acceptor.js';
import { GssapiInitiator } from './gssapi-initiator.js';
import { loadGssLibrary } from './gssapi-library.js';

export interface GssapiProviderOptions {
  /** The shared library; default: MIT's at its usual place on this platform. */
  readonly libraryPath?: string;
}

/** Kerberos through MIT's GSSAPI, called with koffi. Throws `ERR_MISSING_PEER` when either is absent. */
export async function gssapiProvider(options: GssapiProviderOptions = {}): Promise<GssProvider> {
  const library = await loadGssLibrary(options.libraryPath);
  return {
    name: 'GSSAPI',
    async initiate(initiator) {
      const session = new GssapiInitiator(library, initiator);
      await session.prepare();
      return session;
    },
    async accept(acceptor) {
      const session = new GssapiAcceptor(library, acceptor);
      session.prepare();
      return session;
    },
  };
}
