// Every row of the table of preconditions of Add (failover-semantics 4.2), from the typed function to the record that a user sees.
import { describe, expect, it } from '@jest/globals';
import { errorCategoryOf } from '../../lib/cim/error/error-category.js';
import { ParameterBindingError } from '../../lib/cmdlet/contract/binding-error.js';
import { type AddDhcpServerv4FailoverParameters, addDhcpServerv4Failover } from '../../lib/dhcp-server/index.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { A, B, NAME, Pair, SCOPES } from '../emulator/pair.js';
import { addPreconditionRows } from '../emulator/rows/add-preconditions.rows.js';
import { propertiesOf } from '../support/values-of.js';
import { labSessions, recordsOf } from './lab-sessions.js';

const cmdlet = 'Add-DhcpServerv4Failover';
/** The engine refuses these values itself, before anything is sent: an empty name, and numbers out of their range. */
const isRefusedAtBinding = ({ row, id }: (typeof addPreconditionRows)[number]): boolean =>
  ['2', '3'].includes(row) && id === 'WIN32 87';

const rows = addPreconditionRows.map((row) => [`${row.row}: ${row.condition}`, row] as const);
const parametersOf = (given: object | undefined): AddDhcpServerv4FailoverParameters =>
  ({ ComputerName: A, Name: NAME, PartnerServer: B, ScopeId: SCOPES, ...given }) as AddDhcpServerv4FailoverParameters;

describe('a precondition that does not hold', () => {
  it.each(rows.filter(([, row]) => !isRefusedAtBinding(row)))('%s', async (_, row) => {
    const pair = new Pair(row.lab);
    await row.arrange?.(pair);
    const before = pair.snapshot();
    const { sessionOptions } = labSessions(pair.lab, row.caller);
    const [record, ...more] = await recordsOf(
      addDhcpServerv4Failover(parametersOf(row.parameters), { sessionOptions }),
    );
    expect(more).toEqual([]);
    expect(record?.message).toMatch(row.message);
    expect(record?.fullyQualifiedErrorId).toBe(`${row.id},${cmdlet}`);
    expect(record?.categoryInfo).toMatchObject({ activity: cmdlet, reason: 'CimException' });
    expect(record?.categoryInfo.category).toBe(errorCategoryOf(row.category));
    expect(record?.categoryInfo.targetType).toBe('root/Microsoft/Windows/DHCP/PS_DhcpServerv4Failover');
    expect(record?.PSComputerName).toBe(A);
    expect(propertiesOf(record?.errorData)).toMatchObject({ MessageID: row.id });
    expect(pair.snapshot()).toBe(before);
  });

  it.each(rows.filter(([, row]) => isRefusedAtBinding(row)))('%s: refused before it is sent', async (_, row) => {
    const { lab } = new Pair();
    const { sessionOptions, counter } = labSessions(lab);
    const error = await rejectionOf(addDhcpServerv4Failover(parametersOf(row.parameters), { sessionOptions }));
    expect(error).toBeInstanceOf(ParameterBindingError);
    expect((error as ParameterBindingError).parameterNames).toEqual(Object.keys(row.parameters ?? {}));
    expect(counter.sent).toBe(0);
  });
});

describe('a partner that dies in the middle of Add', () => {
  it.each([
    ['preconditions-met', 1],
    ['scope-created-on-partner', 1],
    ['scope-created-on-partner', 2],
    ['relationship-created-on-partner', 1],
    ['relationship-created', 1],
    ['scope-activated-on-partner', 1],
  ] as const)(
    'at %s (%i) gives one record and leaves no trace; later the same call works',
    async (step, occurrence) => {
      const pair = new Pair();
      const { sessionOptions } = labSessions(pair.lab);
      const before = pair.snapshot();
      pair.lab.injectFault({ kind: 'partner-dies', partner: B, step, occurrence, times: 1 });
      const records = await recordsOf(addDhcpServerv4Failover(parametersOf({}), { sessionOptions }));
      expect(records.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId)).toEqual([`WIN32 1722,${cmdlet}`]);
      expect(records[0]?.message).toContain(B);
      expect(records[0]?.categoryInfo.category).toBe('NotSpecified');
      pair.lab.powerOn(B);
      expect(pair.snapshot()).toBe(before);
      await addDhcpServerv4Failover(parametersOf({}), { sessionOptions });
      expect(pair.states()).toEqual(['Normal', 'Normal']);
    },
  );

  it('after the last step comes too late to make it fail', async () => {
    const pair = new Pair();
    const { sessionOptions } = labSessions(pair.lab);
    pair.lab.injectFault({ kind: 'partner-dies', partner: B, step: 'scope-activated-on-partner', occurrence: 2 });
    const parameters = { ...parametersOf({}), PassThru: true };
    const [failover] = await addDhcpServerv4Failover(parameters, { sessionOptions });
    expect(failover).toMatchObject({ Name: NAME, ScopeId: SCOPES });
    expect(failover?.State).not.toBe('Normal');
    pair.lab.powerOn(B);
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });
});
