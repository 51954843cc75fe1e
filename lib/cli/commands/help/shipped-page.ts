import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The page of a cmdlet that comes with the package (docs/cmdlets), or one section of it; undefined where there is no page, as of the CIM cmdlets, or
 * no such section.
 */
export function cmdletPage(name: string, section?: string): string | undefined {
  const path = pagePath(name);
  if (path === undefined) return undefined;
  const text = readFileSync(path, 'utf8').replace(/^<!--.*?-->\s*/s, '');
  if (section === undefined) return text;
  const begin = text.indexOf(`\n## ${section}\n`);
  if (begin < 0) return undefined;
  const end = text.indexOf('\n## ', begin + 1);
  return `${name}\n${text.slice(begin, end < 0 ? undefined : end)}\n`;
}

/** The package is where its docs are: the command runs from its dist, the sources from lib. */
function pagePath(name: string): string | undefined {
  for (let folder = __dirname, before = ''; folder !== before; before = folder, folder = dirname(folder)) {
    const path = join(folder, 'docs', 'cmdlets', `${name}.md`);
    if (existsSync(path)) return path;
    if (existsSync(join(folder, 'package.json'))) return undefined;
  }
  return undefined;
}
