import { isDeepStrictEqual } from 'node:util';
import type { Element } from '@xmldom/xmldom';
import { CimException } from '../../lib/cim/error/cim-exception.js';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { CimReadOptions } from '../../lib/cim/operations/operation-options.js';
import type { CimSession } from '../../lib/cim/session/cim-session.js';
import type { CimMethodResult } from '../../lib/cim/value/cim-method-result.js';
import type { CimMethodDeclaration } from '../../lib/cim/value/class-declaration.js';
import { WsManFaultError } from '../../lib/wsman/contract/fault-error.js';
import { plainInstance, plainProperties, plainReference, plainValue, xmlTree } from './client-reading.js';
import { declarationFor, retyped, typesByClass, typesFor } from './declared-types.js';
import {
  bodyOf,
  child,
  childrenOf,
  classNameOf,
  isFault,
  local,
  ownText,
  type Plain,
  type PlainInstance,
  type PlainProperties,
  parseEnvelope,
  readFault,
  readInstance,
  readProperties,
  readReference,
  treeOf,
} from './independent-reading.js';
import type { RecordedReply } from './recordings.js';
import type { ReplayServer } from './replay-server.js';

const NAMESPACE = 'root/cimv2';
const TRANSFER = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';

/** One check of one reply: what was compared, and the difference if there is one. */
export interface ReplayResult {
  readonly what: string;
  readonly difference: string | undefined;
}

/** Replies that some operation cannot give, with the reason. As XML they are compared all the same. */
export const EXCLUDED_FROM_OPERATIONS: Readonly<Record<string, string>> = {
  'openwsman/002.xml': 'a test file of an XML reader: an instance without the PullResponse that its action promises',
  'openwsman/003.xml': 'likewise',
};

/** A reply with what the independent reading makes of it. */
export class Replay {
  readonly reply: RecordedReply;
  readonly envelope: Element;
  readonly body: readonly Element[];

  constructor(reply: RecordedReply) {
    this.reply = reply;
    this.envelope = parseEnvelope(reply.body);
    this.body = bodyOf(this.envelope);
  }

  /** The request's action. */
  get action(): string {
    return this.reply.action.trim().replace(/Response$/, '') || `${TRANSFER}/Get`;
  }
}

/** Asks for the reply in the ways in which a caller can get it, at most so many, and compares what comes with the independent reading. */
export async function replayAll(
  session: CimSession,
  server: ReplayServer,
  replay: Replay,
  most = Number.POSITIVE_INFINITY,
): Promise<ReplayResult[]> {
  const { reply } = replay;
  let pages = 0;
  let isOperation = false;
  server.answer = ({ action, resourceUri }) => {
    if (resourceUri.includes('/cim-xml/')) return { status: 500, text: NO_METADATA };
    const isPage = action === `${ENUMERATION}/Enumerate` || action === `${ENUMERATION}/Pull`;
    if (isPage && isOperation) {
      pages = action.endsWith('/Enumerate') ? 0 : pages + 1;
      const recorded = reply.kind === 'pull' ? 1 : 0;
      if (pages !== recorded) return { status: 200, text: pages < recorded ? BEGUN : ENDED };
    }
    return { status: reply.kind === 'fault' ? 500 : 200, text: reply.body };
  };
  const results = [await result('as XML', () => compareTrees(session, replay))];
  isOperation = true;
  if (EXCLUDED_FROM_OPERATIONS[reply.file] !== undefined) return results;
  for (const [what, compare] of comparisonsOf(session, replay).slice(0, most))
    results.push(await result(what, compare));
  return results;
}

