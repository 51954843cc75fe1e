import { internalized } from '../text/internalized.js';
import { malformed, quoted } from '../text/malformed.js';
import type { NamespaceScope } from '../tree/element.js';

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

const MOST_REMEMBERED = 512;
const LONGEST_REMEMBERED = 256;
const remembered = new Map<string, string>();

/** One `xmlns` or `xmlns:prefix` attribute; the prefix is empty for the default namespace. */
export interface NamespaceDeclaration {
  readonly prefix: string;
  readonly namespace: string;
}

/** A scope together with what its declarations hide, to be put back when its element ends. */
export class DeclaredScope implements NamespaceScope {
  readonly declarations = new Map<string, string>();
  readonly declared: NamespaceDeclaration[] = [];
  readonly hidden: (string | undefined)[] = [];

  constructor(readonly parent: DeclaredScope | undefined) {}

  /** Whether it was made of these very declarations, in their order. */
  isOf(parent: DeclaredScope | undefined, declared: readonly NamespaceDeclaration[]): boolean {
    if (this.parent !== parent || this.declared.length !== declared.length) return false;
    for (const [index, { prefix, namespace }] of declared.entries()) {
      const own = this.declared[index];
      if (own?.prefix !== prefix || own.namespace !== namespace) return false;
    }
    return true;
  }
}

/** The prefixes in force where the reader is: one look-up finds a namespace, however deep its declaration lies. */
export class NamespaceBindings {
  readonly #bound = new Map<string, string | undefined>([['xml', XML]]);
  /** Siblings mostly repeat the declarations of the sibling before them; such a scope is made once. */
  #latest: DeclaredScope | undefined;
  /** What was resolved last; neighbours mostly have the same prefix. */
  #prefix = '';
  #namespace = '';

  /** The namespace of a prefix (empty: the default one, which may be none); `ERR_XML` when the prefix is not declared. */
  resolve(prefix: string): string {
    if (prefix === this.#prefix) return this.#namespace;
    const namespace = this.#bound.get(prefix) ?? (prefix === '' ? '' : undefined);
    if (namespace === undefined) throw malformed(`the prefix ${quoted(prefix)} is not declared`);
    this.#prefix = prefix;
    this.#namespace = namespace;
    return namespace;
  }

  /** The scope of an element within `outer` that has these declarations; not entered yet. */
  scopeWithin(outer: DeclaredScope | undefined, declared: readonly NamespaceDeclaration[]): DeclaredScope | undefined {
    if (declared.length === 0) return outer;
    if (this.#latest?.isOf(outer, declared)) return this.#latest;
    const scope = new DeclaredScope(outer);
    for (const { prefix, namespace } of declared) {
      checkDeclaration(prefix, namespace);
      if (scope.declarations.has(prefix))
        throw malformed(`the prefix ${quoted(prefix)} is declared twice on one element`);
      const own = kept(namespace);
      scope.declarations.set(prefix, own);
      scope.declared.push({ prefix, namespace: own });
      scope.hidden.push(this.#bound.get(prefix));
    }
    this.#latest = scope;
    return scope;
  }

  enter(scope: DeclaredScope): void {
    for (const { prefix, namespace } of scope.declared) this.#bound.set(prefix, namespace);
    this.#forget();
  }

  leave(scope: DeclaredScope): void {
    const { declared, hidden } = scope;
    for (let index = 0; index < declared.length; index++) this.#bound.set(declared[index]?.prefix ?? '', hidden[index]);
    this.#forget();
  }

  #forget(): void {
    this.#prefix = '';
    this.#namespace = this.#bound.get('') ?? '';
  }
}

function kept(namespace: string): string {
  const known = remembered.get(namespace);
  if (known !== undefined) return known;
  const own = internalized(namespace);
  if (own.length <= LONGEST_REMEMBERED && remembered.size < MOST_REMEMBERED) remembered.set(own, own);
  return own;
}

/** Namespaces in XML 1.0, section 3 (reserved prefixes) and section 5 (no undeclaring of a prefix). */
function checkDeclaration(prefix: string, namespace: string): void {
  if (prefix === 'xmlns') throw malformed('the prefix "xmlns" must not be declared');
  if ((prefix === 'xml') !== (namespace === XML)) {
    throw malformed(
      prefix === 'xml' ? 'the prefix "xml" means another namespace' : `only the prefix "xml" may mean ${XML}`,
    );
  }
  if (namespace === XMLNS) throw malformed(`no prefix may mean ${XMLNS}`);
  if (namespace === '' && prefix !== '')
    throw malformed(`the prefix ${quoted(prefix)} is declared without a namespace`);
}
