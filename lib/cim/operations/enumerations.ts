import { invalidArgument } from '../../base/errors.js';
import type { EnumerationFilter } from '../../wsman/contract/enumeration-filter.js';
import type { EnumerationItem } from '../../wsman/contract/enumeration-item.js';
import type {
  EnumerateRequest,
  EnumerationMode,
  PolymorphismMode,
  ResourceTarget,
} from '../../wsman/contract/wsman-client.js';
import { ALL_CLASSES, NS } from '../../wsman/envelope/namespaces.js';
import { XmlWriter } from '../../xml/writer.js';
import { itemDecoding } from '../codec/decoding.js';
import { instanceTarget } from '../codec/write-reference.js';
import { CimInstance, type TypedCimInstance } from '../instance/cim-instance.js';
import {
  NAMESPACE_SELECTOR,
  normalizeNamespace,
  type ResourceUriSpelling,
  resourceTarget,
} from '../instance/resource-uri.js';
import { type CimEnhancedOptions, enhancedOptions, isEnhanced } from './cim-enhanced-options.js';
import { mayEmbed } from './embedded-classes.js';
import { ItemSource } from './item-source.js';
import {
  type CimOperationName,
  checkClassName,
  checkNamespace,
  fetchesClasses,
  type OperationChannel,
  prefetchClass,
  readContext,
  requestOptions,
  withResourceUri,
} from './operation-channel.js';
import type { CimReadOptions, CimRequestOptions } from './operation-options.js';
import { pauseWhileAsked } from './pause-while-asked.js';
import { queriedClass } from './queried-class.js';
import { ItemReader } from './received-instance.js';
import { dispatchCallback, isOutcome } from './run-enhanced.js';
import { ServerPatience } from './server-patience.js';

/** What every enumeration takes. `timeoutMs` is for the whole of it; without one only the wait for the server has a limit. */
export interface CimEnumerationOptions extends CimRequestOptions, CimReadOptions, CimEnhancedOptions {
  /** Only the keys of each instance. */
  readonly keysOnly?: boolean | undefined;
  /** Greatest number of instances in one reply. Default 32,000: `maxEnvelopeSize` bounds the reply. */
  readonly maxElements?: number | undefined;
}

/** How instances of derived classes are given (MMI's polymorphism flags). Windows gives them whole whatever is asked for. */
export type CimPolymorphism = 'deep' | 'basePropertiesOnly' | 'shallow';

export interface CimEnumerateRequest extends CimEnumerationOptions {
  readonly namespace: string;
  readonly className: string;
  /** Default `deep`: whole instances of derived classes, too. */
  readonly polymorphism?: CimPolymorphism | undefined;
  /** Only instances whose properties have these values; the texts are compared on the server (DSP0226 annex E). */
  readonly selectors?: Readonly<Record<string, string>> | undefined;
}

export interface CimQueryRequest extends CimEnumerationOptions {
  readonly namespace: string;
  /** In WQL: `select * from Win32_Service where State = 'Stopped'`. */
  readonly query: string;
  /** Default `WQL`; else the URI of a dialect, whose text is sent as it is. */
  readonly queryDialect?: string | undefined;
}

export interface CimAssociatedRequest extends CimEnumerationOptions {
  /** The instance at this end. */
  readonly instance: CimInstance;
  /** Default: the instance's. */
  readonly namespace?: string | undefined;
  /** Only across associations of this class. */
  readonly associationClassName?: string | undefined;
  /** Only instances of this class. */
  readonly resultClassName?: string | undefined;
  /** Property of the association that refers to `instance`. */
  readonly sourceRole?: string | undefined;
  /** Property of the association that refers to the result. */
  readonly resultRole?: string | undefined;
}

export interface CimReferencingRequest extends CimEnumerationOptions {
  readonly instance: CimInstance;
  readonly namespace?: string | undefined;
  /** Only associations of this class. */
  readonly associationClassName?: string | undefined;
  readonly sourceRole?: string | undefined;
}

const POLYMORPHISM: Readonly<Record<CimPolymorphism, PolymorphismMode>> = {
  deep: 'IncludeSubClassProperties',
  basePropertiesOnly: 'ExcludeSubClassProperties',
  shallow: 'None',
};

