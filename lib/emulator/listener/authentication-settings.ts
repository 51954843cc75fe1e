import type { AcceptorContext } from '../../auth/contract/acceptor-context.js';
import type { KerberosAcceptorOptions } from '../../auth/kerberos/kerberos-mechanism.js';

/** What a listener's service accepts; the defaults are those of Windows' WinRM service unless said otherwise. */
export interface AuthenticationSettings {
  /** Where Basic is offered. Default `https` (Windows: nowhere). */
  readonly basic?: 'off' | 'https' | 'everywhere';
  /** Negotiate with NTLM. Default true. */
  readonly negotiate?: boolean;
  /** TLS client certificates over https. Default true (Windows: false). */
  readonly certificate?: boolean;
  /** Kerberos, alone and within Negotiate and CredSSP: where it comes from, and the service's keytab. Default: none. */
  readonly kerberos?: KerberosAcceptorOptions;
  /** CredSSP, the way to the second hop. Default true (Windows: false). */
  readonly credSsp?: boolean;
  /** Messages over http need no sealing. Default false. */
  readonly allowUnencrypted?: boolean;
  /** Channel bindings over https: Windows' CbtHardeningLevel. Default `relaxed`. */
  readonly channelBindings?: 'none' | 'relaxed' | 'strict';
  /** Further schemes, or other acceptors for known ones: a fresh acceptor for each connection. */
  readonly acceptors?: Readonly<Record<string, (target: AcceptorTarget) => AcceptorContext>>;
}

/** The server that an acceptor speaks for. */
export interface AcceptorTarget {
  /** Full name. */
  readonly serverName: string;
  readonly secure: boolean;
}
