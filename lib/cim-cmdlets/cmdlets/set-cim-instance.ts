import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimInput } from '../../cim/value/cim-input.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { ShouldProcessParameters } from '../../cmdlet/contract/engine-parameters.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import { isOn, objectOf, resourceOf } from '../call/call-values.js';
import { withChanges } from '../call/instance-changes.js';
import { type InstanceWork, onInputObject, onQueried } from '../call/instance-targets.js';
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

const INSTANCE = bothSets('CimInstance');
const QUERY = bothSets('Query');

export const setCimInstanceDefinition = defineCimCmdlet({
  verb: 'Set',
  noun: 'CimInstance',
  aliases: ['scim'],
  command: 'SetCimInstance',
  synopsis: 'Writes changed properties of instances to their server.',
  defaultParameterSet: 'CimInstanceComputerSet',
  outputType: 'CimInstance',
  changes: true,
  parameters: [
    inputObject('The instance to change.', inSets(INSTANCE, { mandatory: true, position: 0 })),
    ...queryParameters(QUERY, 0),
    parameter(
      'Property',
      'Hashtable',
      'New values by name. Without it, what was changed in InputObject is written.',
      [...inSets(QUERY, { mandatory: true }), ...inSets(INSTANCE)],
      { aliases: ['Arguments'], byName: true },
    ),
    cimSession(['CimInstanceSessionSet', 'QuerySessionSet']),
    computerName(['CimInstanceComputerSet', 'QueryComputerSet'], INSTANCE),
    resourceUri(inSets(INSTANCE)),
    namespaceParameter(inSets(QUERY)),
    operationTimeout(),
    parameter('PassThru', 'SwitchParameter', 'Gives the changed instances.', inAll()),
  ],
  operations: {
    CimInstanceSessionSet: (call) => onInputObject(call, change(call)),
    CimInstanceComputerSet: (call) => onInputObject(call, change(call)),
    QuerySessionSet: (call) => onQueried(call, change(call)),
    QueryComputerSet: (call) => onQueried(call, change(call)),
  },
});

function change(call: CallParameters): InstanceWork {
  return {
    verb: 'change',
    operation: 'Modify CimInstance',
    async run(found, { session, request, context }) {
      const instance = withChanges(found, objectOf<Record<string, CimInput>>(call, 'Property') ?? {});
      const changed = await context.once(() => session.modifyInstance({ ...request, ...resourceOf(call), instance }));
      if (isOn(call, 'PassThru')) await context.emit([changed]);
    },
  };
}

/** New values by the properties' names. */
export type CimPropertyValues = Readonly<Record<string, CimInput | undefined>>;

export type SetCimInstanceParameters = CimCmdletParameters &
  ShouldProcessParameters & { readonly PassThru?: boolean | undefined } & (
    | {
        readonly InputObject?: CimInstance | undefined;
        readonly Property?: CimPropertyValues | undefined;
        readonly ResourceUri?: string | undefined;
        readonly Query?: undefined;
      }
    | {
        readonly Query: string;
        readonly Property: CimPropertyValues;
        readonly QueryDialect?: string | undefined;
        readonly Namespace?: string | undefined;
      }
  );

/** What may be piped to Set-CimInstance. */
export type SetCimInstanceInput =
  | CimInstance
  | CmdletSession
  | NamedInput<'Query' | 'QueryDialect' | 'Property' | 'ComputerName' | 'ResourceUri' | 'Namespace'>;
