/** The VERSION structure, for debugging only (MS-NLMP 2.2.2.10). */
export interface NtlmVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  /** 15 in every implementation of today. */
  readonly revision: number;
}

export const VERSION_BYTES = 8;

/** What this library says it is: Windows Server 2022's numbers, since some servers refuse a client without any. */
export const OUR_VERSION: NtlmVersion = { major: 10, minor: 0, build: 20348, revision: 15 };

/** `bytes` are eight. */
export function readVersion(bytes: Uint8Array): NtlmVersion {
  const view = Buffer.from(bytes);
  return {
    major: view.readUInt8(0),
    minor: view.readUInt8(1),
    build: view.readUInt16LE(2),
    revision: view.readUInt8(7),
  };
}

export function writeVersion(version: NtlmVersion): Uint8Array {
  const bytes = Buffer.alloc(VERSION_BYTES);
  bytes.writeUInt8(version.major, 0);
  bytes.writeUInt8(version.minor, 1);
  bytes.writeUInt16LE(version.build, 2);
  bytes.writeUInt8(version.revision, 7);
  return bytes;
}
