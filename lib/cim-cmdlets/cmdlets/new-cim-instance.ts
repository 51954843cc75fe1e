import { invalidArgument, isCimletError } from '../../base/errors.js';
import { CimClass } from '../../cim/class/cim-class.js';
import { markInferred } from '../../cim/codec/inferred-classes.js';
import { CimException } from '../../cim/error/cim-exception.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { inferPropertyDeclaration } from '../../cim/instance/infer-declaration.js';
import type { CimInput } from '../../cim/value/cim-input.js';
import type { CimValue } from '../../cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import { heldValue } from '../../cim/value/held-value.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { ShouldProcessParameters } from '../../cmdlet/contract/engine-parameters.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import {
  checkName,
  classOfResource,
  isOn,
  namespaceOf,
  objectOf,
  resourceOf,
  textOf,
  textsOf,
} from '../call/call-values.js';
import { sessionOperation } from '../call/session-operation.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import {
  bothSets,
  cimSession,
  computerName,
  inAll,
  inSets,
  namespaceParameter,
  operationTimeout,
  parameter,
  resourceUri,
} from '../definition/parameters.js';
import type { CimCmdletParameters } from '../definition/target-parameters.js';
import type { CimPropertyValues } from './set-cim-instance.js';

const CLASS_NAME = bothSets('ClassName');
const RESOURCE = bothSets('ResourceUri');
const CIM_CLASS = bothSets('CimClass');
const ALL = [...CLASS_NAME, ...RESOURCE, ...CIM_CLASS];
const NAMED = [...CLASS_NAME, ...RESOURCE];

export const newCimInstanceDefinition = defineCimCmdlet({
  verb: 'New',
  noun: 'CimInstance',
  aliases: ['ncim'],
  command: 'NewCimInstance',
  synopsis: 'Creates an instance on the server, or only here.',
  defaultParameterSet: 'ClassNameComputerSet',
  outputType: 'CimInstance',
  changes: true,
  parameters: [
    parameter('ClassName', 'String', 'Class of the instance.', inSets(CLASS_NAME, { mandatory: true, position: 0 }), {
      byName: true,
    }),
    parameter('CimClass', 'CimClass', 'Class of the instance.', inSets(CIM_CLASS, { mandatory: true, position: 0 }), {
      byValue: true,
    }),
    resourceUri(inSets(RESOURCE, { mandatory: true })),
    parameter('Property', 'Hashtable', 'Values by name.', inAll({ position: 1 }), {
      aliases: ['Arguments'],
      byName: true,
    }),
    parameter('Key', 'String', 'Names of the key properties, where the class is not at hand.', inSets(NAMED), {
      isArray: true,
      byName: true,
    }),
    namespaceParameter(inSets(NAMED)),
    parameter('ClientOnly', 'SwitchParameter', 'Creates it only here.', inSets([...CLASS_NAME, ...CIM_CLASS]), {
      aliases: ['Local'],
    }),
    cimSession(ALL.filter((set) => set.endsWith('SessionSet'))),
    computerName(ALL.filter((set) => set.endsWith('ComputerSet'))),
    operationTimeout(),
  ],
  operations: Object.fromEntries([
    ...CLASS_NAME.map((set) => [set, ofClassName] as const),
    ...RESOURCE.map((set) => [set, ofResource] as const),
    ...CIM_CLASS.map((set) => [set, ofClass] as const),
  ]),
});

function ofClassName(call: CallParameters): CmdletOperation {
  return create(call, inferred(call, checkName('ClassName', textOf(call, 'ClassName') ?? '')));
}

function ofResource(call: CallParameters): CmdletOperation {
  return create(call, inferred(call, classOfResource(textOf(call, 'ResourceUri') ?? '')));
}

