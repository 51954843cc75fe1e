import { invalidArgument } from '../../base/errors.js';
import type { CimInstance } from '../../cim/instance/cim-instance.js';
import { queriedClass } from '../../cim/operations/queried-class.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { CmdletOperation, OperationContext } from '../../cmdlet/contract/operation.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import {
  checkName,
  classOfResource,
  dialectOf,
  instanceOf,
  isOn,
  namespaceOf,
  resourceOf,
  textOf,
  textsOf,
} from '../call/call-values.js';
import { queryTold } from '../call/instance-targets.js';
import { sessionOperation } from '../call/session-operation.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import {
  bothSets,
  cimSession,
  computerName,
  inputObject,
  inSets,
  namespaceParameter,
  operationTimeout,
  parameter,
  queryDialect,
  queryParameters,
  resourceUri,
} from '../definition/parameters.js';
import type { CimCmdletParameters } from '../definition/target-parameters.js';

const CLASS = bothSets('ClassName');
const RESOURCE = bothSets('ResourceUri');
const QUERY = bothSets('Query');
const INSTANCE = bothSets('CimInstance');
const ENUMERATION = [...CLASS, ...RESOURCE];
const ALL = [...ENUMERATION, ...QUERY, ...INSTANCE];

const sessionSets = ALL.filter((set) => set.endsWith('SessionSet'));
const computerSets = ALL.filter((set) => set.endsWith('ComputerSet'));

export const getCimInstanceDefinition = defineCimCmdlet({
  verb: 'Get',
  noun: 'CimInstance',
  aliases: ['gcim'],
  command: 'GetCimInstance',
  synopsis: 'Gets the instances of a class, those that a query finds, or one instance anew.',
  defaultParameterSet: 'ClassNameComputerSet',
  outputType: 'CimInstance',
  parameters: [
    parameter(
      'ClassName',
      'String',
      'Class whose instances are wanted.',
      inSets(CLASS, { mandatory: true, position: 0 }),
      {
        byName: true,
      },
    ),
    cimSession(sessionSets),
    computerName(computerSets, INSTANCE),
    inputObject('An instance to get anew, with its keys at least.', inSets(INSTANCE, { mandatory: true, position: 0 })),
    resourceUri([
      ...inSets(RESOURCE, { mandatory: true }),
      ...inSets(QUERY),
      ...inSets(INSTANCE, { valueFromPipelineByPropertyName: false }),
    ]),
    ...queryParameters(QUERY).slice(0, 1),
    queryDialect([...QUERY, ...CLASS]),
    namespaceParameter(inSets([...ENUMERATION, ...QUERY])),
    parameter(
      'Filter',
      'String',
      "What follows WHERE in a query: State = 'Running', for example.",
      inSets(ENUMERATION),
      {
        byName: true,
      },
    ),
    parameter('Property', 'String', 'Properties that are wanted. Default all.', inSets(ENUMERATION), {
      isArray: true,
      aliases: ['SelectProperties'],
      byName: true,
    }),
    parameter('KeyOnly', 'SwitchParameter', 'Only the key properties.', inSets(ENUMERATION)),
    parameter(
      'Shallow',
      'SwitchParameter',
      'Only instances of the class itself, not of those below it.',
      inSets([...ENUMERATION, ...QUERY]),
    ),
    operationTimeout(),
  ],
  operations: Object.fromEntries([
    ...CLASS.map((set) => [set, ofClass] as const),
    ...RESOURCE.map((set) => [set, ofResource] as const),
    ...QUERY.map((set) => [set, ofQuery] as const),
    ...INSTANCE.map((set) => [set, ofInstance] as const),
  ]),
});

function ofClass(call: CallParameters): CmdletOperation {
  return ofClassNamed(call, checkName('ClassName', textOf(call, 'ClassName') ?? ''));
}

function ofResource(call: CallParameters): CmdletOperation {
  return ofClassNamed(call, classOfResource(textOf(call, 'ResourceUri') ?? ''));
}

