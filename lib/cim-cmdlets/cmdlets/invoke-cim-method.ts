import { invalidArgument } from '../../base/errors.js';
import type { CimClass } from '../../cim/class/cim-class.js';
import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimInstanceInvocation, CimStaticInvocation } from '../../cim/operations/method-operations.js';
import type { CimInput } from '../../cim/value/cim-input.js';
import type { CimMethodStreamedResult } from '../../cim/value/cim-method-result.js';
import type { CimType } from '../../cim/value/cim-type.js';
import type { CimValue } from '../../cim/value/cim-value.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { ShouldProcessParameters } from '../../cmdlet/contract/engine-parameters.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import { checkName, classOfResource, namespaceOf, objectOf, resourceOf, textOf } from '../call/call-values.js';
import { type InstanceWork, onInputObject, onQueried } from '../call/instance-targets.js';
import { type OperationTools, sessionOperation } from '../call/session-operation.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import {
  bothSets,
  cimSession,
  computerName,
  inAll,
  inputObject,
  inSets,
  namespaceParameter,
  operationTimeout,
  parameter,
  queryParameters,
  resourceUri,
} from '../definition/parameters.js';
import type { CimCmdletParameters } from '../definition/target-parameters.js';

const CLASS_NAME = bothSets('ClassName');
const RESOURCE = bothSets('ResourceUri');
const CIM_CLASS = bothSets('CimClass');
const QUERY = bothSets('Query');
const INSTANCE = bothSets('CimInstance');
const ALL = [...CLASS_NAME, ...RESOURCE, ...CIM_CLASS, ...QUERY, ...INSTANCE];

export const invokeCimMethodDefinition = defineCimCmdlet({
  verb: 'Invoke',
  noun: 'CimMethod',
  aliases: ['icim'],
  command: 'InvokeCimMethod',
  synopsis: 'Invokes a method of a class or of instances.',
  defaultParameterSet: 'ClassNameComputerSet',
  outputType: 'CimMethodResult',
  changes: true,
  parameters: [
    parameter(
      'ClassName',
      'String',
      'Class of a static method.',
      inSets(CLASS_NAME, { mandatory: true, position: 0 }),
      {
        aliases: ['Class'],
        byName: true,
      },
    ),
    parameter(
      'CimClass',
      'CimClass',
      'Class of a static method.',
      inSets(CIM_CLASS, { mandatory: true, position: 0 }),
      {
        byValue: true,
      },
    ),
    inputObject('The instance whose method it is.', inSets(INSTANCE, { mandatory: true, position: 0 })),
    ...queryParameters(QUERY),
    resourceUri([...inSets(RESOURCE, { mandatory: true }), ...inSets(INSTANCE)]),
    parameter('Arguments', 'Hashtable', 'The method’s parameters by name.', inAll({ position: 1 }), { byName: true }),
    parameter('MethodName', 'String', 'Name of the method.', inAll({ mandatory: true, position: 2 }), {
      aliases: ['Name'],
      byName: true,
    }),
    namespaceParameter(inSets([...CLASS_NAME, ...QUERY, ...RESOURCE])),
    cimSession(ALL.filter((set) => set.endsWith('SessionSet'))),
    computerName(
      ALL.filter((set) => set.endsWith('ComputerSet')),
      INSTANCE,
    ),
    operationTimeout(),
  ],
  operations: Object.fromEntries([
    ...CLASS_NAME.map((set) => [set, ofClassName] as const),
    ...RESOURCE.map((set) => [set, ofResource] as const),
    ...CIM_CLASS.map((set) => [set, ofClass] as const),
    ...QUERY.map((set) => [set, (call: CallParameters) => onQueried(call, ofInstance(call))] as const),
    ...INSTANCE.map((set) => [set, (call: CallParameters) => onInputObject(call, ofInstance(call))] as const),
  ]),
});

function ofClassName(call: CallParameters): CmdletOperation {
  const className = checkName('ClassName', textOf(call, 'ClassName') ?? '');
  return ofStatic(call, namespaceOf(call), className, methodName(call));
}

function ofResource(call: CallParameters): CmdletOperation {
  const className = classOfResource(textOf(call, 'ResourceUri') ?? '');
  return ofStatic(call, namespaceOf(call), className, methodName(call));
}

