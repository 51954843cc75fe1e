import { mkdirSync, statSync } from 'node:fs';
import nodeModule from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Enable = (directory: string) => unknown;

/** Undefined on Node 20. */
const { enableCompileCache: nodes } = nodeModule as { readonly enableCompileCache?: Enable };

/**
 * Lets Node 22 and later keep what they have compiled for the next run. It is kept where only the user can write, or not at all: whoever could
 * change it would say what the command does. With NODE_COMPILE_CACHE Node has seen to it itself.
 */
export function enableCompileCache(env = process.env, enable = nodes): void {
  if (enable === undefined || env.NODE_COMPILE_CACHE !== undefined) return;
  try {
    const directory = join(cacheFolder(env), 'cimlet');
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (isOwn(directory)) enable(directory);
  } catch {
    // No home, or none that can be written to: the command starts without.
  }
}

/** What is not a whole path would lie wherever the command is called (XDG Base Directory Specification). */
function cacheFolder({ XDG_CACHE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  const given = [XDG_CACHE_HOME, LOCALAPPDATA].find((path) => path !== undefined && isAbsolute(path));
  return given ?? join(homedir(), '.cache');
}

/** With `sudo` it may be another user's. Windows keeps LOCALAPPDATA to its user. */
function isOwn(directory: string): boolean {
  if (process.geteuid === undefined) return true;
  const { uid, mode } = statSync(directory);
  return uid === process.geteuid() && (mode & 0o022) === 0;
}
