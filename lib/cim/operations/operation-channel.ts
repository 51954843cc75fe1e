import type { Deadline } from '../../base/deadline.js';
import { invalidArgument } from '../../base/errors.js';
import { customOption } from '../../wsman/contract/custom-option.js';
import type { ResourceTarget, WsManClient, WsManOption } from '../../wsman/contract/wsman-client.js';
import { type ClassLookup, classLookup, type ReadContext } from '../codec/read-context.js';
import type { CimInstanceOrigin } from '../instance/instance-origin.js';
import type { ResourceUriSpelling } from '../instance/resource-uri.js';
import type { ClassCache } from './class-cache.js';
import type { CimReadOptions, CimRequestOptions } from './operation-options.js';

/** What can be asked of a session, as its methods are called; a streaming invocation is one, too. */
export type CimOperationName =
  | 'testConnection'
  | 'getInstance'
  | 'deleteInstance'
  | 'createInstance'
  | 'modifyInstance'
  | 'invokeMethod'
  | 'enumerateInstances'
  | 'queryInstances'
  | 'enumerateAssociatedInstances'
  | 'enumerateReferencingInstances'
  | 'getClass'
  | 'enumerateClasses'
  | 'subscribe';

/** What the operations need of their session. */
export interface OperationChannel {
  readonly client: WsManClient;
  readonly spelling: ResourceUriSpelling;
  readonly classes: ClassCache;
  /** Goes into every instance. */
  readonly origin: CimInstanceOrigin;
  /** @throws CimletError `ERR_SESSION_CLOSED` */
  readonly checkOpen: () => void;
  /** @throws CimletError `ERR_INVALID_ARGUMENT` for options that there are not, or of a wrong type. */
  readonly checkRequest: (operation: CimOperationName, request: object) => void;
  /** Makes the session's error of one from below. */
  readonly translate: (error: unknown) => unknown;
}

/** MS-WSMV 4.11.2: keeps a null array apart from an empty one. */
const PRECISE_ARRAYS: WsManOption = Object.freeze({
  name: 'msftwinrm:UsePreciseArrays',
  value: 'true',
  type: 'xs:boolean',
});

const NO_OTHERS: readonly WsManOption[] = [PRECISE_ARRAYS];

/** DSP0004 annex A: letters, digits and underscores; whatever is above ASCII counts as a letter. */
const CIM_NAME = /^[A-Za-z_\u0080-\uFFEF][\w\u0080-\uFFEF]*$/;

/** The options of a request, as they are sent. */
export function requestOptions(options: CimRequestOptions, ...more: readonly WsManOption[]): readonly WsManOption[] {
  const { operationOptions = [], customOptions } = options;
  if (operationOptions.length + more.length > 0) return [...more, ...ownOptions(customOptions), ...operationOptions];
  return customOptions === undefined ? NO_OTHERS : ownOptions(customOptions);
}

type CustomOptions = NonNullable<CimRequestOptions['customOptions']>;

let latest: { readonly customOptions: CustomOptions; readonly options: readonly WsManOption[] } | undefined;

function ownOptions(customOptions: CustomOptions = {}): readonly WsManOption[] {
  if (latest?.customOptions === customOptions) return latest.options;
  const custom = Object.entries(customOptions).map(([name, value]) => customOption(name, value));
  const options = [PRECISE_ARRAYS, ...custom];
  if (Object.isFrozen(customOptions)) latest = { customOptions, options };
  return options;
}

export function withResourceUri(target: ResourceTarget, { resourceUri }: CimRequestOptions): ResourceTarget {
  return resourceUri === undefined ? target : { ...target, resourceUri };
}

/** @throws CimletError `ERR_INVALID_ARGUMENT` when it is empty. */
export function checkNamespace(namespace: string | undefined): string {
  if (typeof namespace === 'string' && /[^\\/]/.test(namespace)) return namespace;
  throw invalidArgument('namespace', namespace, 'Give the CIM namespace, such as root/cimv2.');
}

/** @throws CimletError `ERR_INVALID_ARGUMENT` when it is not a name of a class. */
export function checkClassName(className: string | undefined, parameter = 'className'): string {
  if (typeof className === 'string' && CIM_NAME.test(className)) return className;
  throw invalidArgument(parameter, className, 'Give the name of a CIM class.');
}

/** How instances of a namespace are read: by the caller's declarations, else by the classes that the session knows. */
export function readContext(channel: OperationChannel, namespace: string, options: CimReadOptions): ReadContext {
  return { namespace, classes: knownClasses(channel, namespace, options), origin: channel.origin };
}

/** The classes by which instances of a namespace are read; undefined when the values themselves are to say it. */
export function knownClasses(
  channel: OperationChannel,
  namespace: string,
  options: CimReadOptions,
): ClassLookup | undefined {
  if (options.classes !== undefined) return classLookup(options.classes);
  return options.typeInformation === 'wire' ? undefined : channel.classes.lookup(namespace);
}

/** True when the class of an instance is to be fetched before the instance is read. */
export function fetchesClasses(options: CimReadOptions): boolean {
  return options.classes === undefined && options.typeInformation !== 'wire';
}

/** Fetches the class while something else is under way; its failure is not lost, and not unhandled either. */
export function prefetchClass(
  channel: OperationChannel,
  namespace: string,
  className: string,
  options: CimReadOptions,
  deadline: Deadline,
): Promise<unknown> {
  if (!fetchesClasses(options) || channel.classes.has(namespace, className)) return Promise.resolve();
  const fetching = channel.classes.find(namespace, className, deadline);
  fetching.catch(() => {});
  return fetching;
}
