import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { ShouldProcessParameters } from '../../cmdlet/contract/engine-parameters.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import { resourceOf } from '../call/call-values.js';
import { type InstanceWork, onInputObject, onQueried } from '../call/instance-targets.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import {
  bothSets,
  cimSession,
  computerName,
  inputObject,
  inSets,
  namespaceParameter,
  operationTimeout,
  queryParameters,
  resourceUri,
} from '../definition/parameters.js';
import type { CimCmdletParameters } from '../definition/target-parameters.js';

const INSTANCE = bothSets('CimInstance');
const QUERY = bothSets('Query');

export const removeCimInstanceDefinition = defineCimCmdlet({
  verb: 'Remove',
  noun: 'CimInstance',
  aliases: ['rcim'],
  command: 'RemoveCimInstance',
  synopsis: 'Deletes instances on their server.',
  defaultParameterSet: 'CimInstanceComputerSet',
  changes: true,
  parameters: [
    inputObject('The instance to delete.', inSets(INSTANCE, { mandatory: true, position: 0 })),
    ...queryParameters(QUERY, 0),
    namespaceParameter(inSets(QUERY, { position: 1 })),
    cimSession(['CimInstanceSessionSet', 'QuerySessionSet']),
    computerName(['CimInstanceComputerSet', 'QueryComputerSet'], INSTANCE),
    resourceUri(inSets(INSTANCE)),
    operationTimeout(),
  ],
  operations: {
    CimInstanceSessionSet: (call) => onInputObject(call, remove(call)),
    CimInstanceComputerSet: (call) => onInputObject(call, remove(call)),
    QuerySessionSet: (call) => onQueried(call, remove(call)),
    QueryComputerSet: (call) => onQueried(call, remove(call)),
  },
});

function remove(call: CallParameters): InstanceWork {
  return {
    verb: 'delete',
    operation: 'Delete CimInstance',
    run: (instance, { session, request, context }) =>
      context.once(() => session.deleteInstance({ ...request, ...resourceOf(call), instance })),
  };
}

export type RemoveCimInstanceParameters = CimCmdletParameters &
  ShouldProcessParameters &
  (
    | {
        readonly InputObject?: CimInstance | undefined;
        readonly ResourceUri?: string | undefined;
        readonly Query?: undefined;
      }
    | {
        readonly Query: string;
        readonly QueryDialect?: string | undefined;
        readonly Namespace?: string | undefined;
      }
  );

/** What may be piped to Remove-CimInstance. */
export type RemoveCimInstanceInput =
  | CimInstance
  | CmdletSession
  | NamedInput<'Query' | 'QueryDialect' | 'Namespace' | 'ComputerName' | 'ResourceUri'>;
