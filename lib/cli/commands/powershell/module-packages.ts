import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULE_NAMES } from './module-folders.js';
import { zipFile } from './zip-file.js';

const [HOLDER, ...NAMED] = MODULE_NAMES;

/**
 * The modules that scripts name as packages that Install-PSResource takes from a repository that is a folder, by their file names. Each has the code in it:
 * of a folder Install-PSResource takes no package whose name another one's ends with, which Cimlet.DhcpServer's does with DhcpServer's.
 */
export function modulePackages(source: string): Map<string, Buffer> {
  const code = filesOf(join(source, HOLDER));
  return new Map(
    NAMED.map((name) => {
      const manifest = readFileSync(join(source, name, `${name}.psd1`), 'utf8');
      const version = packageVersion(/ModuleVersion = '([\d.]+)'/.exec(manifest)?.[1] ?? '0.0.0');
      const files = new Map<string, string>([
        [`${name}.nuspec`, nuspec(name, version)],
        ['[Content_Types].xml', contentTypes()],
        [`${name}.psd1`, manifest.replaceAll(`'../${HOLDER}/`, "'")],
        ...code,
      ]);
      return [`${name}.${version}.nupkg`, zipFile(files)];
    }),
  );
}

/** NuGet's form, which Install-PSResource looks for: a fourth number only where it is not 0. */
function packageVersion(version: string): string {
  return version.replace(/^(\d+\.\d+\.\d+)\.0$/, '$1');
}

function filesOf(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]);
}

function nuspec(name: string, version: string): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>',
    `<id>${name}</id><version>${version}</version><authors>cimlet</authors><license type="expression">MIT</license>`,
    '<description>DHCP server cmdlets for PowerShell on Linux and macOS. The npm package cimlet has to be installed beside it.</description>',
    '<tags>PSModule PSEdition_Core DHCP CIM Linux MacOS</tags>',
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
