// What an entry of the package is: a CommonJS file whose names are loaded when they are first asked for, an ES module over it, and an ES module for
// bundlers, of which they can leave out what an application does not use. None of them holds code of the library: that is in dist/chunks alone.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

const require = createRequire(import.meta.url);
const LOADED = /^var (\w+) = require\('\.\/(chunks\/[\w-]+\.js)'\);$/;
const EXPORTED = /^exports\.(\w+) = (\w+)\.(\w+);$/;
const WITHOUT_NAME = /^require\('[^']+'\);$/;

/** From which chunk each name comes: `[{ file, names: [[exported, local], …] }, …]`, read from what rollup wrote for a file that exports again. */
function partsOf({ code, modules, name }) {
  const owners = new Map();
  const parts = new Map();
  for (const line of code.split('\n')) {
    const [, owner, file] = LOADED.exec(line) ?? [];
    const [, exported, from, local] = EXPORTED.exec(line) ?? [];
    if (owner !== undefined) owners.set(owner, file);
    else if (exported !== undefined) {
      const file = owners.get(from);
      parts.set(file, [...(parts.get(file) ?? []), [exported, local]]);
    } else if (line !== '' && line !== "'use strict';" && !WITHOUT_NAME.test(line) && !line.startsWith('//#')) {
      const own = Object.entries(modules).filter(([, { renderedLength }]) => renderedLength > 0);
      throw new Error(
        `The entry ${name} is to hold no code, and has "${line}". Give a chunk of their own (scripts/chunks.mjs) to: ${own.map(([id]) => id).join(', ')}`,
      );
    }
  }
  return [...parts].map(([file, names]) => ({ file, names }));
}

const spelled = ([exported, local]) => (exported === local ? exported : `${exported}=${local}`);

/** Each name is a property that becomes what it stands for when it is read or written, and is then like any other. */
const commonJs = (parts) => `'use strict';
const later = (load, names) => {
for (const [name, local = name] of names.split(' ').map((text) => text.split('='))) {
const settle = (value) => {
Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
return value;
};
Object.defineProperty(exports, name, { get: () => settle(load()[local]), set: settle, enumerable: true, configurable: true });
}
};
${parts.map(({ file, names }) => `later(() => require('./${file}'), '${names.map(spelled).join(' ')}');\n`).join('')}`;

const esModule = (name, parts) => {
  const names = parts.flatMap((part) => part.names.map(([exported]) => exported)).sort();
  return `import implementation from './${name}.js';\nexport const {\n${names.map((each) => `  ${each},\n`).join('')}} = implementation;\n`;
};

const forBundlers = (parts, single) =>
  parts
    .flatMap(({ file, names }) => {
      const others = names.filter(([exported]) => !single.has(exported));
      const alone = names.flatMap(([exported]) =>
        single.has(exported) ? [`export { ${exported} } from './${single.get(exported)}';\n`] : [],
      );
      const list = others.map(([exported, local]) => (exported === local ? exported : `${local} as ${exported}`));
      return list.length === 0 ? alone : [`export { ${list.join(', ')} } from '../${file}';\n`, ...alone];
    })
    .join('');

const FUNCTION = /^export const (\w+) = cmdletFunction\(\(\) => require\('([^']+)'\)\.(\w+)\);$/m;

/**
 * The functions of cmdlets once more, each in a file of its own beside a chunk of all: one file is what a process loads fastest, and what a
 * bundler must take whole. What they load, and so every class, is the same. Gives the file of each function by its name.
 */
function singleFunctions(folder, compiled, fileOfModule) {
  const engine = `../../${fileOfModule('cmdlet/cmdlet-function')}`;
  mkdirSync(join(folder, 'bundler/cmdlets'), { recursive: true });
  return new Map(
    compiled.map((file) => {
      const [, name, path, definition] = FUNCTION.exec(readFileSync(file, 'utf8')) ?? [];
      if (path === undefined) throw new Error(`${file} is no function of a cmdlet that loads its definition.`);
      const chunk = `../../${fileOfModule(basename(path, '.js'))}`;
      const single = `cmdlets/${basename(file)}`;
      writeFileSync(
        join(folder, 'bundler', single),
        `'use strict';\nconst { cmdletFunction } = require('${engine}');\nexports.${name} = cmdletFunction(() => require('${chunk}').${definition});\n`,
      );
      return [name, single];
    }),
  );
}

/**
 * Writes the files of the entries over what rollup wrote for them.
 * @param output what rollup wrote
 * @param compiled the compiled modules of which each is the function of one cmdlet
 * @param entries name → module below lib/, for the types
 */
export function writeEntryFiles(folder, output, compiled, entries) {
  const chunks = output.filter(({ type }) => type === 'chunk');
  const fileOfModule = (module) => {
    const holds = ({ facadeModuleId, moduleIds }) =>
      [facadeModuleId, ...moduleIds].some((id) => id?.endsWith(`/${module}.js`));
    // What is required by name is a file of its own; what stands among others is in the chunk that has it.
    const found = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${module}.js`)) ?? chunks.find(holds);
    if (found === undefined) throw new Error(`${module} is in no chunk.`);
    return found.fileName;
  };
  const single = singleFunctions(folder, compiled, fileOfModule);
  for (const [name, module] of Object.entries(entries)) {
    const parts = partsOf(chunks.find((chunk) => chunk.name === name));
    writeFileSync(join(folder, `${name}.js`), commonJs(parts));
    rmSync(join(folder, `${name}.js.map`), { force: true });
    writeFileSync(join(folder, `${name}.mjs`), esModule(name, parts));
    writeFileSync(join(folder, `bundler/${name}.mjs`), forBundlers(parts, single));
    for (const extension of ['d.ts', 'd.mts']) {
      // The types are built on Node's. TypeScript 7 reads those only when somebody asks for them.
      writeFileSync(
        join(folder, `${name}.${extension}`),
        `/// <reference types="node" />\nexport * from './types/${module}.js';\n`,
      );
    }
    const values = Object.entries(require(join(folder, `${name}.js`)));
    const missing = values.filter(([, value]) => value === undefined);
    if (values.length === 0 || missing.length > 0) throw new Error(`${name} does not have: ${missing.join(', ')}`);
  }
}
