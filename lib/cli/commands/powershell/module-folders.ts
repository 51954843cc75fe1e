import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { systemErrorCode } from '../../usage/system-error-code.js';
import { UsageError } from '../../usage/usage-error.js';

/** The module that holds everything, then the names that scripts import. */
export const MODULE_NAMES = ['Cimlet.DhcpServer', 'DhcpServer', 'CimCmdlets'] as const;

/** Beside the manifest of a copy: where cimlet is, and that the copy is ours. */
const NOTE = 'cimlet.path';

/** Where PowerShell looks for the modules of a user (about_PSModulePath; XDG Base Directory Specification). */
export function userModuleFolder(env: Readonly<Record<string, string | undefined>>): string {
  const { XDG_DATA_HOME, HOME } = env;
  const data =
    XDG_DATA_HOME !== undefined && isAbsolute(XDG_DATA_HOME)
      ? XDG_DATA_HOME
      : join(HOME !== undefined && isAbsolute(HOME) ? HOME : homedir(), '.local', 'share');
  return join(data, 'powershell', 'Modules');
}

/** Links the modules of `source` into `target`, or copies them where the file system has no links. Gives what it did, a line each. */
export function installModules(source: string, target: string, startFile: string): string[] {
  const foreign = MODULE_NAMES.map((name) => join(target, name)).filter(
    (path) => isThere(path) && !isOurs(path, source),
  );
  if (foreign.length > 0) {
    throw new UsageError(
      `${foreign.join(' and ')} ${foreign.length > 1 ? 'are' : 'is'} there already, and not of cimlet.`,
      'Move it away, and run this again.',
    );
  }
  mkdirSync(target, { recursive: true });
  return MODULE_NAMES.map((name) => {
    const [from, to] = [join(source, name), join(target, name)];
    remove(to);
    try {
      symlinkSync(from, to, 'dir');
      return `${to} -> ${from}`;
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      cpSync(from, to, { recursive: true });
      writeFileSync(join(to, NOTE), `${startFile}\n`);
      return `${to}: a copy of ${from}, since it cannot be linked`;
    }
  });
}

/** Takes away what {@link installModules} made. */
export function uninstallModules(source: string, target: string): string[] {
  return MODULE_NAMES.map((name) => {
    const path = join(target, name);
    if (!isThere(path)) return `${path}: not there`;
    if (!isOurs(path, source)) return `${path}: left as it is, since it is not of cimlet`;
    remove(path);
    return `${path}: removed`;
  });
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** A link to modules of cimlet, this one's or another one's, or a copy. */
function isOurs(path: string, source: string): boolean {
  if (!lstatSync(path).isSymbolicLink()) return existsSync(join(path, NOTE));
  const to = resolve(path, '..', readlinkSync(path));
  return to.startsWith(source) || /[/\\]powershell[/\\]Modules[/\\][\w.]+$/.test(to);
}

function remove(path: string): void {
  if (!isThere(path)) return;
  if (lstatSync(path).isSymbolicLink()) unlinkSync(path);
  else rmSync(path, { recursive: true });
}