function ofClass(call: CallParameters): CmdletOperation {
  const cimClass = objectOf<CimClassDeclaration>(call, 'CimClass');
  if (cimClass === undefined) throw new TypeError('Invoke-CimMethod was bound without CimClass.');
  const wanted = methodName(call);
  const method = cimClass.methods.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (method === undefined) {
    throw invalidArgument('MethodName', wanted, `The class ${cimClass.className} has no such method.`);
  }
  return ofStatic(call, cimClass.namespace, cimClass.className, method);
}

function ofStatic(
  call: CallParameters,
  namespace: string,
  className: string,
  method: CimMethodDeclaration | string,
): CmdletOperation {
  return sessionOperation(call, {
    description: `method ${namespace}:${className}.${methodName(call)}`,
    told: {
      name: 'Invoke CimMethod',
      parameters: { namespaceName: namespace, className, methodName: methodName(call) },
    },
    shouldProcess: { target: className, action: actionOf(call) },
    errorTarget: { name: `${namespace}:${className}.${methodName(call)}`, type: 'String' },
    run: (tools) => invoke(call, { namespace, className, method }, tools),
  });
}

function ofInstance(call: CallParameters): InstanceWork {
  return {
    verb: `method ${methodName(call)} of`,
    operation: 'Invoke CimMethod',
    told: { methodName: methodName(call) },
    action: actionOf(call),
    run: (instance, tools) => invoke(call, { instance, method: methodName(call) }, tools),
  };
}

type Invocation =
  | Pick<CimStaticInvocation, 'namespace' | 'className' | 'method'>
  | Pick<CimInstanceInvocation, 'instance' | 'method'>;

/** The result as one object; values that the server streams before, each as an object of its own. */
async function invoke(
  call: CallParameters,
  invocation: Invocation,
  { session, request, context }: OperationTools,
): Promise<void> {
  const parameters = objectOf<Record<string, CimInput>>(call, 'Arguments') ?? {};
  const PSComputerName = context.target.computerName;
  const onOutput = ({ parameterName, itemType, itemValue }: CimMethodStreamedResult) => {
    const output: CimMethodStreamedOutput = {
      ParameterName: parameterName,
      ItemType: itemType,
      ItemValue: itemValue,
      PSComputerName,
    };
    return context.emit([output]);
  };
  const whole = {
    ...request,
    ...resourceOf(call),
    ...invocation,
    parameters,
    convertsValues: true,
    ...(context.isEnhanced ? { onOutput } : {}),
  };
  const { returnValue, outParameters } = await context.once(() => session.invokeMethod(whole));
  const output: CimMethodOutput = { ReturnValue: returnValue, ...outParameters, PSComputerName };
  await context.emit([output]);
}

function methodName(call: CallParameters): string {
  return checkName('MethodName', textOf(call, 'MethodName') ?? '');
}

function actionOf(call: CallParameters): string {
  return `${call.definition.name}: ${methodName(call)}`;
}

/** What Invoke-CimMethod gives: the return value, a property for each out parameter, and the computer. */
export interface CimMethodOutput {
  readonly ReturnValue: CimValue;
  readonly PSComputerName: string;
  readonly [parameter: string]: CimValue;
}

/** A value that the server gave while the method was still running. PowerShell's CimMethodStreamedResult. */
export interface CimMethodStreamedOutput {
  readonly ParameterName: string;
  readonly ItemType: CimType;
  readonly ItemValue: CimValue;
  readonly PSComputerName: string;
  readonly [parameter: string]: CimValue;
}

export type InvokeCimMethodParameters = CimCmdletParameters &
  ShouldProcessParameters & {
    readonly MethodName: string;
    readonly Arguments?: Readonly<Record<string, CimInput | undefined>> | undefined;
  } & (
    | { readonly ClassName: string; readonly Namespace?: string | undefined }
    | { readonly CimClass: CimClassDeclaration; readonly ClassName?: undefined }
    | {
        readonly Query: string;
        readonly QueryDialect?: string | undefined;
        readonly Namespace?: string | undefined;
        readonly ClassName?: undefined;
      }
    | {
        readonly InputObject?: CimInstance | undefined;
        readonly ResourceUri?: string | undefined;
        readonly Namespace?: string | undefined;
        readonly ClassName?: undefined;
      }
  );

/** What may be piped to Invoke-CimMethod. */
export type InvokeCimMethodInput =
  | CimInstance
  | CimClass
  | CimClassDeclaration
  | CmdletSession
  | NamedInput<
      'ClassName' | 'Query' | 'QueryDialect' | 'ResourceUri' | 'Arguments' | 'MethodName' | 'Namespace' | 'ComputerName'
    >;
