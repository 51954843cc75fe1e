import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import { checkName, instanceOf, isOn, resourceOf, textOf } from '../call/call-values.js';
import { sessionOperation } from '../call/session-operation.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import {
  cimSession,
  computerName,
  inAll,
  inputObject,
  namespaceParameter,
  operationTimeout,
  parameter,
  resourceUri,
} from '../definition/parameters.js';
import type { CimCmdletParameters } from '../definition/target-parameters.js';

export const getCimAssociatedInstanceDefinition = defineCimCmdlet({
  verb: 'Get',
  noun: 'CimAssociatedInstance',
  aliases: ['gcai'],
  command: 'GetCimAssociatedInstance',
  synopsis: 'Gets the instances that are associated with one.',
  defaultParameterSet: 'ComputerSet',
  outputType: 'CimInstance',
  parameters: [
    inputObject('The instance at this end.', inAll({ mandatory: true, position: 0 })),
    parameter('Association', 'String', 'Only across associations of this class.', inAll({ position: 1 }), {
      byName: true,
    }),
    parameter('ResultClassName', 'String', 'Only instances of this class.', inAll()),
    namespaceParameter(inAll()),
    parameter('KeyOnly', 'SwitchParameter', 'Only the key properties.', inAll()),
    resourceUri(inAll(), false),
    cimSession(['SessionSet']),
    computerName(['ComputerSet'], ['ComputerSet']),
    operationTimeout(true),
  ],
  operations: { SessionSet: associated, ComputerSet: associated },
});

function associated(call: CallParameters): CmdletOperation {
  const instance = instanceOf(call);
  const name = String(instance);
  const namespace = textOf(call, 'Namespace');
  const association = textOf(call, 'Association');
  const result = textOf(call, 'ResultClassName');
  const classNames = {
    ...(association === undefined ? {} : { associationClassName: checkName('Association', association) }),
    ...(result === undefined ? {} : { resultClassName: checkName('ResultClassName', result) }),
  };
  return sessionOperation(call, {
    description: `associated instances of ${name}`,
    told: {
      name: 'Enumerate Associated CimInstances',
      parameters: {
        namespaceName: namespace ?? instance.cimSystemProperties.namespace,
        sourceInstance: name,
        associationClassName: association,
        resultClassName: result,
      },
    },
    shouldProcess: 'each',
    errorTarget: { name, type: 'CimInstance' },
    run: ({ session, request, context }) =>
      context.each(
        () =>
          session.enumerateAssociatedInstances({
            ...request,
            ...resourceOf(call),
            ...classNames,
            instance,
            keysOnly: isOn(call, 'KeyOnly'),
            ...(namespace === undefined ? {} : { namespace }),
          }),
        (found) => context.emit([found]),
      ),
  });
}

export type GetCimAssociatedInstanceParameters = CimCmdletParameters & {
  /** Where it is left out, it is piped. */
  readonly InputObject?: CimInstance | undefined;
  /** Only across associations of this class. */
  readonly Association?: string | undefined;
  /** Only instances of this class. */
  readonly ResultClassName?: string | undefined;
  /** Default: the instance's. */
  readonly Namespace?: string | undefined;
  readonly KeyOnly?: boolean | undefined;
  readonly ResourceUri?: string | undefined;
};

/** What may be piped to Get-CimAssociatedInstance. */
export type GetCimAssociatedInstanceInput =
  | CimInstance
  | CmdletSession
  | NamedInput<'Association' | 'Namespace' | 'ComputerName' | 'OperationTimeoutSec'>;
