import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import { checkName, dialectOf, namespaceOf, numberOf, textOf } from '../call/call-values.js';
import { queryTold } from '../call/instance-targets.js';
import { sessionOperation } from '../call/session-operation.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import {
  bothSets,
  cimSession,
  computerName,
  inAll,
  inSets,
  operationTimeout,
  parameter,
  queryDialect,
} from '../definition/parameters.js';
import { refusedParameter, refuseGiven } from '../definition/refused-parameters.js';
import type { CimCmdletParameters } from '../definition/target-parameters.js';

const NO_QUEUE = {
  reason: 'There is no event queue: indications are what the cmdlet gives.',
  remedy: 'Iterate its result; what would stand in Action is the body of the loop.',
};
const REFUSED = {
  Action: NO_QUEUE,
  Forward: NO_QUEUE,
  MessageData: NO_QUEUE,
  SourceIdentifier: NO_QUEUE,
  SupportEvent: NO_QUEUE,
};

const CLASS_NAME = bothSets('ClassName');
const QUERY = bothSets('QueryExpression');
const ALL = [...CLASS_NAME, ...QUERY];

export const registerCimIndicationEventDefinition = defineCimCmdlet({
  verb: 'Register',
  noun: 'CimIndicationEvent',
  aliases: ['rcie'],
  command: 'RegisterCimIndication',
  synopsis: 'Gives the indications of servers as they come.',
  defaultParameterSet: 'ClassNameComputerSet',
  outputType: 'CimIndicationEvent',
  parameters: [
    parameter('ClassName', 'String', 'Class of the indications.', inSets(CLASS_NAME, { mandatory: true, position: 0 })),
    parameter(
      'Query',
      'String',
      'Which indications are wanted, in WQL unless QueryDialect names another.',
      inSets(QUERY, { mandatory: true, position: 0 }),
    ),
    { ...queryDialect(QUERY), valueFromPipelineByPropertyName: false },
    parameter('Namespace', 'String', 'CIM namespace. Default root/cimv2.', inAll()),
    { ...cimSession(ALL.filter((set) => set.endsWith('SessionSet'))), valueFromPipeline: false },
    computerName(
      ALL.filter((set) => set.endsWith('ComputerSet')),
      ALL,
    ),
    operationTimeout(),
    parameter(
      'MaxTriggerCount',
      'Int32',
      'Ends after so many indications of each server. Default, and 0: never.',
      inAll(),
      {
        validateRange: { min: 0, max: 2_147_483_647 },
      },
    ),
    refusedParameter('SourceIdentifier', NO_QUEUE, inAll({ position: 1 })),
    refusedParameter('Action', NO_QUEUE, inAll({ position: 101 })),
    refusedParameter('MessageData', NO_QUEUE, inAll()),
    refusedParameter('SupportEvent', NO_QUEUE, inAll(), { type: 'SwitchParameter' }),
    refusedParameter('Forward', NO_QUEUE, inAll(), { type: 'SwitchParameter' }),
  ],
  operations: Object.fromEntries([
    ...CLASS_NAME.map((set) => [set, ofClass] as const),
    ...QUERY.map((set) => [set, ofQuery] as const),
  ]),
});

function ofClass(call: CallParameters): CmdletOperation {
  return subscription(call, `select * from ${checkName('ClassName', textOf(call, 'ClassName') ?? '')}`);
}

function ofQuery(call: CallParameters): CmdletOperation {
  return subscription(call, textOf(call, 'Query') ?? '');
}

function subscription(call: CallParameters, query: string): CmdletOperation {
  refuseGiven(call, REFUSED);
  const most = numberOf(call, 'MaxTriggerCount') || Number.POSITIVE_INFINITY;
  const namespace = namespaceOf(call);
  return sessionOperation(call, {
    description: `subscription ${namespace}: ${query}`,
    told: { ...queryTold(namespace, query, textOf(call, 'QueryDialect')), name: 'Subscribe CimIndication' },
    shouldProcess: 'each',
    errorTarget: { name: `${namespace}:${query}`, type: 'String' },
    run({ session, limit, context }) {
      const subscribe = () => first(most, session.subscribe({ ...limit, ...dialectOf(call), namespace, query }));
      return context.each(subscribe, ({ instance, machineId }) => {
        const event: CimIndicationEvent = { NewEvent: instance, MachineId: machineId ?? context.target.computerName };
        return context.emit([event]);
      });
    },
  });
}

/** So many items of an iteration, which is left then. */
async function* first<T>(most: number, items: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  let count = 0;
  for await (const item of items) {
    yield item;
    count += 1;
    if (count >= most) return;
  }
}

/** One indication: PowerShell's CimIndicationEventInstanceEventArgs. */
export interface CimIndicationEvent {
  readonly NewEvent: CimInstance;
  /** The computer that it came from. */
  readonly MachineId: string;
}

export type RegisterCimIndicationEventParameters = CimCmdletParameters & {
  readonly Namespace?: string | undefined;
  /** Ends after so many indications of each server. Default, and 0: never. */
  readonly MaxTriggerCount?: number | undefined;
} & (
    | { readonly ClassName: string; readonly Query?: undefined }
    | { readonly Query: string; readonly QueryDialect?: string | undefined; readonly ClassName?: undefined }
  );

/** What may be piped to Register-CimIndicationEvent. */
export type RegisterCimIndicationEventInput = NamedInput<'ComputerName'>;
