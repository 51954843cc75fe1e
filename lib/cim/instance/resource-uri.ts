import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import type { ResourceTarget } from '../../wsman/contract/wsman-client.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import { detachedText } from '../../xml/text/detached-text.js';

/**
 * How a CIM class is named in WS-Management; Windows takes both.
 * `dmtf` (DSP0227, what PowerShell's client sends): `…/cim-schema/2/CLASS`, the namespace in the selector `__cimnamespace`.
 * `wmi` (Microsoft's own): `…/wmi/NAMESPACE/CLASS`.
 */
export type ResourceUriSpelling = 'dmtf' | 'wmi';

/** The selector that carries the namespace beside a `dmtf` URI (DSP0227 5.1). */
export const NAMESPACE_SELECTOR = '__cimnamespace';

/** A class as a resource URI names it. */
export interface CimResource {
  readonly className: string;
  /** Undefined when neither the URI nor a selector names one. */
  readonly namespace: string | undefined;
  /** The selectors that are left: an instance's keys. */
  readonly keys: Readonly<Record<string, string>>;
}

/** `root\cimv2` and `/root/cimv2/` as `root/cimv2`. */
export function normalizeNamespace(namespace: string): string {
  const slashed = namespace.includes('\\') ? namespace.replaceAll('\\', '/') : namespace;
  let start = 0;
  let end = slashed.length;
  while (slashed[start] === '/') start++;
  while (end > start && slashed[end - 1] === '/') end--;
  return slashed.slice(start, end);
}

export function classResourceUri(namespace: string, className: string, spelling: ResourceUriSpelling = 'dmtf'): string {
  if (spelling === 'dmtf') return `${NS.cimSchema}/${className}`;
  return `${NS.wmi}/${normalizeNamespace(namespace)}/${className}`;
}

/** How a resource URI spells its class. */
export function spellingOf(resourceUri: string): ResourceUriSpelling {
  if (resourceUri === latestClass?.target.resourceUri) return latestClass.spelling;
  return afterPrefix(resourceUri.trim(), NS.wmi) === undefined ? 'dmtf' : 'wmi';
}

/** Where a request about a class, or about the instance with `keys`, goes. */
export function resourceTarget(
  namespace: string,
  className: string,
  options: { readonly spelling?: ResourceUriSpelling; readonly keys?: Readonly<Record<string, string>> } = {},
): ResourceTarget {
  const { spelling = 'dmtf', keys } = options;
  if (
    latestClass?.namespace !== namespace ||
    latestClass.className !== className ||
    latestClass.spelling !== spelling
  ) {
    const selectors = spelling === 'dmtf' ? namespaceSelector(namespace) : NO_SELECTORS;
    const resourceUri = detachedText(classResourceUri(namespace, className, spelling));
    latestClass = { namespace, className, spelling, target: Object.freeze({ resourceUri, selectors }) };
  }
  const { target } = latestClass;
  return keys === undefined ? target : { resourceUri: target.resourceUri, selectors: { ...target.selectors, ...keys } };
}

/** The class that was asked for last. */
let latestClass:
  | {
      readonly namespace: string;
      readonly className: string;
      readonly spelling: ResourceUriSpelling;
      readonly target: ResourceTarget;
    }
  | undefined;

const NO_SELECTORS: Readonly<Record<string, string>> = Object.freeze({});
let latest: { readonly namespace: string; readonly selectors: Readonly<Record<string, string>> } | undefined;

/** The same object for one namespace after another, so that its text is written once. */
function namespaceSelector(namespace: string): Readonly<Record<string, string>> {
  if (latest?.namespace !== namespace) {
    latest = { namespace, selectors: Object.freeze({ [NAMESPACE_SELECTOR]: normalizeNamespace(namespace) }) };
  }
  return latest.selectors;
}

const MOST_REMEMBERED = 64;
const LONGEST_REMEMBERED = 512;
/** Requests and replies name the same few classes again and again. */
const parsed = new BoundedMemo<string, CimResource | undefined>(MOST_REMEMBERED);

/** Reads either spelling back, whatever the case of the URI; undefined when the URI names no CIM class. */
export function parseCimResource(
  resourceUri: string,
  selectors: Readonly<Record<string, string>> = NO_SELECTORS,
): CimResource | undefined {
  if (selectors !== NO_SELECTORS) return parseResource(resourceUri, selectors);
  const known = parsed.get(resourceUri);
  if (known !== undefined || parsed.has(resourceUri)) return known;
  const resource = parseResource(resourceUri, selectors);
  if (resourceUri.length <= LONGEST_REMEMBERED) parsed.set(detachedText(resourceUri), resource);
  return resource;
}

/**
 * What a reference names, whoever's URI it has: below prefixes of their own Dell, Intel and others name their classes as DMTF does, by the
 * last segment (DSP0227 5.1). Undefined when there is none.
 */
export function parseReferencedResource(
  resourceUri: string,
  selectors: Readonly<Record<string, string>>,
): CimResource | undefined {
  const known = parseResource(resourceUri, selectors);
  if (known !== undefined) return known;
  const uri = bareUri(resourceUri);
  const className = uri.slice(uri.lastIndexOf('/') + 1);
  return className === '' ? undefined : { className, ...splitSelectors(selectors) };
}

/** Selectors as the namespace and the keys that they name. */
export function splitSelectors(selectors: Readonly<Record<string, string>>): Pick<CimResource, 'namespace' | 'keys'> {
  const keys: Record<string, string> = Object.create(null);
  let namespace: string | undefined;
  for (const [name, value] of Object.entries(selectors)) {
    if (name.toLowerCase() === NAMESPACE_SELECTOR) namespace = normalizeNamespace(value);
    else keys[name] = value;
  }
  return { namespace, keys };
}

/** CIM compares names without case (DSP0004 5.1.2.10). */
export function isSameName(one: string, other: string): boolean {
  return one === other || one.toLowerCase() === other.toLowerCase();
}

function bareUri(resourceUri: string): string {
  const whole = resourceUri.trim();
  const tail = whole.search(/[?#]/);
  return tail < 0 ? whole : whole.slice(0, tail);
}

function parseResource(resourceUri: string, selectors: Readonly<Record<string, string>>): CimResource | undefined {
  const { namespace, keys } = splitSelectors(selectors);
  const uri = bareUri(resourceUri);
  const wmi = afterPrefix(uri, NS.wmi);
  if (wmi !== undefined) {
    const slash = wmi.lastIndexOf('/');
    if (slash <= 0 || slash === wmi.length - 1) return undefined;
    return { className: wmi.slice(slash + 1), namespace: normalizeNamespace(wmi.slice(0, slash)), keys };
  }
  const className = afterPrefix(uri, NS.cimSchema);
  if (className === undefined || className === '' || className.includes('/')) return undefined;
  return { className, namespace, keys };
}

function afterPrefix(uri: string, prefix: string): string | undefined {
  const start = `${prefix}/`;
  return uri.slice(0, start.length).toLowerCase() === start.toLowerCase() ? uri.slice(start.length) : undefined;
}
