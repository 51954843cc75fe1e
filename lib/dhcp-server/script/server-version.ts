/** A version of Windows, as a DHCP server and a file say it: 6.1 is 2008 R2, 6.2 and 6.3 are 2012 and 2012 R2, 10.0 is 2016 and what came after. */
interface ServerVersion {
  readonly MajorVersion: number;
  readonly MinorVersion: number;
}

export function isAtLeast({ MajorVersion, MinorVersion }: ServerVersion, major: number, minor: number): boolean {
  return MajorVersion > major || (MajorVersion === major && MinorVersion >= minor);
}

export function versionText({ MajorVersion, MinorVersion }: ServerVersion): string {
  return `${MajorVersion}.${MinorVersion}`;
}