/** @throws CimletError `ERR_INVALID_ARGUMENT` for anything else: the server would be asked for everything. */
function polymorphismMode(polymorphism: CimPolymorphism | undefined): PolymorphismMode | undefined {
  if (polymorphism === undefined) return undefined;
  if (Object.hasOwn(POLYMORPHISM, polymorphism)) return POLYMORPHISM[polymorphism];
  throw invalidArgument('polymorphism', polymorphism, `Give one of ${Object.keys(POLYMORPHISM).join(', ')}.`);
}

/** One enumeration, ready to be sent. */
interface Enumeration {
  readonly namespace: string;
  readonly target: ResourceTarget;
  readonly filter?: EnumerationFilter | undefined;
  readonly polymorphism?: PolymorphismMode | undefined;
  /** The class that most instances will be of. */
  readonly className?: string | undefined;
}

export function enumerateInstances<T extends object>(
  channel: OperationChannel,
  request: CimEnumerateRequest,
  patienceMs: number,
): AsyncGenerator<TypedCimInstance<T>, void, undefined> {
  return run(channel, 'enumerateInstances', request, patienceMs, () => {
    const { polymorphism, selectors } = request;
    const namespace = checkNamespace(request.namespace);
    const className = checkClassName(request.className);
    return {
      namespace,
      className,
      target: resourceTarget(namespace, className, { spelling: channel.spelling }),
      filter: selectors === undefined ? undefined : { kind: 'selector', selectors },
      polymorphism: polymorphismMode(polymorphism),
    };
  });
}

export function queryInstances<T extends object>(
  channel: OperationChannel,
  request: CimQueryRequest,
  patienceMs: number,
): AsyncGenerator<TypedCimInstance<T>, void, undefined> {
  return run(channel, 'queryInstances', request, patienceMs, () => {
    const namespace = checkNamespace(request.namespace);
    return {
      namespace,
      target: allClassesTarget(namespace, channel.spelling),
      filter: queryFilter(request),
      className: queriedClass(request.query),
    };
  });
}

export function enumerateAssociatedInstances<T extends object>(
  channel: OperationChannel,
  request: CimAssociatedRequest,
  patienceMs: number,
): AsyncGenerator<TypedCimInstance<T>, void, undefined> {
  return run(channel, 'enumerateAssociatedInstances', request, patienceMs, () => {
    const { associationClassName, resultClassName, sourceRole, resultRole } = request;
    return associationQuery(channel, request, {
      kind: 'associated',
      ...(associationClassName === undefined ? {} : { associationClassName }),
      ...(resultClassName === undefined ? {} : { resultClassName }),
      ...(sourceRole === undefined ? {} : { role: sourceRole }),
      ...(resultRole === undefined ? {} : { resultRole }),
    });
  });
}

export function enumerateReferencingInstances<T extends object>(
  channel: OperationChannel,
  request: CimReferencingRequest,
  patienceMs: number,
): AsyncGenerator<TypedCimInstance<T>, void, undefined> {
  return run(channel, 'enumerateReferencingInstances', request, patienceMs, () => {
    const { associationClassName, sourceRole } = request;
    return associationQuery(channel, request, {
      kind: 'associations',
      ...(associationClassName === undefined ? {} : { resultClassName: associationClassName }),
      ...(sourceRole === undefined ? {} : { role: sourceRole }),
    });
  });
}

type AssociationParts = Omit<Extract<EnumerationFilter, { readonly object: ResourceTarget }>, 'object'>;

function associationQuery(
  channel: OperationChannel,
  request: CimAssociatedRequest | CimReferencingRequest,
  parts: AssociationParts,
): Enumeration {
  const { instance } = request;
  const { spelling } = channel;
  const namespace = checkNamespace(request.namespace ?? CimInstance.namespaceOf(instance));
  for (const name of [parts.associationClassName, parts.resultClassName]) if (name !== undefined) checkClassName(name);
  return {
    namespace,
    target: allClassesTarget(namespace, spelling),
    filter: { ...parts, object: instanceTarget(instance, { spelling, namespace }) },
    className: parts.resultClassName,
  };
}

