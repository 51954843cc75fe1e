import { CimletError } from '../../base/errors.js';

/** `boundary` of every message (MS-WSMV 2.2.9.1.1.1). */
export const ENCRYPTED_BOUNDARY = 'Encrypted Boundary';

/** Content-Type of a sealed message; `split` when it travels in several parts (MS-WSMV 2.2.9.1.3.2). */
export function encryptedMediaType(protocol: string, split: boolean): string {
  return `multipart/${split ? 'x-multi-encrypted' : 'encrypted'};protocol="${protocol}";boundary="${ENCRYPTED_BOUNDARY}"`;
}

/** True for `multipart/encrypted` and `multipart/x-multi-encrypted`. */
export function isEncryptedMediaType(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*multipart\/(?:x-multi-)?encrypted\s*(?:;|$)/i.test(contentType);
}

/**
 * `protocol` and `boundary` of a Content-Type for which {@link isEncryptedMediaType} holds.
 * @throws `ERR_PROTOCOL` when one is missing or unusable.
 */
export function readEncryptedMediaType(contentType: string): SealedMediaType {
  if (latest?.contentType !== contentType) latest = { contentType, type: readParameters(contentType) };
  return latest.type;
}

interface SealedMediaType {
  readonly protocol: string;
  readonly boundary: string;
}

/** What was read last: the replies of a server name the same one. */
let latest: { readonly contentType: string; readonly type: SealedMediaType } | undefined;

function readParameters(contentType: string): SealedMediaType {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of contentType.matchAll(/;\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^;\s]*))/g)) {
    parameters.set(name.toLowerCase(), quoted ?? bare);
  }
  const protocol = parameters.get('protocol');
  const boundary = parameters.get('boundary');
  if (!protocol || !boundary || boundary.length > 70) {
    throw new CimletError(
      'ERR_PROTOCOL',
      'The Content-Type of an encrypted message names no usable protocol and boundary.',
    );
  }
  return { protocol, boundary };
}
