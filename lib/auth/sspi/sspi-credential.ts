import { IntegerCell, PointerCell } from '../native/native-memory.js';
import type { SspiLibrary } from './sspi-library.js';
import { authIdentity, SecurityHandle, type WindowsLogon, wideString, wipeIdentity } from './sspi-memory.js';
import { SEC_E_OK, sspiError } from './sspi-status.js';

/** The security packages that are used. `Negotiate` is Windows' own SPNEGO. */
export type SspiPackage = 'Kerberos' | 'NTLM' | 'Negotiate';

/** `fCredentialUse` */
const CREDENTIAL_USE = { accept: 1, initiate: 2 } as const;

/** `TimeStamp`, whose content nobody reads. */
const TIME_STAMP_SIZE = 8;
const PACKAGE_INFO_SIZE = 32;
const MAX_TOKEN_OFFSET = 8;

/** A credential of one security package. */
export interface SspiCredential {
  readonly package: SspiPackage;
  readonly handle: SecurityHandle;
  /** The longest token that the package makes, in bytes. */
  readonly maxToken: number;
  dispose(): void;
}

/**
 * Gets a credential. Windows checks a password at the first step of an exchange only.
 *
 * @param logon absent: the logon of the process (single sign-on; as acceptor, the account that the process runs as)
 * @throws CimletError `ERR_AUTHENTICATION`
 */
export async function acquireSspiCredential(
  library: SspiLibrary,
  packageName: SspiPackage,
  use: keyof typeof CREDENTIAL_USE,
  logon?: WindowsLogon,
): Promise<SspiCredential> {
  const { functions } = library;
  const maxToken = maxTokenOf(library, packageName);
  const handle = new SecurityHandle();
  const identity = logon && authIdentity(library, logon);
  try {
    const status = await functions.AcquireCredentialsHandleW.later(
      null,
      wideString(packageName),
      CREDENTIAL_USE[use],
      null,
      identity ?? null,
      null,
      null,
      handle,
      Buffer.alloc(TIME_STAMP_SIZE),
    );
    if (status !== SEC_E_OK) throw sspiError('ERR_AUTHENTICATION', packageName, 'getting a credential', status);
  } finally {
    if (identity !== undefined) wipeIdentity(identity);
  }
  let live = true;
  return {
    package: packageName,
    handle,
    maxToken,
    dispose() {
      if (live) functions.FreeCredentialsHandle(handle);
      live = false;
    },
  };
}

function maxTokenOf(library: SspiLibrary, packageName: SspiPackage): number {
  const info = new PointerCell();
  const status = library.functions.QuerySecurityPackageInfoW(wideString(packageName), info);
  if (status !== SEC_E_OK) throw sspiError('ERR_AUTHENTICATION', packageName, 'looking for the package', status);
  const size = new IntegerCell();
  size.bytes.set(library.copy(info.value, PACKAGE_INFO_SIZE).subarray(MAX_TOKEN_OFFSET, MAX_TOKEN_OFFSET + 4));
  library.functions.FreeContextBuffer(info.value);
  return size.value;
}
