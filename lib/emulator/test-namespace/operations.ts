import type { CimValue } from '../../cim/value/cim-value.js';
import type { CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import type { MethodCall, MethodImplementation } from '../cim/class-definition.js';
import { dhcpError } from '../dhcp/dhcp-error.js';
import { typedExamples } from './all-types.js';
import { declareClass, declareMethod, input, output } from './declare.js';

const PROVIDER = 'CimletTestProvider';

/** Methods that do what a client of enhanced operations must cope with. */
export const operationsClass = declareClass('Cimlet_Operations', {
  description: 'Static methods that stream, talk, ask, fail in part and take their time.',
  methods: [
    declareMethod('CountRuns', [output('Runs', 'uint32')], {
      description: 'How often it was called, this call included.',
    }),
    declareMethod(
      'StreamNumbers',
      [input('Count', 'uint32'), input('IntervalMs', 'uint32'), output('Numbers', 'uint32', { isArray: true })],
      {
        description: 'Streams 0, 1, 2, … one at a time.',
      },
    ),
    declareMethod(
      'StreamAllTypes',
      typedExamples.map(({ declaration }) => ({ ...declaration, direction: 'out' as const })),
      { description: 'Streams a value of every type.' },
    ),
    declareMethod(
      'EchoAllTypes',
      typedExamples.map(({ declaration }) => ({ ...declaration, direction: 'inout' as const })),
      { description: 'Gives back what it is given.' },
    ),
    declareMethod('Talk', [input('Text', 'string')], { description: 'Tells a text on every channel, and progress.' }),
    declareMethod('Ask', [
      input('Text', 'string'),
      input('Critical', 'boolean'),
      input('Times', 'uint32'),
      output('Yes', 'uint32'),
      output('No', 'uint32'),
    ]),
    declareMethod(
      'FailSome',
      [input('Items', 'string', { isArray: true }), output('Done', 'string', { isArray: true })],
      {
        description: 'Does every item that does not begin with "bad".',
      },
    ),
    declareMethod('Fail', [input('Code', 'uint32'), input('Message', 'string')]),
    declareMethod('RunLong', [input('DurationMs', 'uint32'), input('Steps', 'uint32'), output('Runs', 'uint32')]),
    declareMethod('RaiseEvent', [input('Text', 'string'), input('Number', 'uint32')]),
  ],
});

const number = (value: CimValue | undefined, fallback: number): number =>
  typeof value === 'number' ? value : fallback;
const text = (value: CimValue | undefined): string => (typeof value === 'string' ? value : '');

/** The methods of one server. `raise` reports an event. */
export function operationMethods(
  raise: (text: string, number: number) => void,
): Readonly<Record<string, MethodImplementation>> {
  let runs = 0;
  const methods: Readonly<Record<string, (call: MethodCall) => Promise<Readonly<Record<string, CimValue>>>>> = {
    CountRuns: async () => {
      runs += 1;
      return { Runs: runs };
    },
    StreamNumbers: async ({ parameters, operation }) => {
      const interval = number(parameters['IntervalMs'], 0);
      for (let at = 0; at < number(parameters['Count'], 0); at++) {
        if (interval > 0) await operation.delay(interval);
        await operation.output('Numbers', [at]);
      }
      return {};
    },
    StreamAllTypes: async ({ operation }) => {
      for (const { declaration, value } of typedExamples) await operation.output(declaration.name, value);
      return {};
    },
    EchoAllTypes: async ({ parameters }) => parameters,
    Talk: async ({ parameters, operation }) => {
      const said = text(parameters['Text']);
      await operation.text('debug', said);
      await operation.text('verbose', said);
      await operation.text('warning', said);
      await operation.progress({
        activity: said,
        currentOperation: 'first',
        statusDescription: 'begun',
        percentComplete: 0,
      });
      await operation.progress({
        activity: said,
        currentOperation: 'last',
        statusDescription: 'done',
        percentComplete: 100,
        secondsRemaining: 0,
      });
      return {};
    },
    Ask: async ({ parameters, operation }) => {
      let yes = 0;
      const times = number(parameters['Times'], 1);
      const promptType = parameters['Critical'] === true ? 'critical' : 'normal';
      for (let at = 0; at < times; at++) {
        if (await operation.confirm(text(parameters['Text']), promptType)) yes += 1;
      }
      return { Yes: yes, No: times - yes };
    },
    FailSome: async ({ parameters, operation }) => {
      const items = parameters['Items'];
      for (const item of Array.isArray(items) ? items : []) {
        const name = String(item);
        if (!name.startsWith('bad')) await operation.output('Done', [name]);
        else if (!(await operation.error(dhcpError(87, `The item ${name} is not valid.`, PROVIDER)))) break;
      }
      return {};
    },
    Fail: async ({ parameters }) => {
      throw dhcpError(number(parameters['Code'], 87), text(parameters['Message']) || 'The method failed.', PROVIDER);
    },
    RunLong: async ({ parameters, operation }) => {
      runs += 1;
      const duration = number(parameters['DurationMs'], 0);
      const steps = Math.max(1, number(parameters['Steps'], 1));
      for (let step = 0; step < steps; step++) {
        await operation.progress({
          activity: 'Running long',
          currentOperation: `step ${step + 1}`,
          statusDescription: `${step} of ${steps} steps`,
          percentComplete: Math.floor((step * 100) / steps),
          secondsRemaining: Math.ceil((duration * (steps - step)) / steps / 1000),
        });
        await operation.delay(duration / steps);
      }
      return { Runs: runs };
    },
    RaiseEvent: async ({ parameters }) => {
      raise(text(parameters['Text']), number(parameters['Number'], 0));
      return {};
    },
  };
  return Object.fromEntries(
    operationsClass.methods.flatMap(({ name }: CimMethodDeclaration): [string, MethodImplementation][] => {
      const run = methods[name];
      return run === undefined ? [] : [[name, async (call) => ({ outParameters: await run(call) })]];
    }),
  );
}
