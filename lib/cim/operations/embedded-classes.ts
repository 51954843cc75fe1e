import type { Deadline } from '../../base/deadline.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { readXsiType } from '../codec/xsi-type.js';
import { shapeOf, slotOf } from '../instance/instance-shape.js';
import type { CimClassDeclaration, CimValueDeclaration } from '../value/class-declaration.js';
import type { ClassCache } from './class-cache.js';

/** The declaration of a property or parameter by its name, whatever its case; undefined when nobody declared it. */
export type MemberLookup = (name: string) => CimValueDeclaration | undefined;

/** Instances within instances are looked at this far. */
const DEEPEST = 16;

export function membersOf(declaration: CimClassDeclaration | undefined): MemberLookup {
  if (declaration === undefined) return () => undefined;
  const shape = shapeOf(declaration);
  return (name) => {
    const slot = slotOf(shape, name);
    return slot === undefined ? undefined : declaration.properties[slot];
  };
}

const holding = new WeakMap<CimClassDeclaration, boolean>();

/** An instance of the class may hold others; nothing of one that may not is looked at. */
export function mayEmbed(declaration: CimClassDeclaration | undefined): boolean {
  if (declaration === undefined) return true;
  let may = holding.get(declaration);
  if (may === undefined) {
    may = declaration.properties.some(({ type }) => type === 'instance');
    holding.set(declaration, may);
  }
  return may;
}

/**
 * Fetches the classes of the instances that `element` holds, those within them too: what `xsi:type` says they are, else what the
 * EmbeddedInstance qualifier says. Without them their values would be typed or not by what else the session has asked for.
 * Undefined when all of them are known, as far as they can be. One that cannot be had is no reason to fail: its instances are read by what they
 * say themselves. Rejects only when the deadline is done.
 */
export function fetchEmbeddedClasses(
  { classes, namespace }: { readonly classes: ClassCache; readonly namespace: string },
  element: XmlElement,
  members: MemberLookup,
  deadline: Deadline,
): Promise<void> | undefined {
  const tried = new Set<string>();
  const missing = () => missingClasses(classes, namespace, element, members, tried);
  const first = missing();
  if (first.size === 0) return undefined;
  return (async () => {
    for (let wanted = first; wanted.size > 0; wanted = missing()) {
      for (const name of wanted) tried.add(name.toLowerCase());
      await Promise.all([...wanted].map((name) => found(classes, namespace, name, deadline)));
    }
  })();
}

async function found(
  classes: ClassCache,
  namespace: string,
  name: string,
  deadline: Deadline,
): Promise<CimClassDeclaration | undefined> {
  try {
    return await classes.find(namespace, name, deadline);
  } catch {
    deadline.throwIfDone();
    return undefined;
  }
}

/**
 * Fetches the classes that these values are declared to be instances of, and those of their own properties. For values that come while
 * their operation holds its connection: then there may be no other one to fetch them on.
 */
export async function fetchDeclaredClasses(
  { classes, namespace }: { readonly classes: ClassCache; readonly namespace: string },
  declarations: readonly CimValueDeclaration[],
  deadline: Deadline,
): Promise<void> {
  const met = new Set<string>();
  let wanted = embeddedNames(declarations);
  for (let depth = 0; wanted.length > 0 && depth < DEEPEST; depth++) {
    for (const name of wanted) met.add(name.toLowerCase());
    const declarations = await Promise.all(wanted.map((name) => found(classes, namespace, name, deadline)));
    const inner = declarations.flatMap((declaration) =>
      declaration === undefined ? [] : embeddedNames(declaration.properties),
    );
    wanted = inner.filter((name) => !met.has(name.toLowerCase()));
  }
}

function embeddedNames(declarations: readonly CimValueDeclaration[]): string[] {
  return declarations.flatMap(({ type, className }) =>
    type === 'instance' && className !== undefined ? [className] : [],
  );
}

/** Each name is asked for once. */
function missingClasses(
  classes: ClassCache,
  namespace: string,
  element: XmlElement,
  members: MemberLookup,
  tried: ReadonlySet<string>,
): ReadonlySet<string> {
  const lookup = classes.lookup(namespace);
  const missing = new Set<string>();
  const visit = (owner: XmlElement, membersOfOwner: MemberLookup, depth: number): void => {
    for (const child of owner.children) {
      if (child.children.length === 0) continue;
      const declared = membersOfOwner(child.name);
      if (declared !== undefined && declared.type !== 'instance') continue;
      const { instance, names } = embedded(child, declared?.className);
      const unasked = names.find((name) => !classes.has(namespace, name) && !tried.has(name.toLowerCase()));
      const known = names.map(lookup).find((declaration) => declaration !== undefined);
      if (known === undefined && unasked !== undefined) missing.add(unasked);
      else if (known !== undefined && depth < DEEPEST && mayEmbed(known)) visit(instance, membersOf(known), depth + 1);
    }
  };
  visit(element, members, 0);
  return missing;
}

/** The element that has the properties, and the names of its class, the nearest first. */
function embedded(
  element: XmlElement,
  className: string | undefined,
): { readonly instance: XmlElement; readonly names: readonly string[] } {
  const [only] = element.children;
  const own = classOf(element);
  const inner = own === undefined && element.children.length === 1 && only !== undefined ? classOf(only) : undefined;
  const isWrapped =
    inner !== undefined ||
    (own === undefined && only !== undefined && only.name.toLowerCase() === className?.toLowerCase());
  const names = [own ?? inner, className].filter((name) => name !== undefined);
  return { instance: isWrapped && only !== undefined ? only : element, names };
}

function classOf(element: XmlElement): string | undefined {
  const type = readXsiType(element);
  return type?.kind === 'class' ? type.className : undefined;
}
