import { CimletError } from '../../base/errors.js';
import type { ChannelBindings, SecurityCapabilities, SecurityContext } from '../contract/security-context.js';
import { GssSessionExchange } from '../kerberos/gss-session-exchange.js';
import { acquireSspiCredential } from './sspi-credential.js';
import { loadSspiLibrary, type SspiLibrary } from './sspi-library.js';
import type { WindowsLogon } from './sspi-memory.js';
import { INITIATOR_FLAG, SspiInitiator } from './sspi-session.js';

const { mutualAuthentication, replayDetection, sequenceDetection, confidentiality, integrity } = INITIATOR_FLAG;

export interface SspiContextOptions {
  /** `Negotiate`: Windows chooses Kerberos or NTLM. `NTLM`: its tokens as they stand, which Windows' Negotiate takes, too. */
  readonly package: 'Negotiate' | 'NTLM';
  /** The service principal name, `HTTP/dhcpserver.contoso.com`. */
  readonly target: string;
  /** Default: the logon of the process (single sign-on). */
  readonly logon?: WindowsLogon;
  /** How Windows is called. Default: secur32.dll through koffi. */
  readonly library?: SspiLibrary;
}

/**
 * `Authorization: Negotiate` with Windows' own security packages: the logon of the process needs no password, with NTLM neither.
 * `step` fails with `ERR_AUTHENTICATION` and the remedy, and with `ERR_MISSING_PEER` without koffi or outside of Windows.
 */
export function sspiContext(options: SspiContextOptions): SecurityContext {
  return new SspiContext(options);
}

class SspiContext extends GssSessionExchange<SspiInitiator> implements SecurityContext {
  readonly scheme = 'Negotiate';
  /** NTLM cannot hand a logon on, and Negotiate may end with NTLM. */
  readonly capabilities: SecurityCapabilities = {
    bindsChannel: true,
    delegates: false,
    connectionBound: true,
  };
  readonly #options: SspiContextOptions;

  constructor(options: SspiContextOptions) {
    super(options.package, 'SPNEGO');
    this.#options = options;
  }

  get mechanism(): string {
    return this.session?.chosenPackage ?? this.#options.package;
  }

  protected override async begin(channelBindings: ChannelBindings | undefined): Promise<SspiInitiator> {
    const { target, logon, library = await loadSspiLibrary() } = this.#options;
    const credential = await acquireSspiCredential(library, this.#options.package, 'initiate', logon);
    const required = replayDetection | sequenceDetection | confidentiality | integrity;
    const flags = this.#options.package === 'NTLM' ? required : required | mutualAuthentication;
    return new SspiInitiator(library, credential, { target, flags, required, channelBindings });
  }

  /** NTLM knows no mutual authentication, and whether it is in use shows at the end only. */
  protected override checkSession(session: SspiInitiator): void {
    if (session.mutuallyAuthenticated || this.mechanism === 'NTLM') return;
    throw new CimletError('ERR_AUTHENTICATION', `${this.mechanism}: the server did not prove who it is.`);
  }
}
