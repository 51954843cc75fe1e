// Parameters that do not fit, as a program and as a command line give them: PowerShell's error id, what was wrong, and nothing sent.
import { describe, expect, it } from '@jest/globals';
import { ParameterBindingError } from '../../lib/cmdlet/contract/binding-error.js';
import type { InvocationOptions } from '../../lib/cmdlet/contract/invocation-options.js';
import { addDhcpServerv4Failover } from '../../lib/dhcp-server/index.js';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { runCommand } from '../cli/command-harness.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { labSessions } from './lab-sessions.js';

const GOOD = {
  ComputerName: 'dhcpserver.contoso.com',
  Name: 'SFO-SIN-Failover',
  PartnerServer: 'dhcpserver2.contoso.com',
  ScopeId: ['10.10.10.0', '10.20.20.0'],
};

/** What is different from GOOD; null takes a parameter away. The id is PowerShell's where PowerShell has one. */
const ROWS: readonly {
  readonly what: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly id: string;
  readonly says: RegExp;
}[] = [
  { what: 'an unknown parameter', change: { Nmae: 'x' }, id: 'NamedParameterNotFound', says: /Nmae.*Name/s },
  {
    what: 'both sets mixed',
    change: { LoadBalancePercent: 50, ReservePercent: 5 },
    id: 'AmbiguousParameterSet',
    says: /LoadBalancePercent.*ReservePercent/,
  },
  {
    what: 'a role beside a load',
    change: { LoadBalancePercent: 50, ServerRole: 'Standby' },
    id: 'AmbiguousParameterSet',
    says: /LoadBalancePercent.*ServerRole/,
  },
  { what: 'a missing ScopeId', change: { ScopeId: null }, id: 'MissingMandatoryParameter', says: /ScopeId/ },
  {
    what: 'an address of three octets',
    change: { ScopeId: '10.10.10' },
    id: 'ParameterArgumentTransformationError',
    says: /ScopeId.*10\.10\.10/,
  },
  {
    what: 'an IPv6 scope',
    change: { ScopeId: '2001:db8::' },
    id: 'ParameterArgumentTransformationError',
    says: /ScopeId.*2001:db8::/,
  },
  {
    what: 'a percentage of 101',
    change: { LoadBalancePercent: 101 },
    id: 'ParameterArgumentValidationError',
    says: /LoadBalancePercent.*101/,
  },
  {
    what: 'a percentage of -1',
    change: { LoadBalancePercent: -1 },
    id: 'ParameterArgumentTransformationError',
    says: /LoadBalancePercent.*-1/,
  },
  {
    what: 'an MCLT of zero',
    change: { MaxClientLeadTime: '0:00:00' },
    id: 'ParameterArgumentValidationError',
    says: /MaxClientLeadTime.*0:00:00/,
  },
  {
    what: 'an MCLT that is not a valid one',
    change: { MaxClientLeadTime: 'two hours' },
    id: 'ParameterArgumentTransformationError',
    says: /MaxClientLeadTime.*two hours/,
  },
  {
    what: 'an empty name',
    change: { Name: '' },
    id: 'ParameterArgumentValidationError',
    says: /Name/,
  },
  {
    what: 'a role that is not a valid one',
    change: { ServerRole: 'Passive' },
    id: 'ParameterArgumentValidationError',
    says: /ServerRole.*Passive.*Active.*Standby/s,
  },
];

const parametersOf = (change: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries({ ...GOOD, ...change }).filter(([, value]) => value !== null));
/** As a program without types would call it. */
const untyped = addDhcpServerv4Failover as (parameters: object, options: InvocationOptions) => PromiseLike<unknown>;
const word = (value: unknown): string => (Array.isArray(value) ? value.map(word).join(',') : `'${String(value)}'`);

describe.each(ROWS)('$what', ({ change, id, says }) => {
  it('is a ParameterBindingError of the function, and nothing is sent', async () => {
    const { sessionOptions, counter } = labSessions(createLab());
    const error = await rejectionOf(untyped(parametersOf(change), { sessionOptions }));
    expect(error).toBeInstanceOf(ParameterBindingError);
    const { fullyQualifiedErrorId, message, hint } = error as ParameterBindingError;
    expect(fullyQualifiedErrorId).toBe(`${id},Add-DhcpServerv4Failover`);
    expect(`${message} ${hint ?? ''}`).toMatch(says);
    expect(counter.sent).toBe(0);
  });

  it('ends the command with 2 and changes nothing', async () => {
    const words = Object.entries(parametersOf(change)).map(([name, value]) => `-${name} ${word(value)}`);
    const lab = createLab();
    const before = JSON.stringify(lab.save().servers);
    const line = `Add-DhcpServerv4Failover ${words.join(' ')}`;
    const run = await runCommand(['--emulator', '--json', line], { createLab: () => lab });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    const [record, ...more] = run.stderr.trim().split('\n');
    expect(more).toEqual([]);
    const { fullyQualifiedErrorId, message, hint = '' } = JSON.parse(record ?? '') as Record<string, string>;
    expect(fullyQualifiedErrorId).toBe(`${id},Add-DhcpServerv4Failover`);
    expect(`${message} ${hint}`).toMatch(says);
    expect(JSON.stringify(lab.save().servers)).toBe(before);
  });
});
