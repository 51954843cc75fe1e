import { UsageError } from '../usage/usage-error.js';

/**
 * The path that a line names a file by, with the separators of this system. @throws UsageError for a drive that this system has not, where
 * the file would have the drive's name in its own, and for a folder.
 */
export function filePath(written: string, platform: NodeJS.Platform = process.platform): string {
  const isWindows = platform === 'win32';
  const [drive] = /^[^\\/:]*:/.exec(written) ?? [];
  if (drive !== undefined && !(isWindows && /^[a-z]:$/i.test(drive))) {
    throw new UsageError(
      `Cannot find drive. A drive with the name ${JSON.stringify(drive.slice(0, -1))} does not exist.`,
      'Write the path from the current folder or from /. In a text put > between single quotes.',
    );
  }
  if (/[\\/]$/.test(written))
    throw new UsageError(`${JSON.stringify(written)} is a folder.`, 'Write the name of a file in it.');
  return isWindows ? written : written.replaceAll('\\', '/');
}
