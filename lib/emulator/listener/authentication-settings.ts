import type { AcceptorContext } from '../../auth/contract/acceptor-context.js';
import type { KerberosAcceptorOptions } from '../../auth/kerberos/kerberos-mechanism.js';

/** What a listener's service accepts; the defaults are those of Windows' WinRM service unless said otherwise. */
export interface AuthenticationSettings {
  /** Where Basic is offered. Default `https` (Windows: nowhere). */
  readonly basic?: 'off' | 'https' | 'everywhere' | undefined;
  /** Negotiate with NTLM. Default true. */
  readonly negotiate?: boolean | undefined;
  /** TLS client certificates over https. Default true (Windows: false). */
  readonly certificate?: boolean | undefined;
  /** Kerberos, alone and within Negotiate and CredSSP: where it comes from, and the service's keytab. Default: none. */
  readonly kerberos?: KerberosAcceptorOptions | undefined;
  /** CredSSP, the way to the second hop. Default true (Windows: false). */
  readonly credSsp?: boolean | undefined;
  /** Messages over http need no sealing. Default false. */
  readonly allowUnencrypted?: boolean | undefined;
  /** Channel bindings over https: Windows' CbtHardeningLevel. Default `relaxed`. */
  readonly channelBindings?: 'none' | 'relaxed' | 'strict' | undefined;
  /** Further schemes, or other acceptors for known ones: a fresh acceptor for each connection. */
  readonly acceptors?: Readonly<Record<string, (target: AcceptorTarget) => AcceptorContext>> | undefined;
}

/** The server that an acceptor speaks for. */
export interface AcceptorTarget {
  /** Full name. */
  readonly serverName: string;
  readonly secure: boolean;
}
