import type { LookupFunction } from 'node:net';
import type { GssProviderSource } from '../../auth/kerberos/kerberos-mechanism.js';
import type { Secret } from '../../base/secret.js';
import type { TlsOptions } from '../../transport/socket/tls-options.js';
import type { Transport } from '../../transport/transport.js';
import type { ResourceUriSpelling } from '../instance/resource-uri.js';

/** `Default` is Negotiate, as PowerShell's client has it. */
export type CimAuthentication = 'Default' | 'Basic' | 'Negotiate' | 'Kerberos' | 'Ntlm' | 'Certificate' | 'CredSsp';

/** Who the caller is. A plain password is wrapped at once and printed nowhere. */
export interface CimCredential {
  /** `dhcpadmin`, `CONTOSO\dhcpadmin` or `dhcpadmin@contoso.com`. */
  readonly userName: string;
  /**
   * Left out: with Kerberos the user's ticket is taken, out of `kerberos.ticketCache` or the process's caches, or bought with the key in
   * `kerberos.keytab`. Only for the authentication `Kerberos`, or where one of the two is given, or `allowNtlm` is false. `undefined` is refused: a
   * variable that is not set must not mean somebody's ticket.
   */
  readonly password?: string | Secret;
  readonly domain?: string | undefined;
}

/** Asked whenever a new connection is to be opened, so that a vault decides how long a password lives. */
export type CimCredentialProvider = (target: {
  readonly computerName: string;
}) => CimCredential | Promise<CimCredential>;

/** An HTTP proxy. */
export interface CimProxy {
  readonly host: string;
  readonly port: number;
  /** Sent to the proxy as Basic. Default: none. */
  readonly credential?: CimCredential | undefined;
}

/** How Kerberos is used, by `Kerberos`, `Negotiate`, `Default` and within `CredSsp`. */
export interface CimKerberosOptions {
  /**
   * Hand the server a forwardable ticket, so that it can act as the caller towards its partner (the second hop). The server's account has
   * to be trusted for delegation, which the realm says in its ticket (ok-as-delegate); with `always` nobody is asked, except by Windows' SSPI.
   * Default false. NTLM cannot do it, so that Negotiate does not fall to NTLM then, unless `allowNtlm` says so.
   */
  readonly delegate?: boolean | 'always' | undefined;
  /** Service class of the service principal name. Default `HTTP`. */
  readonly spnService?: string | undefined;
  /** Host of the service principal name. Default: the computer name. */
  readonly spnHost?: string | undefined;
  /** Path of a keytab with the user's key, instead of a password. */
  readonly keytab?: string | undefined;
  /**
   * Ticket cache as `KRB5CCNAME` spells it, or a collection of some. Default: the process's. Without a credential its (primary) user's tickets
   * are used, with a `credential` that has no password those of that user.
   */
  readonly ticketCache?: string | undefined;
  /** Where Kerberos comes from. Default: the system's, SSPI on Windows and GSSAPI elsewhere, through the optional package koffi. */
  readonly provider?: GssProviderSource | undefined;
}

/** How CredSSP, which gives the server the password, is used. */
export interface CimCredSspOptions {
  /**
   * Give the password to a server that only NTLM vouches for: whoever answers in its place and is a member of the domain gets it. Windows'
   * policy "Allow delegating fresh credentials with NTLM-only server authentication". Default false: Kerberos or a verified certificate, of https
   * or of the TLS channel within CredSSP, has to prove the server's name.
   */
  readonly allowNtlmOnly?: boolean | undefined;
}

/** Where connections to a computer go. */
export interface CimConnectTarget {
  /** The computer, as the session was given it. */
  readonly computerName: string;
  /** https. */
  readonly secure: boolean;
}

/** The address that is really connected to. */
export interface CimConnectTo {
  readonly host: string;
  readonly port: number;
}

