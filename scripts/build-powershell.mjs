// Writes powershell/Modules, the PowerShell modules of the package, from schemas/dhcp-server and powershell/source. With a folder as argument: there.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireTypeScript } from './load-typescript.mjs';

const target = resolve(process.argv.slice(2).find((word) => !word.startsWith('-')) ?? fileURLToPath(new URL('../powershell/Modules', import.meta.url)));
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { MODULE_SOURCES, powerShellModules } = requireTypeScript('./lib/powershell-module/module-files.ts');

const { scriptCmdletDefinitions } = requireTypeScript('./lib/dhcp-server/index.ts');
const scriptHelp = JSON.parse(readFileSync('schemas/dhcp-server/script-cmdlets.json', 'utf8'));

const schemas = (extension) =>
  readdirSync('schemas/dhcp-server')
    .filter((fileName) => fileName.endsWith(extension))
    .sort()
    .map((fileName) => ({ fileName, text: readFileSync(join('schemas/dhcp-server', fileName), 'utf8') }));

const files = powerShellModules({
  cdxml: schemas('.cdxml'),
  mof: schemas('.mof'),
  scriptCmdlets: [...scriptCmdletDefinitions.values()].map((definition) => ({ definition, help: scriptHelp[definition.name] })),
  sources: Object.fromEntries(
    MODULE_SOURCES.map((name) => [name, readFileSync(`powershell/source/${name}.ps1`, 'utf8')]),
  ),
  version: JSON.parse(readFileSync('package.json', 'utf8')).version,
});

// The last good modules stay until the new ones are whole.
mkdirSync(dirname(target), { recursive: true });
const work = mkdtempSync(join(dirname(target), 'build-'));
chmodSync(work, 0o755);
for (const [path, text] of files) {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
}
rmSync(target, { recursive: true, force: true });
renameSync(work, target);
