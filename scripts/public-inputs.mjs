// What a caller writes, by the declarations of dist/: the types that the parameters of public functions mention, and what those are made of. As a program it
// prints their number, and each optional member that does not take `undefined`: with exactOptionalPropertyTypes `{ credential: known ? … : undefined }`
// does not compile there. It ends with 1 when there is one.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SyntaxKind } from 'typescript/unstable/ast';
import { openDeclarations } from './public-declarations.mjs';

const TYPES = fileURLToPath(new URL('../dist/types/', import.meta.url));

/** What a program writes by hand. Other types of parameters are what the library gave before, or gives to a provider or a transport. */
const WRITTEN =
  /^(?!Gss)(?:\w*(?:Options|Settings|Description|Parts|Parameters|Input)|Cim\w*(?:Credential|Proxy|ConnectTo|Request|Invocation)|LabFault)$/;

/** A password of a variable that is not set must not mean that somebody's ticket is taken. */
const MUST_BE_GIVEN = new Set(['CimCredential.password']);

const TAKES_UNDEFINED = new Set([SyntaxKind.UndefinedKeyword, SyntaxKind.UnknownKeyword, SyntaxKind.NeverKeyword]);
const CALLS = new Set([
  SyntaxKind.FunctionType,
  SyntaxKind.MethodSignature,
  SyntaxKind.CallSignature,
  SyntaxKind.ConstructSignature,
]);

/** The name of the type that a node refers to, inherits or imports in place. */
function typeNameOf({ kind, typeName, expression, qualifier }) {
  if (kind === SyntaxKind.TypeReference) return typeName;
  if (kind === SyntaxKind.ExpressionWithTypeArguments) return expression;
  return kind === SyntaxKind.ImportType ? qualifier : undefined;
}

/** Names of types, and members, within what a caller gives. Of a function that is given it is what it returns: its parameters are ours. */
function writtenIn(node, found) {
  if (CALLS.has(node.kind)) {
    if (node.type !== undefined) writtenIn(node.type, found);
    return;
  }
  const name = typeNameOf(node);
  if (name !== undefined) found.names.push(name);
  else if (node.kind === SyntaxKind.PropertySignature) found.members.push(node);
  node.forEachChild((child) => {
    writtenIn(child, found);
  });
}

/** The types of the parameters of a function, or of all that a class or an interface has. */
function parameterTypes(node, found = []) {
  if (node.modifiers?.some(({ kind }) => kind === SyntaxKind.PrivateKeyword)) return found;
  if (node.kind === SyntaxKind.Parameter) {
    if (node.type !== undefined) found.push(node.type);
    return found;
  }
  node.forEachChild((child) => {
    parameterTypes(child, found);
  });
  return found;
}

const takesUndefined = (type) =>
  TAKES_UNDEFINED.has(type.kind) || (type.kind === SyntaxKind.UnionType && type.types.some(takesUndefined));

/** The type that a member stands in. */
function ownerOf(member) {
  const isType = ({ kind }) => kind === SyntaxKind.InterfaceDeclaration || kind === SyntaxKind.TypeAliasDeclaration;
  let node = member.parent;
  while (node !== undefined && !isType(node)) node = node.parent;
  return node?.name.text;
}

/** The optional members of what a caller writes, each `{ name, file, isStrict }`. */
export function optionalMembers({ project, entries, resolve }) {
  const seen = new Set();
  const members = new Map();
  const declarationsOf = (symbol) => symbol.declarations.map((handle) => handle.resolve(project));
  const take = (nodes) => {
    const found = { names: [], members: [] };
    for (const node of nodes) writtenIn(node, found);
    for (const member of found.members) {
      const owner = ownerOf(member);
      const file = relative(TYPES, member.getSourceFile().fileName);
      if (member.postfixToken === undefined || owner === undefined || !WRITTEN.test(owner)) continue;
      const name = `${owner}.${member.name.text}`;
      const isStrict = !takesUndefined(member.type) && !MUST_BE_GIVEN.has(name);
      members.set(`${file}:${member.pos}`, { name, file, isStrict });
    }
    for (const symbol of resolve(found.names).filter(({ id }) => !seen.has(id))) {
      seen.add(symbol.id);
      take(declarationsOf(symbol).filter(({ kind }) => kind !== SyntaxKind.ClassDeclaration));
    }
  };
  for (const { symbol } of [...entries.values()].flat()) {
    const nodes = declarationsOf(symbol);
    take(nodes.flatMap((node) => parameterTypes(node)));
    // The functions of cmdlets are constants, of a type that has the calls, with the parameters as its arguments.
    const references = nodes.flatMap(({ kind, type }) =>
      kind === SyntaxKind.VariableDeclaration && type !== undefined ? [type] : [],
    );
    take(references.flatMap(({ typeArguments }) => typeArguments ?? []));
    const types = resolve(references.map(typeNameOf).filter((name) => name !== undefined));
    take(types.flatMap(declarationsOf).flatMap((node) => parameterTypes(node)));
  }
  return [...members.values()];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const declarations = openDeclarations();
  const members = optionalMembers(declarations);
  declarations.close();
  const strict = members.filter(({ isStrict }) => isStrict);
  console.log(`${members.length} optional members`);
  for (const { name, file } of strict) console.log(`${name} (${file}) does not take undefined`);
  process.exitCode = strict.length > 0 ? 1 : 0;
}
