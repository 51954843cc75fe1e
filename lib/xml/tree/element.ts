/** One attribute; declarations (`xmlns…`) are not attributes, they are in the scope. */
export interface XmlAttribute {
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
}

/** The namespace declarations in force at an element: its own ones, then its parent's. */
export interface NamespaceScope {
  readonly declarations: ReadonlyMap<string, string>;
  readonly parent: NamespaceScope | undefined;
}

/** A small, finished subtree: one header, one instance, one fault. Whole replies never take this form. */
export class XmlElement {
  constructor(
    /** Namespace URI; empty for none. */
    readonly namespace: string,
    /** Local name. */
    readonly name: string,
    readonly attributes: readonly XmlAttribute[],
    readonly children: readonly XmlElement[],
    /** The element's own character data, concatenated, white space kept; that of its children is not in it. */
    readonly text: string,
    readonly scope: NamespaceScope | undefined,
  ) {}

  /** The value of an attribute, or undefined. Most attributes are in no namespace. */
  attribute(name: string, namespace = ''): string | undefined {
    for (const attribute of this.attributes) {
      if (attribute.name === name && attribute.namespace === namespace) return attribute.value;
    }
    return undefined;
  }

  /** The first child of that local name (and namespace, when given). */
  child(name: string, namespace?: string): XmlElement | undefined {
    for (const child of this.children) {
      if (child.name === name && (namespace === undefined || child.namespace === namespace)) return child;
    }
    return undefined;
  }

  childrenNamed(name: string, namespace?: string): XmlElement[] {
    return this.children.filter(
      (child) => child.name === name && (namespace === undefined || child.namespace === namespace),
    );
  }

  /** The namespace bound to a prefix here (`''` is the default namespace), for QNames in content such as `xsi:type`. */
  resolvePrefix(prefix: string): string | undefined {
    for (let scope = this.scope; scope; scope = scope.parent) {
      const uri = scope.declarations.get(prefix);
      if (uri !== undefined) return uri;
    }
    return undefined;
  }
}