async function result(what: string, compare: () => Promise<[unknown, unknown]>): Promise<ReplayResult> {
  try {
    const [got, expected] = await compare();
    return { what, difference: isDeepStrictEqual(got, expected) ? undefined : differenceOf(got, expected) };
  } catch (error) {
    return { what, difference: `it failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function differenceOf(got: unknown, expected: unknown): string {
  const [one, other] = [printed(got), printed(expected)];
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const from = Math.max(0, at - 60);
  return `got …${one.slice(from, at + 90)}, expected …${other.slice(from, at + 90)}`;
}

function printed(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner)) ?? 'undefined';
}

type Comparison = () => Promise<[unknown, unknown]>;

function comparisonsOf(session: CimSession, replay: Replay): [string, Comparison][] {
  const { body, reply } = replay;
  const [first] = body;
  switch (reply.kind) {
    case 'get':
      return [
        ['untyped', () => compareGet(session, first)],
        ['with declared types', () => compareGetDeclared(session, first)],
      ];
    case 'put':
      return [['what was written', () => comparePut(session, first)]];
    case 'create':
      return [['what was created', () => compareCreate(session, replay, first)]];
    case 'enumerate':
    case 'pull':
      return [
        ['untyped', () => compareItems(session, replay, 'wire')],
        ['with declared types', () => compareItems(session, replay, 'declared')],
        ['with the types of a base class', () => compareItems(session, replay, 'base')],
      ];
    case 'invoke':
      return [
        ['of a method that nobody declared', () => compareInvoke(session, replay, first, false)],
        ['of a declared method', () => compareInvoke(session, replay, first, true)],
      ];
    case 'fault':
      return [['the error', () => compareFault(session, first)]];
    case 'identify':
      return [['who answers', () => compareIdentify(session, first)]];
    case 'delete':
    case 'other':
      return [['that it is gone', () => compareDelete(session)]];
    case 'shell':
      return [];
    default:
      throw new Error(`${reply.file} is of a kind that nobody asks for: ${reply.kind}.`);
  }
}

/** Of the body only: who speaks SOAP himself gets header blocks and body, faults too. */
async function compareTrees(session: CimSession, replay: Replay): Promise<[unknown, unknown]> {
  const header = childrenOf(replay.envelope).find((part) => local(part) === 'Header');
  const request = { target: { resourceUri: 'http://schemas.example/any' }, action: replay.action, body: '' };
  const unrelated = (tree: unknown[]) => !String(tree[0]).endsWith('}RelatesTo');
  if (replay.reply.kind === 'identify') {
    // The only reply without addressing headers, which none but Identify may have.
    return [await session.testConnection().then(() => []), []];
  }
  const { headers, body } = await session.forward(request, {});
  return [
    [headers.map(xmlTree).filter(unrelated), body.map(xmlTree)],
    [(header === undefined ? [] : childrenOf(header)).map(treeOf).filter(unrelated), replay.body.map(treeOf)],
  ];
}

function required(element: Element | undefined): Element {
  if (element === undefined) throw new Error('The recorded reply has an empty body.');
  return element;
}

const KEYS = { keys: { Id: '1' } };

async function get(session: CimSession, className: string, reading: CimReadOptions): Promise<PlainInstance> {
  return plainInstance(await session.getInstance({ namespace: NAMESPACE, className, ...KEYS, ...reading }));
}

async function compareGet(session: CimSession, first: Element | undefined): Promise<[unknown, unknown]> {
  const expected = readInstance(required(first), NAMESPACE);
  return [await get(session, expected.className, { typeInformation: 'wire' }), expected];
}

async function compareGetDeclared(session: CimSession, first: Element | undefined): Promise<[unknown, unknown]> {
  const { className, properties } = readInstance(required(first), NAMESPACE);
  const types = typesFor([properties]);
  const got = await get(session, className, { classes: [declarationFor(className, types)] });
  return [sorted(got.properties), sorted(retyped(properties, types))];
}

/** An instance has its declared properties in the order of the declaration. */
function sorted(properties: PlainProperties): [string, Plain][] {
  return Object.entries(properties).sort(([one], [other]) => (one < other ? -1 : 1));
}

async function comparePut(session: CimSession, first: Element | undefined): Promise<[unknown, unknown]> {
  const className = first === undefined ? 'Any' : classNameOf(first);
  const declaration = {
    namespace: NAMESPACE,
    className,
    properties: [{ name: 'Id', type: 'string' as const, key: true }],
    methods: [],
  };
  const instance = CimInstance.create(declaration, { Id: '1' });
  const got = await session.modifyInstance({ instance, typeInformation: 'wire', classes: [] });
  if (first === undefined) return [got === instance, true];
  return [plainInstance(got), readInstance(first, NAMESPACE)];
}

async function compareCreate(
  session: CimSession,
  replay: Replay,
  first: Element | undefined,
): Promise<[unknown, unknown]> {
  const parameters = required(child(required(first), 'ReferenceParameters'));
  const named = readReference(parameters, NAMESPACE) as Extract<Plain, { readonly reference: string }>;
  const resourceUri = ownText(required(child(parameters, 'ResourceURI'))).trim();
  // A shell's URI names no CIM class; what is created there still is an instance of the class that was asked for.
  const className = /^\w+$/.test(named.reference) ? named.reference : 'Shell';
  const instance = CimInstance.create({ namespace: NAMESPACE, className, properties: [], methods: [] });
  const created = await session.createInstance({ instance, resourceUri });
  expectKind(replay, 'create');
  return [plainReference(created), { ...named, reference: className }];
}

function expectKind({ reply }: Replay, kind: string): void {
  if (reply.kind !== kind) throw new Error(`${reply.file} is not a ${kind}.`);
}

async function compareItems(
  session: CimSession,
  replay: Replay,
  reading: 'wire' | 'declared' | 'base',
): Promise<[unknown, unknown]> {
  const response = required(replay.body[0]);
  const items = childrenOf(child(response, 'Items') ?? response).filter(
    (item) => child(response, 'Items') !== undefined && item !== response,
  );
  const read = items.map((item) => readItem(item));
  const instances = read.filter((item): item is PlainInstance => 'className' in item);
  const types = typesByClass(instances);
  const options: CimReadOptions =
    reading === 'wire'
      ? { typeInformation: 'wire' }
      : reading === 'declared'
        ? { classes: [...types].map(([name, its]) => declarationFor(name, its)) }
        : { classes: [declarationFor('Recorded_Base', typesFor(instances.map(({ properties }) => properties)))] };
  const got: unknown[] = [];
  const request = { namespace: NAMESPACE, className: 'Recorded_Base', ...options };
  for await (const instance of session.enumerateInstances(request)) got.push(plainItem(instance, reading));
  const all = typesFor(instances.map(({ properties }) => properties));
  const expected = read.map((item) => {
    if (!('className' in item)) return item;
    if (reading === 'wire') return item;
    const { className, properties } = item;
    const its = reading === 'base' ? all : (types.get(className) ?? new Map());
    return { className, properties: sorted(retyped(properties, its)) };
  });
  return [got, expected];
}

function readItem(
  item: Element,
): PlainInstance | Exclude<Plain, PlainInstance | null | string | boolean | number | bigint | readonly Plain[]> {
  const object = local(item) === 'Item' ? childrenOf(item).find((part) => local(part) !== 'EndpointReference') : item;
  if (object !== undefined && local(object) !== 'EndpointReference') return readInstance(object, NAMESPACE);
  const parameters = required(child(object ?? required(child(item, 'EndpointReference')), 'ReferenceParameters'));
  return readReference(parameters, NAMESPACE) as Extract<Plain, { readonly reference: string }>;
}

function plainItem(instance: CimInstance, reading: 'wire' | 'declared' | 'base'): unknown {
  const { properties } = instance.cimClass;
  if (properties.length > 0 && properties.every(({ key }) => key === true)) return plainReference(instance);
  const { className, properties: values } = plainInstance(instance);
  return reading === 'wire' ? { className, properties: values } : { className, properties: sorted(values) };
}

async function compareInvoke(
  session: CimSession,
  replay: Replay,
  first: Element | undefined,
  declared: boolean,
): Promise<[unknown, unknown]> {
  const output = required(first);
  const name = local(output).replace(/_OUTPUT$/, '');
  const resourceUri = replay.action.slice(0, -name.length - 1);
  const className = resourceUri.replace(/^.*\//s, '');
  const { ReturnValue: returned = null, ...parameters } = readProperties(childrenOf(output), NAMESPACE);
  const types = new Map(typesFor([parameters]));
  // One that names nothing is null, and a reference all the same.
  for (const element of childrenOf(output)) {
    if (child(element, 'ReferenceParameters')) types.set(local(element), { type: 'reference', isArray: false });
  }
  const method: CimMethodDeclaration = {
    name,
    isStatic: true,
    returnType: 'uint32',
    parameters: [...types].map(([parameter, { type, isArray }]) => ({
      name: parameter,
      type,
      direction: 'out' as const,
      ...(isArray && { isArray }),
    })),
  };
  const got = await session.invokeMethod({
    namespace: NAMESPACE,
    className,
    resourceUri,
    method: declared ? method : name,
    ...(declared && { outputClasses: [] }),
  });
  const returnValue = typeof returned === 'string' && /^\d+$/.test(returned) ? Number(returned) : returned;
  const expected = declared ? retyped(parameters, types) : parameters;
  return [
    { returnValue: got.returnValue, outParameters: sorted(plainOutput(got, types)) },
    { returnValue, outParameters: sorted(expected) },
  ];
}

function plainOutput({ outParameters }: CimMethodResult, types: ReturnType<typeof typesFor>): PlainProperties {
  return Object.fromEntries(
    Object.entries(outParameters).map(([name, value]) => [name, plainValue(value, types.get(name)?.type ?? 'string')]),
  );
}

async function compareFault(session: CimSession, first: Element | undefined): Promise<[unknown, unknown]> {
  if (!isFault(first)) throw new Error('The recorded reply is not a fault.');
  const error = await get(session, 'Any', {}).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CimException) || !(error.cause instanceof WsManFaultError)) throw error;
  const { cause: fault, errorData } = error;
  const expected = readFault(first, NAMESPACE);
  const got = {
    code: fault.soapCode,
    subcode: fault.soapSubcode,
    reason: fault.reason,
    faultDetail: fault.faultDetail,
    wsmanCode: fault.wsmanCode,
    machine: fault.machine,
    providers: fault.providerFaults.map(({ provider = '', path = '', wsmanCode }) => ({
      provider,
      path,
      code: wsmanCode,
    })),
    errorInstance: errorData && sorted(plainProperties(errorData)),
  };
  return [got, { ...expected, errorInstance: expected.errorInstance && sorted(expected.errorInstance) }];
}

async function compareIdentify(session: CimSession, first: Element | undefined): Promise<[unknown, unknown]> {
  const { protocolVersion, productVendor, productVersion } = await session.testConnection();
  const text = (name: string) => ownText(required(child(first, name))).trim();
  return [
    [protocolVersion, productVendor, productVersion],
    [text('ProtocolVersion'), text('ProductVendor'), text('ProductVersion')],
  ];
}

async function compareDelete(session: CimSession): Promise<[unknown, unknown]> {
  return [await session.deleteInstance({ namespace: NAMESPACE, className: 'Any', ...KEYS }), undefined];
}

function envelope(action: string, body: string): string {
  return (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
    `xmlns:n="${ENUMERATION}"><s:Header><a:Action>${action}</a:Action><a:RelatesTo>uuid:0</a:RelatesTo></s:Header>` +
    `<s:Body>${body}</s:Body></s:Envelope>`
  );
}

/** The empty page before a recorded Pull, and the one after a recorded page that names a context. */
const BEGUN = envelope(
  `${ENUMERATION}/EnumerateResponse`,
  '<n:EnumerateResponse><n:EnumerationContext>recorded:first</n:EnumerationContext></n:EnumerateResponse>',
);
const ENDED = envelope(`${ENUMERATION}/PullResponse`, '<n:PullResponse><n:Items/><n:EndOfSequence/></n:PullResponse>');
/** What a recorded server answers that has no class metadata: code 2150858752, ERROR_WSMAN_INVALID_RESOURCE_URI's neighbour. */
const NO_METADATA = envelope(
  'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault',
  '<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>No metadata.</s:Text></s:Reason><s:Detail>' +
    '<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="2150858752"/></s:Detail></s:Fault>',
);