/** As PowerShell: a query as soon as one of its parts is given, else an enumeration. */
function ofClassNamed(call: CallParameters, className: string): CmdletOperation {
  const filter = textOf(call, 'Filter');
  const properties = textsOf(call, 'Property')?.map((name) =>
    name.trim() === '*' ? '*' : checkName('Property', name),
  );
  if (filter !== undefined || properties !== undefined || textOf(call, 'QueryDialect') !== undefined) {
    const where = filter === undefined || filter.trim() === '' ? '' : ` where ${filter}`;
    return query(call, `select ${properties?.join(',') ?? '*'} from ${className}${where}`, className);
  }
  const namespace = namespaceOf(call);
  return sessionOperation(call, {
    description: `enumeration of ${namespace}:${className}`,
    told: { name: 'Enumerate CimInstances', parameters: { namespaceName: namespace, className } },
    shouldProcess: 'each',
    errorTarget: { name: `${namespace}:${className}`, type: 'String' },
    run: ({ session, request, context }) =>
      context.each(
        () =>
          session.enumerateInstances({
            ...request,
            ...resourceOf(call),
            namespace,
            className,
            keysOnly: isOn(call, 'KeyOnly'),
            ...(isOn(call, 'Shallow') ? { polymorphism: 'shallow' as const } : {}),
          }),
        isOn(call, 'Shallow') ? ofThatClass(context, className) : (found) => context.emit([found]),
      ),
  });
}

/** Windows takes no notice of the polymorphism that it is asked for (MS-WSMV 3.1.4.1.27), so that the instances below are left out here. */
function ofThatClass(context: OperationContext, className: string): (found: CimInstance) => Promise<void> | undefined {
  const wanted = className.toLowerCase();
  return (found) => (found.cimClass.className.toLowerCase() === wanted ? context.emit([found]) : undefined);
}

function ofQuery(call: CallParameters): CmdletOperation {
  const text = textOf(call, 'Query') ?? '';
  const className = queriedClass(text);
  if (className === undefined && isOn(call, 'Shallow')) {
    throw invalidArgument('Shallow', true, 'The query names no class after FROM whose instances are wanted.');
  }
  return query(call, text, className);
}

function query(call: CallParameters, text: string, className: string | undefined): CmdletOperation {
  const namespace = namespaceOf(call);
  return sessionOperation(call, {
    description: `query ${namespace}: ${text}`,
    told: queryTold(namespace, text, textOf(call, 'QueryDialect')),
    shouldProcess: 'each',
    errorTarget: { name: `${namespace}:${text}`, type: 'String' },
    run: ({ session, request, context }) =>
      context.each(
        () =>
          session.queryInstances({
            ...request,
            ...resourceOf(call),
            ...dialectOf(call),
            namespace,
            query: text,
            keysOnly: isOn(call, 'KeyOnly'),
          }),
        isOn(call, 'Shallow') && className !== undefined
          ? ofThatClass(context, className)
          : (found) => context.emit([found]),
      ),
  });
}

function ofInstance(call: CallParameters): CmdletOperation {
  const instance = instanceOf(call);
  const name = String(instance);
  return sessionOperation(call, {
    description: `get ${name}`,
    told: {
      name: 'Get CimInstance',
      parameters: { namespaceName: instance.cimSystemProperties.namespace, instance: name },
    },
    shouldProcess: 'each',
    errorTarget: { name, type: 'CimInstance' },
    async run({ session, request, context }) {
      const found = await context.once(() => session.getInstance({ ...request, ...resourceOf(call), instance }));
      await context.emit([found]);
    },
  });
}

/** What an enumeration by class takes. */
export interface CimEnumerationParameters {
  readonly Namespace?: string | undefined;
  /** What follows WHERE: `State = 'Running'`. */
  readonly Filter?: string | undefined;
  readonly Property?: string | readonly string[] | undefined;
  readonly KeyOnly?: boolean | undefined;
  /** Only instances of the class itself, not of those below it. */
  readonly Shallow?: boolean | undefined;
}

/** One parameter set of PowerShell's a member of the union; none of them when the input is piped. */
export type GetCimInstanceParameters = CimCmdletParameters &
  (
    | (CimEnumerationParameters & { readonly ClassName: string; readonly QueryDialect?: string | undefined })
    | (CimEnumerationParameters & { readonly ResourceUri: string; readonly ClassName?: undefined })
    | {
        readonly Query: string;
        readonly QueryDialect?: string | undefined;
        readonly Namespace?: string | undefined;
        readonly ResourceUri?: string | undefined;
        readonly KeyOnly?: undefined;
        readonly Shallow?: boolean | undefined;
        readonly ClassName?: undefined;
      }
    | { readonly InputObject: CimInstance; readonly ResourceUri?: string | undefined; readonly ClassName?: undefined }
    | { readonly ClassName?: undefined }
  );

/** What may be piped to Get-CimInstance. */
export type GetCimInstanceInput =
  | CimInstance
  | CmdletSession
  | NamedInput<
      'ClassName' | 'ResourceUri' | 'Query' | 'QueryDialect' | 'Namespace' | 'Filter' | 'Property' | 'ComputerName'
    >;
