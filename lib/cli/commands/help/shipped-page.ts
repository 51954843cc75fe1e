import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A section of a cmdlet's page that comes with the package (docs/cmdlets); undefined where there is no page, as of the CIM cmdlets, or no such section. */
export function cmdletPage(name: string, section: string): string | undefined {
  return shippedPage(`cmdlets/${name}.md`, section);
}

/** A page of the package's docs, or one section of it; undefined where it is not there. */
export function shippedPage(page: string, section?: string): string | undefined {
  const path = pagePath(page);
  if (path === undefined) return undefined;
  const text = readFileSync(path, 'utf8').replace(/^<!--.*?-->\s*/s, '');
  if (section === undefined) return text;
  const begin = text.indexOf(`\n## ${section}\n`);
  if (begin < 0) return undefined;
  const end = text.indexOf('\n## ', begin + 1);
  return `${text.slice(begin + 1, end < 0 ? undefined : end)}\n`;
}

/** The package is where its docs are: the command runs from its dist, the sources from lib. */
function pagePath(page: string): string | undefined {
  for (let folder = __dirname, before = ''; folder !== before; before = folder, folder = dirname(folder)) {
    const path = join(folder, 'docs', page);
    if (existsSync(path)) return path;
    if (existsSync(join(folder, 'package.json'))) return undefined;
  }
  return undefined;
}