/** All classes of a namespace (DSP0227 8.1). */
export function allClassesTarget(namespace: string, spelling: ResourceUriSpelling): ResourceTarget {
  const name = normalizeNamespace(namespace);
  return spelling === 'wmi'
    ? { resourceUri: `${NS.wmi}/${name}/*` }
    : { resourceUri: ALL_CLASSES, selectors: { [NAMESPACE_SELECTOR]: name } };
}

/** The filter of a query. @throws CimletError `ERR_INVALID_ARGUMENT` for an empty one. */
export function queryFilter({
  query,
  queryDialect,
}: Pick<CimQueryRequest, 'query' | 'queryDialect'>): EnumerationFilter {
  if (typeof query !== 'string' || query.trim() === '') {
    throw invalidArgument('query', query, "Give a query such as select * from Win32_Service where State = 'Stopped'.");
  }
  if (queryDialect === undefined || queryDialect.toUpperCase() === 'WQL') return { kind: 'wql', query };
  return { kind: 'other', dialect: queryDialect, markup: escapedText(query) };
}

function escapedText(text: string): string {
  const element = new XmlWriter().element('q', text).toString();
  return element.slice('<q>'.length, -'</q>'.length);
}

async function* run<T extends object>(
  channel: OperationChannel,
  operation: CimOperationName,
  options: CimEnumerationOptions,
  patienceMs: number,
  prepare: () => Enumeration,
): AsyncGenerator<TypedCimInstance<T>, void, undefined> {
  channel.checkRequest(operation, options);
  using patience = new ServerPatience(options, patienceMs);
  try {
    const { deadline } = patience;
    channel.checkOpen();
    deadline.throwIfDone();
    const { namespace, className, filter, polymorphism, ...enumeration } = prepare();
    const target = withResourceUri(enumeration.target, options);
    const { maxElements } = options;
    const context = readContext(channel, namespace, options);
    const fetches = fetchesClasses(options);
    const request: EnumerateRequest = {
      target,
      mode: modeOf(options),
      options: requestOptions(options),
      deadline,
      operationTimeoutMs: options.operationTimeoutMs,
      // What may hold instances of classes that are yet to be fetched is kept until they are there.
      makers: itemDecoding(context, fetches ? (declaration) => !mayEmbed(declaration) : undefined),
      ...(filter === undefined ? {} : { filter }),
      ...(polymorphism === undefined ? {} : { polymorphism }),
      ...(maxElements === undefined ? {} : { maxElements }),
    };
    const reader = new ItemReader(channel, context, {
      fetches,
      fallbackClassName: className,
    });
    const items = new ItemSource(itemsOf(channel, request, pauseWhileAsked(options, patience)));
    try {
      patience.resume();
      // Beside the first request, so that it costs no time of its own; ahead of it for servers that answer in turn.
      if (className !== undefined) void prefetchClass(channel, namespace, className, options, deadline);
      for (;;) {
        const { done, value: item } = await items.next();
        if (done === true) return;
        const waiting = reader.classOf(item, deadline);
        if (waiting !== undefined) await items.readOnUntil(waiting);
        patience.pause();
        yield reader.read(item) as TypedCimInstance<T>;
        patience.resume();
      }
    } finally {
      await items.close();
    }
  } catch (error) {
    throw channel.translate(error);
  }
}

/** Without a class only the reference of an instance says what its keys are. */
function modeOf({ keysOnly, classes, typeInformation }: CimEnumerationOptions): EnumerationMode {
  if (keysOnly === true) return 'reference';
  return typeInformation === 'wire' && classes === undefined ? 'objectAndReference' : 'object';
}

async function* enhancedItems(
  channel: OperationChannel,
  request: EnumerateRequest,
  options: CimEnhancedOptions,
): AsyncGenerator<EnumerationItem, void, undefined> {
  const events = channel.client.enumerateEnhanced({ ...request, enhanced: enhancedOptions(options) });
  for await (const event of events) {
    if (!isOutcome(event)) await dispatchCallback(event, options, channel.origin);
    else if (event.type === 'item') yield event;
  }
}

function itemsOf(
  channel: OperationChannel,
  request: EnumerateRequest,
  options: CimEnhancedOptions,
): AsyncIterable<EnumerationItem> {
  return isEnhanced(options) ? enhancedItems(channel, request, options) : channel.client.enumerate(request);
}
