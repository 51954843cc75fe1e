import { CimletError } from '../../base/errors.js';
import { loadOptionalPeer } from '../../base/optional-peer.js';

/** An address in native memory. */
export type Address = bigint;

/** A native function: every argument is a number, an address or a buffer. */
export interface NativeFunction {
  (...args: readonly NativeArgument[]): number;
  /** Runs on a worker thread, for calls that may ask the KDC. */
  readonly later: (...args: readonly NativeArgument[]) => Promise<number>;
}
export type NativeArgument = number | bigint | Uint8Array | null;

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
  | 'gss_display_status';

/** Arguments of each function (RFC 2744; `gss_acquire_cred_from` and `_with_password` are MIT's): `p` a pointer, `i` a 32-bit integer. */
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
};

export interface GssLibrary {
  readonly path: string;
  readonly functions: Readonly<Record<GssFunctionName, NativeFunction>>;
  /** Copies `length` bytes out of native memory. */
  copy(address: Address, length: number): Uint8Array;
  /** The address of a buffer's first byte; the buffer must be kept alive by its owner. */
  addressOf(buffer: Uint8Array): Address;
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
      const library = koffi.load(candidate);
      const bind = (name: GssFunctionName): NativeFunction => {
        const types = [...SIGNATURES[name]].map((kind) => (kind === 'p' ? 'void *' : 'uint32_t'));
        const native = library.func(name, 'uint32_t', types);
        const later = (...args: readonly NativeArgument[]) =>
          new Promise<number>((resolve, reject) => {
            native.async(...args, (error: unknown, status: number) => (error ? reject(error) : resolve(status)));
          });
        return Object.assign((...args: readonly NativeArgument[]): number => native(...args), { later });
      };
      const names = Object.keys(SIGNATURES) as GssFunctionName[];
      return {
        path: candidate,
        functions: Object.fromEntries(names.map((name) => [name, bind(name)])) as Record<
          GssFunctionName,
          NativeFunction
        >,
        copy: (address, length) => new Uint8Array(koffi.view(address, length)).slice(),
        addressOf: (buffer) => koffi.address(buffer),
      };
    } catch (error) {
      failures.push(error);
    }
  }
  throw new CimletError(
    'ERR_MISSING_PEER',
    `Kerberos needs MIT's GSSAPI library; none could be loaded (tried: ${candidates.join(', ') || 'none known on this platform'}).`,
    {
      cause: failures[0],
      hint: 'Install it: apt install libgssapi-krb5-2 (Debian, Ubuntu), dnf install krb5-libs (Fedora, RHEL), brew install krb5 (macOS); or name it with libraryPath.',
    },
  );
}
