import { type Address, PointerCell, pinned } from '../native/native-memory.js';
import type { GssLibrary } from './gssapi-library.js';

// What GSSAPI has no call for is asked of libkrb5, which MIT's GSSAPI is linked with. A call that fails gives nothing: then the library goes on
// as it would have without, and says what is wrong.

/**
 * The realm that this machine's configuration ([domain_realm]) names for a host; empty when it names none: the KDC of the user's realm then
 * says where to ask (RFC 6806). The host's own name is not looked up in DNS.
 */
export function realmOfHost(library: GssLibrary, host: string): string {
  return (
    inContext(library, (context) => {
      const realms = new PointerCell();
      if (library.functions.krb5_get_host_realm(context, text(host), realms) !== 0) return undefined;
      const first = addressAt(library, realms.value);
      const realm = first === 0n ? '' : textAt(library, first);
      library.functions.krb5_free_host_realm(context, realms.value);
      return realm;
    }) ?? ''
  );
}

/** The cache of a collection that holds tickets of the principal, by its full name; undefined when there is none. */
export function cacheOfPrincipal(library: GssLibrary, collection: string, principal: string): string | undefined {
  const { functions } = library;
  return inContext(library, (context) => {
    const [client, cache, name] = [new PointerCell(), new PointerCell(), new PointerCell()];
    if (functions.krb5_cc_set_default_name(context, text(collection)) !== 0) return undefined;
    if (functions.krb5_parse_name(context, text(principal), client) !== 0) return undefined;
    const found = functions.krb5_cc_cache_match(context, client.value, cache);
    functions.krb5_free_principal(context, client.value);
    if (found !== 0) return undefined;
    const status = functions.krb5_cc_get_full_name(context, cache.value, name);
    functions.krb5_cc_close(context, cache.value);
    if (status !== 0) return undefined;
    const fullName = textAt(library, name.value);
    functions.krb5_free_string(context, name.value);
    return fullName;
  });
}

/** Forgets the tickets of a cache. Releasing the credential closes the cache only, and one in memory lives on until it is destroyed. */
export function destroyCache(library: GssLibrary, name: string): void {
  inContext(library, (context) => {
    const cache = new PointerCell();
    if (library.functions.krb5_cc_resolve(context, text(name), cache) === 0) {
      library.functions.krb5_cc_destroy(context, cache.value);
    }
  });
}

function inContext<T>({ functions }: GssLibrary, use: (context: Address) => T): T | undefined {
  const context = new PointerCell();
  if (functions.krb5_init_context(context) !== 0) return undefined;
  try {
    return use(context.value);
  } finally {
    functions.krb5_free_context(context.value);
  }
}

function text(value: string): Uint8Array {
  return pinned(Buffer.from(`${value}\0`, 'utf8'));
}

function addressAt(library: GssLibrary, address: Address): Address {
  return Buffer.from(library.copy(address, 8)).readBigUInt64LE();
}

/** A text that ends in a zero. */
function textAt(library: GssLibrary, address: Address): string {
  const bytes: number[] = [];
  for (let at = address; ; at++) {
    const [byte = 0] = library.copy(at, 1);
    if (byte === 0) return Buffer.from(bytes).toString('utf8');
    bytes.push(byte);
  }
}
