import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import type { GssInitiatorOptions, GssProvider, KerberosIdentity } from '../kerberos/gss-provider.js';
import { acquireSspiCredential } from './sspi-credential.js';
import { loadSspiLibrary, type SspiLibrary } from './sspi-library.js';
import type { WindowsLogon } from './sspi-memory.js';
import { ACCEPTOR_FLAG, INITIATOR_FLAG, SspiAcceptor, SspiInitiator } from './sspi-session.js';

const { delegate, mutualAuthentication, replayDetection, sequenceDetection, confidentiality } = INITIATOR_FLAG;
const COMMON_FLAGS = mutualAuthentication | replayDetection | sequenceDetection | confidentiality;

export interface SspiProviderOptions {
  /** How Windows is called. Default: secur32.dll through koffi. */
  readonly library?: SspiLibrary;
}

/**
 * Kerberos through Windows' SSPI, called with koffi: the logon of the process, or a user name and password.
 * Throws `ERR_MISSING_PEER` without koffi or outside of 64-bit Windows. Ticket caches and keytabs are not Windows' way and are refused with
 * `ERR_INVALID_ARGUMENT`; as acceptor, the account that the process runs as has the service principal's key.
 */
export async function sspiProvider(options: SspiProviderOptions = {}): Promise<GssProvider> {
  const library = options.library ?? (await loadSspiLibrary());
  return {
    name: 'SSPI',
    async initiate(initiator) {
      const logon = windowsLogon(initiator.identity);
      const credential = await acquireSspiCredential(library, 'Kerberos', 'initiate', logon);
      return new SspiInitiator(library, credential, {
        target: servicePrincipal(initiator),
        flags: COMMON_FLAGS | INITIATOR_FLAG.integrity | (initiator.delegate ? delegate : 0),
        channelBindings: initiator.channelBindings,
      });
    },
    async accept({ keytab, channelBindings }) {
      if (keytab !== undefined)
        throw unavailable('kerberos.keytab', 'Run the process as the account of the service instead.');
      const credential = await acquireSspiCredential(library, 'Kerberos', 'accept');
      return new SspiAcceptor(library, credential, COMMON_FLAGS | ACCEPTOR_FLAG.integrity, channelBindings);
    },
  };
}

/** `HTTP@host` in Windows' spelling. */
function servicePrincipal({ service }: GssInitiatorOptions): string {
  return service.replace('@', '/');
}

/** A principal goes in as it is, `user@suffix`: Windows finds its domain, whether the suffix is the domain's own or another. */
function windowsLogon({ principal, password, keytab, ticketCache }: KerberosIdentity): WindowsLogon | undefined {
  if (keytab !== undefined) throw unavailable('kerberos.keytab');
  if (ticketCache !== undefined) throw unavailable('kerberos.ticketCache');
  if (principal === undefined && password === undefined) return undefined;
  if (principal === undefined || password === undefined) {
    throw new CimletError('ERR_INVALID_ARGUMENT', 'credential: give userName and password, or neither of them.');
  }
  return { user: principal, password: password.reveal() };
}

function unavailable(
  option: 'kerberos.keytab' | 'kerberos.ticketCache',
  hint = 'Give a password, or run as the user.',
): CimletError {
  return new CimletError('ERR_INVALID_ARGUMENT', wording`${{ option }}: Windows’ SSPI does not use one.`, {
    hint,
  });
}
