// Bundles the page of the console: the document, a sheet, and two scripts, of which the second comes when the first screen is there. Nothing in it is loaded from elsewhere.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify, transform } from '@swc/core';
import { rollup } from 'rollup';

const folder = fileURLToPath(new URL('../page', import.meta.url));

/** `./x.js` in TypeScript is `./x.ts` or `./x.tsx`; what has a name of its own is a package. */
const typescript = {
  name: 'typescript',
  resolveId(id, importer) {
    if (!id.startsWith('.')) return importer === undefined ? null : fileURLToPath(import.meta.resolve(id));
    const source = resolve(dirname(importer ?? ''), id);
    const written = [source.replace(/\.js$/, '.ts'), source.replace(/\.js$/, '.tsx')];
    return written.find((path) => existsSync(path)) ?? source;
  },
  async transform(code, id) {
    if (!/\.tsx?$/.test(id)) return null;
    // Elements as calls with their children as arguments: a tenth shorter than with children as a property.
    const source = id.endsWith('x') ? `import { Fragment, h } from 'preact';\n${code}` : code;
    const { code: text } = await transform(source, {
      filename: id,
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        target: 'es2022',
        transform: { react: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } },
      },
    });
    return { code: text, map: null };
  },
};

/** Comments and the space between words that are apart already. Texts in quotes have neither in this sheet. */
export function smallSheet(css) {
  return css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(/: (?=[^{}]*[;}])/g, ':')
    .replaceAll(';}', '}')
    .trim();
}

/** What the first screens import: it stands in the first script, also where the second one needs it. */
function isReached(from, id, getModuleInfo) {
  const seen = new Set([from]);
  for (const one of seen) for (const next of getModuleInfo(one)?.importedIds ?? []) seen.add(next);
  return seen.has(id);
}

/** The page, whole and small. */
export async function buildPage(out = join(folder, '../dist/page')) {
  const input = join(folder, 'main.tsx');
  const bundle = await rollup({ input, preserveEntrySignatures: false, plugins: [typescript] });
  const { output } = await bundle.generate({
    format: 'es',
    entryFileNames: 'console.js',
    chunkFileNames: '[name].js',
    manualChunks: (id, { getModuleInfo }) => (isReached(input, id, getModuleInfo) ? 'console' : 'later'),
  });
  await bundle.close();
  mkdirSync(out, { recursive: true });
  for (const { fileName, code } of output) {
    const options = { module: true, ecma: 2022, compress: { passes: 2 }, mangle: true, format: { comments: false } };
    writeFileSync(join(out, fileName), (await minify(code, options)).code);
  }
  writeFileSync(join(out, 'console.css'), smallSheet(readFileSync(join(folder, 'console.css'), 'utf8')));
  for (const name of ['index.html', 'icon.svg']) cpSync(join(folder, name), join(out, name));
}
