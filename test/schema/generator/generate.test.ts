import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { generate } from '../../../lib/schema/generator/generate.js';
import { schemaFiles, scriptCmdlets, WSDL_CLASSES } from '../schema-files.js';

const ROOT = join(__dirname, '../../..');

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

describe('the generated files', () => {
  const output = generate({
    cdxml: schemaFiles('.cdxml'),
    mof: schemaFiles('.mof'),
    schemaFolder: 'schemas/dhcp-server',
    wsdlClasses: WSDL_CLASSES,
    scriptCmdlets: scriptCmdlets(),
  });
  const expected = new Map([
    ...[...output.modules].map(([path, text]) => [join('lib/dhcp-server/generated', path), text] as const),
    ...[...output.pages].map(([path, text]) => [join('docs/cmdlets', path), text] as const),
    ...[...output.wsdl].map(([path, text]) => [join('schemas/dhcp-server', path), text] as const),
  ]);

  it.each([...expected.keys()])('%s is what the schemas say; otherwise run npm run generate', (path) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(expected.get(path));
  });

  it('have no strays beside them', () => {
    const wsdl = filesBelow('schemas/dhcp-server').filter((path) => path.endsWith('.wsdl'));
    const present = [...filesBelow('lib/dhcp-server/generated'), ...filesBelow('docs/cmdlets'), ...wsdl];
    expect(present.sort()).toEqual([...expected.keys()].sort());
  });

  it('say no default', () => {
    const said = [...output.modules].flatMap(([path, text]) =>
      path.startsWith('definitions/')
        ? (text.match(/\b(?!value:)\w+: (?:\[\]|false|'\(All\)')/g) ?? []).map((line) => path + line)
        : [],
    );
    expect(said).toEqual([]);
  });

  it('do not depend on the order of the sources', () => {
    const reversed = generate({
      cdxml: schemaFiles('.cdxml').reverse(),
      mof: schemaFiles('.mof').reverse(),
      schemaFolder: 'schemas/dhcp-server',
      wsdlClasses: WSDL_CLASSES,
      scriptCmdlets: scriptCmdlets(),
    });
    expect([...reversed.modules].sort()).toEqual([...output.modules].sort());
    expect([...reversed.wsdl].sort()).toEqual([...output.wsdl].sort());
  });

  it('have no code of a cmdlet: each function hands its definition to the engine', () => {
    for (const [path, text] of output.modules) {
      if (!path.startsWith('cmdlets/')) continue;
      const body = text.slice(text.lastIndexOf('\nexport const '));
      expect(body).toMatch(
        /^\nexport const (\w+) = cmdletFunction<[\w\s,]+>\(\n {2}\(\) => \(require\('(\S+)'\) as typeof import\('\2'\)\)\.\1Definition,\n\);\n$/,
      );
    }
  });
});
