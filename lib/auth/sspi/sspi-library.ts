import { CimletError } from '../../base/errors.js';
import { loadOptionalPeer } from '../../base/optional-peer.js';
import { bindLibrary, type NativeFunction, type NativeMemory, nativeMemory } from '../native/native-function.js';

/** Arguments of each function (sspi.h), for {@link bindLibrary}. */
const SIGNATURES = {
  QuerySecurityPackageInfoW: 'pp',
  AcquireCredentialsHandleW: 'ppi' + 'pppppp',
  FreeCredentialsHandle: 'p',
  InitializeSecurityContextW: 'pppiii' + 'pipppp',
  AcceptSecurityContext: 'pppii' + 'pppp',
  QueryContextAttributesW: 'pip',
  DeleteSecurityContext: 'p',
  EncryptMessage: 'pipi',
  DecryptMessage: 'ppip',
  MakeSignature: 'pipi',
  VerifySignature: 'ppip',
  FreeContextBuffer: 'p',
} as const;

export type SspiFunctionName = keyof typeof SIGNATURES;

export interface SspiLibrary extends NativeMemory {
  readonly functions: Readonly<Record<SspiFunctionName, NativeFunction>>;
}

/** Loads Windows' SSPI. Throws `ERR_MISSING_PEER` when koffi is absent, and on anything but 64-bit Windows. */
export async function loadSspiLibrary(): Promise<SspiLibrary> {
  if (process.platform !== 'win32' || process.arch === 'ia32') {
    throw new CimletError(
      'ERR_MISSING_PEER',
      `SSPI exists on Windows and needs a 64-bit Node; this is ${process.platform} ${process.arch}.`,
    );
  }
  const koffi = await loadOptionalPeer('koffi', () => import('koffi'), 'The logon through Windows');
  try {
    return { functions: bindLibrary(koffi, 'secur32.dll', SIGNATURES), ...nativeMemory(koffi) };
  } catch (cause) {
    throw new CimletError('ERR_MISSING_PEER', 'Windows’ secur32.dll could not be loaded.', { cause });
  }
}
