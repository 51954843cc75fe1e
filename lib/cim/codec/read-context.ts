import type { CimInstanceOrigin } from '../instance/instance-origin.js';
import type { CimClassDeclaration } from '../value/class-declaration.js';

/** Finds a class declaration by name, whatever its case. */
export type ClassLookup = (className: string) => CimClassDeclaration | undefined;

/** What the readers of values need to know beside the element. */
export interface ReadContext {
  /** Namespace of classes whose URI names none. */
  readonly namespace: string;
  /** The known classes; others are read by `xsi:type`. */
  readonly classes?: ClassLookup | undefined;
  /** Goes into each instance. */
  readonly origin?: CimInstanceOrigin | undefined;
  /**
   * A reference that names nothing, or by a key that is not of its type, is an error. Default false: it is null, or has the key as text,
   * so that the rest of a result that it stands in is not lost.
   */
  readonly refusesBadReferences?: boolean | undefined;
}

const embeddedOrigins = new WeakMap<CimInstanceOrigin, CimInstanceOrigin>();
const EMBEDDED: CimInstanceOrigin = { isEmbedded: true };

/** The context of what stands within an instance: that has the PSComputerName. */
export function within(context: ReadContext): ReadContext {
  const { origin } = context;
  if (origin?.isEmbedded === true) return context;
  let embedded = origin === undefined ? EMBEDDED : embeddedOrigins.get(origin);
  if (origin !== undefined && embedded === undefined) {
    embedded = { ...origin, isEmbedded: true };
    embeddedOrigins.set(origin, embedded);
  }
  return { ...context, origin: embedded };
}

const lookups = new WeakMap<readonly CimClassDeclaration[], ClassLookup>();

/** A lookup over some declarations, made once for each array. */
export function classLookup(declarations: readonly CimClassDeclaration[]): ClassLookup {
  const known = lookups.get(declarations);
  if (known !== undefined) return known;
  const byName = new Map(declarations.map((declaration) => [declaration.className.toLowerCase(), declaration]));
  const exact = new Map(declarations.map((declaration) => [declaration.className, declaration]));
  const lookup: ClassLookup = (name) => exact.get(name) ?? byName.get(name.toLowerCase());
  lookups.set(declarations, lookup);
  return lookup;
}
