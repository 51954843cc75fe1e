import { CimletError } from '../../base/errors.js';
import { loadOptionalPeer } from '../../base/optional-peer.js';
import { bindLibrary, type NativeFunction, type NativeMemory, nativeMemory } from '../native/native-function.js';

type GssFunctionName =
  | 'gss_import_name'
  | 'gss_release_name'
  | 'gss_display_name'
  | 'gss_acquire_cred_from'
  | 'gss_acquire_cred_with_password'
  | 'gss_release_cred'
  | 'gss_init_sec_context'
  | 'gss_accept_sec_context'
  | 'gss_delete_sec_context'
  | 'gss_wrap'
  | 'gss_unwrap'
  | 'gss_get_mic'
  | 'gss_verify_mic'
  | 'gss_release_buffer'
  | 'gss_display_status'
  | 'krb5_init_context'
  | 'krb5_free_context'
  | 'krb5_cc_resolve'
  | 'krb5_cc_destroy'
  | 'krb5_cc_close'
  | 'krb5_cc_set_default_name'
  | 'krb5_cc_cache_match'
  | 'krb5_cc_get_full_name'
  | 'krb5_parse_name'
  | 'krb5_free_principal'
  | 'krb5_free_string'
  | 'krb5_get_host_realm'
  | 'krb5_free_host_realm';

/**
 * Arguments of each function (RFC 2744; `gss_acquire_cred_from` and `_with_password` are MIT's), for {@link bindLibrary}. Those of libkrb5,
 * which MIT's GSSAPI is linked with, are found through it.
 */
const SIGNATURES: Readonly<Record<GssFunctionName, string>> = {
  gss_import_name: 'pppp',
  gss_release_name: 'pp',
  gss_display_name: 'pppp',
  gss_acquire_cred_from: 'ppipipppp',
  gss_acquire_cred_with_password: 'pppipippp',
  gss_release_cred: 'pp',
  gss_init_sec_context: 'ppppp' + 'ii' + 'pppppp',
  gss_accept_sec_context: 'ppppppppppp',
  gss_delete_sec_context: 'ppp',
  gss_wrap: 'ppiippp',
  gss_unwrap: 'pppppp',
  gss_get_mic: 'ppipp',
  gss_verify_mic: 'ppppp',
  gss_release_buffer: 'pp',
  gss_display_status: 'piippp',
  krb5_init_context: 'p',
  krb5_free_context: 'p',
  krb5_cc_resolve: 'ppp',
  krb5_cc_destroy: 'pp',
  krb5_cc_close: 'pp',
  krb5_cc_set_default_name: 'pp',
  krb5_cc_cache_match: 'ppp',
  krb5_cc_get_full_name: 'ppp',
  krb5_parse_name: 'ppp',
  krb5_free_principal: 'pp',
  krb5_free_string: 'pp',
  krb5_get_host_realm: 'ppp',
  krb5_free_host_realm: 'pp',
};

export interface GssLibrary extends NativeMemory {
  readonly path: string;
  readonly functions: Readonly<Record<GssFunctionName, NativeFunction>>;
}

/** Where the MIT library is found by default; the first that loads wins. */
const CANDIDATES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['libgssapi_krb5.so.2'],
  freebsd: ['libgssapi_krb5.so'],
  darwin: ['/opt/homebrew/opt/krb5/lib/libgssapi_krb5.dylib', '/usr/local/opt/krb5/lib/libgssapi_krb5.dylib'],
};

/** Loads MIT's GSSAPI. Throws `ERR_MISSING_PEER` when koffi or the library is absent. */
export async function loadGssLibrary(path?: string): Promise<GssLibrary> {
  const koffi = await loadOptionalPeer('koffi', () => import('koffi'), 'Kerberos');
  const candidates = path === undefined ? (CANDIDATES[process.platform] ?? []) : [path];
  const failures: unknown[] = [];
  for (const candidate of candidates) {
    try {
      return { path: candidate, functions: bindLibrary(koffi, candidate, SIGNATURES), ...nativeMemory(koffi) };
    } catch (error) {
      failures.push(error);
    }
  }
  throw new CimletError(
    'ERR_MISSING_PEER',
    `Kerberos needs MIT's GSSAPI library; none could be loaded (tried: ${candidates.join(', ') || 'none known on this platform'}).`,
    {
      cause: failures[0],
      hint: 'Install it: apt install libgssapi-krb5-2 (Debian, Ubuntu), dnf install krb5-libs (Fedora, RHEL), brew install krb5 (macOS).',
    },
  );
}
