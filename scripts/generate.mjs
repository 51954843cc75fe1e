// Writes lib/dhcp-server/generated, docs/cmdlets and the WSDL beside the schemas from schemas/dhcp-server: a WSDL for each class that has
// one there, be it empty. `--check` writes nothing and fails when they differ.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireTypeScript } from './load-typescript.mjs';

const SCHEMAS = 'schemas/dhcp-server';
const MODULES = 'lib/dhcp-server/generated';
const PAGES = 'docs/cmdlets';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { generate } = requireTypeScript('./lib/schema/generator/generate.ts');

const sources = (extension) =>
  readdirSync(SCHEMAS)
    .filter((fileName) => fileName.endsWith(extension))
    .map((fileName) => ({ fileName, text: readFileSync(join(SCHEMAS, fileName), 'utf8') }));

// The two functions of the module's script are written by hand; their help stands beside the schemas.
const help = JSON.parse(readFileSync(join(SCHEMAS, 'script-cmdlets.json'), 'utf8'));
const scriptCmdlets = [
  requireTypeScript('./lib/dhcp-server/export/export-definition.ts').exportDhcpServerDefinition,
  requireTypeScript('./lib/dhcp-server/import/import-definition.ts').importDhcpServerDefinition,
].map((definition) => ({ definition, help: help[definition.name] }));

const wsdlClasses = sources('.wsdl').map(({ fileName }) => fileName.replace(/\.wsdl$/, ''));
const { modules, pages, wsdl } = generate({
  cdxml: sources('.cdxml'),
  mof: sources('.mof'),
  schemaFolder: SCHEMAS,
  wsdlClasses,
  scriptCmdlets,
});

const wanted = new Map([
  ...[...modules].map(([path, text]) => [join(MODULES, path), text]),
  ...[...pages].map(([path, text]) => [join(PAGES, path), text]),
  ...[...wsdl].map(([path, text]) => [join(SCHEMAS, path), text]),
]);
const present = [
  ...[MODULES, PAGES].flatMap((folder) => filesBelow(folder)),
  ...filesBelow(SCHEMAS).filter((path) => path.endsWith('.wsdl')),
];
const stale = present.filter((path) => !wanted.has(path));
const changed = [...wanted].filter(([path, text]) => !present.includes(path) || readFileSync(path, 'utf8') !== text);

if (process.argv.includes('--check')) {
  const differing = [...stale, ...changed.map(([path]) => path)].sort();
  for (const path of differing) console.error(`${path} is not what the schemas say; run: npm run generate`);
  process.exitCode = differing.length > 0 ? 1 : 0;
} else {
  for (const path of stale) rmSync(path);
  for (const [path, text] of changed) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  console.log(`${changed.length} of ${wanted.size} files written, ${stale.length} removed.`);
}

function filesBelow(folder) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
