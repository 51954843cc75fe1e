import type { ResourceTarget } from './operation-request.js';

/** Restricts an enumeration or a subscription to what fits. */
export type EnumerationFilter = WqlFilter | SelectorFilter | AssociationFilter | OtherFilter;

/** A query in WQL (MS-WSMV 3.1.4.1.13). Its target is a class, or all classes: `allClassesUri`. */
export interface WqlFilter {
  readonly kind: 'wql';
  readonly query: string;
}

/** Instances whose properties have these values (DSP0226 annex E). */
export interface SelectorFilter {
  readonly kind: 'selector';
  readonly selectors: Readonly<Record<string, string>>;
}

/**
 * `associated`: the instances at the other end of the associations of one instance; `associations`: those associations themselves
 * (DSP0227 8.2).
 */
export interface AssociationFilter {
  readonly kind: 'associated' | 'associations';
  readonly object: ResourceTarget;
  /** Only across associations of this class. For `associations` say it with `resultClassName`. */
  readonly associationClassName?: string;
  /** Property of the association that refers to `object`. */
  readonly role?: string;
  /** Only instances of this class. */
  readonly resultClassName?: string;
  /** Property of the association that refers to the result. */
  readonly resultRole?: string;
  /** Only these properties. */
  readonly includeResultProperties?: readonly string[];
}

/** Another dialect. */
export interface OtherFilter {
  readonly kind: 'other';
  /** URI of the dialect. */
  readonly dialect: string;
  /** Finished content of the Filter element: text that is escaped, or markup with every prefix declared. */
  readonly markup: string;
}

/** URIs of the dialects (MS-WSMV 3.1.4.1.13). */
export const FILTER_DIALECTS = {
  wql: 'http://schemas.microsoft.com/wbem/wsman/1/WQL',
  selector: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter',
  association: 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter',
  /** Taken for a filter that names no dialect (DSP0226 8.3). */
  xpath: 'http://www.w3.org/TR/1999/REC-xpath-19991116',
} as const;
