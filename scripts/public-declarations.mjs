// The declarations of dist/ as the compiler reads them: what each entry point exports, and what those exports mention. As a program it prints
// `entry: Name (file), mentioned by …` for every type that no entry point gives a name, and ends with 1 when there is one.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SyntaxKind } from 'typescript/unstable/ast';
import { API, SymbolFlags } from 'typescript/unstable/sync';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const CONFIGURATION = `${ROOT}/scripts/tsconfig.public.json`;

/** Opens what was built last. `close` ends the compiler's process. */
export function openDeclarations() {
  const api = new API({ cwd: ROOT });
  const project = api.updateSnapshot({ openProjects: [CONFIGURATION] }).getProject(CONFIGURATION);
  const { checker, program } = project;

  const target = (symbol) => (symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  const isOurs = (symbol) => symbol.declarations.some(({ path }) => path.startsWith(`${ROOT}/dist/types/`));

  /** The symbols of ours that names of types stand for. */
  const resolve = (names) =>
    checker
      .getSymbolAtLocation(names)
      .filter((found) => found !== undefined)
      .map(target)
      .filter(
        (found) =>
          (found.flags & (SymbolFlags.TypeParameter | SymbolFlags.Variable | SymbolFlags.ValueModule)) === 0 &&
          isOurs(found),
      );

  /** Entry → what it exports: the name, and the symbol that it stands for. */
  const entries = new Map(
    project.rootFiles.map((file) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(file));
      const exports = checker.getExportsOfModule(module);
      const named = exports.map((symbol) => ({ name: symbol.name, symbol: target(symbol) }));
      return [relative(`${ROOT}/dist`, file).replace(/\.d\.ts$/, ''), named];
    }),
  );

  return {
    project,
    entries,
    resolve,
    close: () => api.close(),
    /** The symbols of ours that the declarations of a symbol mention, without type parameters, and what `typeof` takes of constants and whole modules. */
    mentionedBy(symbol) {
      const nodes = symbol.declarations
        .filter(({ path }) => path.startsWith(ROOT))
        .map((handle) => handle.resolve(project));
      return resolve(nodes.flatMap((node) => typeNames(node)));
    },
  };
}

/** The names of types in a declaration: what is referred to, inherited, asked for by `typeof`, or imported in place. */
function typeNames(node, found = []) {
  if (node.modifiers?.some(({ kind }) => kind === SyntaxKind.PrivateKeyword)) return found;
  if (node.kind === SyntaxKind.TypeReference) found.push(node.typeName);
  else if (node.kind === SyntaxKind.ExpressionWithTypeArguments) found.push(node.expression);
  else if (node.kind === SyntaxKind.TypeQuery) found.push(node.exprName);
  else if (node.kind === SyntaxKind.ImportType) found.push(node.qualifier);
  node.forEachChild((child) => {
    typeNames(child, found);
  });
  return found;
}

/** Entry, name, file and who mentions it, for each symbol that is mentioned and exported by no entry. */
export function unnamedTypes({ entries, mentionedBy }) {
  const exported = new Set([...entries.values()].flat().map(({ symbol }) => symbol.id));
  return [...entries].flatMap(([entry, exports]) => {
    const unnamed = new Map();
    for (const { name, symbol } of exports) {
      for (const mentioned of mentionedBy(symbol).filter(({ id }) => !exported.has(id))) {
        const by = unnamed.get(mentioned) ?? new Set();
        unnamed.set(mentioned, by.add(name));
      }
    }
    return [...unnamed].map(([{ name, declarations }, by]) => ({
      entry,
      name,
      file: relative(`${ROOT}/dist/types`, declarations[0].path),
      by: [...by],
    }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const declarations = openDeclarations();
  const unnamed = unnamedTypes(declarations);
  for (const [entry, exports] of declarations.entries) console.log(`${entry} exports ${exports.length} names`);
  declarations.close();
  for (const { entry, name, file, by } of unnamed) {
    console.log(`${entry}: ${name} (${file}), mentioned by ${by.slice(0, 3).join(', ')}`);
  }
  process.exitCode = unnamed.length > 0 ? 1 : 0;
}