function ofClass(call: CallParameters): CmdletOperation {
  const cimClass = objectOf<CimClassDeclaration>(call, 'CimClass');
  if (cimClass === undefined) throw new TypeError('New-CimInstance was bound without CimClass.');
  const values = heldValues(inputsOf(call));
  const declared = new Set(cimClass.properties.map(({ name }) => name.toLowerCase()));
  const unknown = Object.keys(values).find((name) => !declared.has(name.toLowerCase()));
  if (unknown !== undefined) {
    throw invalidArgument('Property', unknown, `The class ${cimClass.className} has no such property.`);
  }
  return create(
    call,
    cimClass instanceof CimClass ? cimClass.newInstance(values) : CimInstance.create(cimClass, values),
  );
}

/** As PowerShell makes it: the types come from the values, and the keys are those that Key names. */
function inferred(call: CallParameters, className: string): CimInstance {
  const values = inputsOf(call);
  const keys = new Set(textsOf(call, 'Key')?.map((name) => name.trim().toLowerCase()));
  const properties = Object.entries(values).map(([name, value]) => {
    const declaration = inferPropertyDeclaration(name, value);
    return keys.has(name.toLowerCase()) ? { ...declaration, key: true } : declaration;
  });
  const declaration = { namespace: namespaceOf(call), className, properties, methods: [] };
  return CimInstance.create(markInferred(declaration), heldValues(values));
}

function inputsOf(call: CallParameters): Readonly<Record<string, CimInput>> {
  return objectOf<Record<string, CimInput>>(call, 'Property') ?? {};
}

function heldValues(inputs: Readonly<Record<string, CimInput>>): Readonly<Record<string, CimValue>> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, heldValue(value)]));
}

function create(call: CallParameters, instance: CimInstance): CmdletOperation {
  const name = String(instance);
  const about = {
    description: `create ${name}`,
    errorTarget: { name, type: 'CimInstance' },
  };
  if (isOn(call, 'ClientOnly')) {
    return {
      ...about,
      // It changes nothing, so it asks nothing.
      shouldProcess: 'each',
      withoutSession: ['localhost'],
      async run(_session, context) {
        await context.emit([instance]);
      },
    };
  }
  return sessionOperation(call, {
    ...about,
    told: {
      name: 'Create CimInstance',
      parameters: { namespaceName: instance.cimSystemProperties.namespace, instance: name },
    },
    shouldProcess: { target: name },
    async run({ session, request, context }) {
      const options = { ...request, ...resourceOf(call) };
      const created = await context.once(() => session.createInstance({ ...options, instance }));
      const whole = await context
        .once(() => session.getInstance({ ...options, instance: created }))
        .catch(async (error: unknown) => {
          context.deadline.throwIfDone();
          // A provider may create what it cannot give one by one; then there are the keys. They say what was created after another failure, too.
          // Without keys nobody can name it, which is not a failure of its creation.
          const isUsual =
            (error instanceof CimException && error.nativeErrorCode === 'NotSupported') ||
            (isCimletError(error) && error.code === 'ERR_INVALID_ARGUMENT');
          if (!isUsual) await context.report(error);
          return created;
        });
      await context.emit([whole]);
    },
  });
}

export type NewCimInstanceParameters = CimCmdletParameters &
  ShouldProcessParameters & {
    readonly Property?: CimPropertyValues | undefined;
    /** Creates it only here. */
    readonly ClientOnly?: boolean | undefined;
  } & (
    | {
        readonly ClassName: string;
        readonly Key?: string | readonly string[] | undefined;
        readonly Namespace?: string | undefined;
        readonly CimClass?: undefined;
      }
    | { readonly CimClass: CimClassDeclaration; readonly ClassName?: undefined }
    | {
        readonly ResourceUri: string;
        readonly Key?: string | readonly string[] | undefined;
        readonly Namespace?: string | undefined;
        readonly ClientOnly?: undefined;
        readonly ClassName?: undefined;
      }
  );

/** What may be piped to New-CimInstance. */
export type NewCimInstanceInput =
  | CimClass
  | CimClassDeclaration
  | CmdletSession
  | NamedInput<'ClassName' | 'ResourceUri' | 'Property' | 'Key' | 'Namespace' | 'ComputerName'>;
