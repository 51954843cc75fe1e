import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULE_NAMES } from './module-folders.js';
import { zipFile } from './zip-file.js';

const [HOLDER] = MODULE_NAMES;

/** The modules as packages that Install-PSResource takes from a repository that is a folder, by their file names. */
export function modulePackages(source: string): Map<string, Buffer> {
  const versions = new Map(MODULE_NAMES.map((name) => [name, versionOf(readManifest(source, name))]));
  return new Map(
    MODULE_NAMES.map((name) => {
      const version = versions.get(name) ?? '';
      const dependency = name === HOLDER ? undefined : versions.get(HOLDER);
      const files = new Map<string, string>([
        [`${name}.nuspec`, nuspec(name, version, dependency)],
        ['[Content_Types].xml', contentTypes()],
        ...filesOf(join(source, name)).map(
          ([path, text]) => [path, path === `${name}.psd1` ? standAlone(text) : text] as const,
        ),
      ]);
      return [`${name}.${version}.nupkg`, zipFile(files)];
    }),
  );
}

function readManifest(source: string, name: string): string {
  return readFileSync(join(source, name, `${name}.psd1`), 'utf8');
}

function versionOf(manifest: string): string {
  return /ModuleVersion = '([\d.]+)'/.exec(manifest)?.[1] ?? '0.0.0';
}

/** Installed from a package each module has a folder of its version: the others are found by name there, and bring their views. */
function standAlone(manifest: string): string {
  return manifest
    .replace(/'\.\.\/[\w.]+\/([\w.]+)\.psm1'/, "'$1'")
    .replace(/FormatsToProcess = @\('\.\.\/[\w./]+'\)/, 'FormatsToProcess = @()');
}

function filesOf(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]);
}

function nuspec(name: string, version: string, dependency: string | undefined): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>',
    `<id>${name}</id><version>${version}</version><authors>cimlet</authors><license type="expression">MIT</license>`,
    '<description>DHCP server cmdlets for PowerShell on Linux and macOS. The npm package cimlet has to be installed beside it.</description>',
    '<tags>PSModule PSEdition_Core DHCP CIM Linux MacOS</tags>',
    dependency === undefined
      ? ''
      : `<dependencies><dependency id="${HOLDER}" version="${dependency}" /></dependencies>`,
    '</metadata></package>',
    '',
  ].join('\n');
}

function contentTypes(): string {
  const types = ['nuspec', 'psd1', 'psm1', 'ps1', 'ps1xml', 'xml'].map(
    (extension) => `<Default Extension="${extension}" ContentType="application/octet" />`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${types.join('')}</Types>\n`;
}