/** What New-CimSession and New-CimSessionOption take, in camelCase, and what Node needs beside. All of it is optional. */
export interface CimSessionOptions {
  /** Default `CimSession` and the session's id. */
  readonly name?: string | undefined;
  /** Absent: the logon of the process (Kerberos; on Windows NTLM, too). */
  readonly credential?: CimCredential | CimCredentialProvider | undefined;
  readonly authentication?: CimAuthentication | undefined;
  /** `false`: Kerberos is not tried, so that Negotiate and CredSsp use NTLM at once. */
  readonly kerberos?: CimKerberosOptions | false | undefined;
  /**
   * `Negotiate`, `Default` and `CredSsp` may use NTLM when Kerberos cannot be used; CredSsp only where something else proves the server's name, see
   * `credSsp`. Default true, but false with `kerberos.delegate` outside of CredSsp.
   */
  readonly allowNtlm?: boolean | undefined;
  /**
   * Hosts that may be logged on to by NTLM, or Basic, over http, where neither proves who the server is: names or addresses, `*` for anything
   * (`*.contoso.com`), `<local>` for names without a dot. WinRM's TrustedHosts. Default: each host that is named to newCimSession; `[]`: none.
   */
  readonly trustedHosts?: readonly string[] | undefined;
  readonly credSsp?: CimCredSspOptions | undefined;
  /** https. Default false, but true when `tls` is given. */
  readonly useSsl?: boolean | undefined;
  /** Default 5985, or 5986 with `useSsl`. */
  readonly port?: number | undefined;
  /** Path of the service. Default `wsman`. */
  readonly httpUrlPrefix?: string | undefined;
  /**
   * How the server is verified, and the client certificate. Beside `useSsl: false` its `ca`, and for CredSsp `fingerprint256` and `serverName`, are of
   * the certificate within CredSSP; without `tls` that one is verified with the well-known authorities.
   */
  readonly tls?: TlsOptions | undefined;
  /** The service principal name of Kerberos ends in the port: `HTTP/server:5985`. Default false. */
  readonly encodePortInServicePrincipalName?: boolean | undefined;
  /** Accept a certificate of any authority; name and dates are still checked. */
  readonly skipCACheck?: boolean | undefined;
  /** Accept a certificate for any name; the authority is still checked. */
  readonly skipCNCheck?: boolean | undefined;
  /** Seal no messages, although the authentication could. Over http it needs `allowUnencrypted` too. */
  readonly noEncryption?: boolean | undefined;
  /** Allows http without sealed messages: everything is readable on the way, with Basic the password too. Default false. */
  readonly allowUnencrypted?: boolean | undefined;
  /** Connections to this server at the same time. Default 8. */
  readonly maxConnections?: number | undefined;
  /** Milliseconds after which an unused connection is closed. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** Greatest response in bytes that the server is allowed to send. Default 512,000. */
  readonly maxEnvelopeSize?: number | undefined;
  /**
   * Greatest response in bytes that is read, whatever the server thinks; of what a method streams, which may go on and on, the greatest message.
   * Default: eight times `maxEnvelopeSize`, since some servers exceed what they were told, and at least 4,096,000.
   */
  readonly maxResponseBytes?: number | undefined;
  /**
   * Elements of one response that are held at the same time, each attribute counted as one, which is what bounds its memory; items of an
   * enumeration are handed on one by one. An element takes some 200 bytes until it is a value. Default: one for each 32 bytes of
   * `maxResponseBytes`, so that no response takes more than about six times its greatest size.
   */
  readonly maxResponseElements?: number | undefined;
  /** Nesting of the elements of a response, at most 1,000. Default 128: what Windows sends has less than 20. */
  readonly maxResponseDepth?: number | undefined;
  /** Attributes of one element of a response, declarations of namespaces included. Default 256. */
  readonly maxResponseAttributes?: number | undefined;
  /** Characters of the name of an element or an attribute in a response, prefix included. Default 1,024. */
  readonly maxResponseNameLength?: number | undefined;
  /** Characters of the text of one element of a response, or of one attribute's value. Default: `maxResponseBytes`, which bounds them, too. */
  readonly maxResponseTextLength?: number | undefined;
  /** Of requests; replies are read in either. Default `utf-8`. */
  readonly encoding?: 'utf-8' | 'utf-16' | undefined;
  /** Milliseconds for a call that names no limit itself. Default 180,000; `Infinity` for no limit. */
  readonly operationTimeoutMs?: number | undefined;
  /** Language in which the server writes numbers and dates in texts, e.g. `de-DE`. Default: `uiCulture`. */
  readonly culture?: string | undefined;
  /** Language of the server's texts. Default `en-US`. */
  readonly uiCulture?: string | undefined;
  /** How classes are named to the server. Default `dmtf`. */
  readonly resourceUriSpelling?: ResourceUriSpelling | undefined;
  /** The address that is really connected to, as curl's `--connect-to`; or a function that tells it of each computer, undefined for the computer's own. */
  readonly connectTo?: CimConnectTo | ((target: CimConnectTarget) => CimConnectTo | undefined) | undefined;
  /** Replaces the system's name resolution, of the computer's name or, with a proxy, of the proxy's. All addresses are tried (RFC 8305). */
  readonly lookup?: LookupFunction | undefined;
  /** An HTTP proxy, asked for a tunnel (CONNECT) for http and for https. The environment's variables are not read. */
  readonly proxy?: CimProxy | undefined;
  /** Brings its own way to the server; then nothing above that is about connecting or logging on applies. */
  readonly transport?: ((target: { readonly computerName: string }) => Transport) | undefined;
}

/** https, asked for or implied. */
export function wantsTls({ useSsl, tls, skipCACheck, skipCNCheck }: CimSessionOptions): boolean {
  return useSsl ?? (tls !== undefined || skipCACheck === true || skipCNCheck === true);
}
