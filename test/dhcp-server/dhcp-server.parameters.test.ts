// Every parameter of every cmdlet, with values that its metadata allows and values that it does not: what is right is sent, whole and as its
// CIM type, by the method of the parameter set; what is wrong is refused by name, and nothing is sent.
import { isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../lib/base/secret.js';
import { CimDateTime } from '../../lib/cim/value/cim-date-time.js';
import type { CimType } from '../../lib/cim/value/cim-type.js';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import { ParameterBindingError } from '../../lib/cmdlet/contract/binding-error.js';
import { invokeCmdlet } from '../../lib/cmdlet/invoke.js';
import { cmdletDefinitions, importDhcpServer } from '../../lib/dhcp-server/index.js';
import type { CmdletDefinition, CmdletParameter, CmdletRule } from '../../lib/schema/definition/cmdlet-definition.js';
import { FakeSession } from '../cmdlet/fake-session.js';
import fc from '../fast-check.js';

/** A value to give, and whether what was sent is what it means. */
interface Right {
  readonly value: unknown;
  readonly isMeant: (sent: unknown) => boolean;
}

/** A number that AllowNull lets be none is 0 in a line of PowerShell; nobody means that in code. */
const takesNull = ({ allowNull, nullable, type, isArray }: CmdletParameter) =>
  nullable === true || (allowNull && (isArray || !type.startsWith('UInt')));

const same = (value: unknown): Right => ({ value, isMeant: (sent) => sent === value });
const anyCase = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) =>
      [...text].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter.toLowerCase())).join(''),
    );

function rightText({ validateSet, validateNotNullOrEmpty, secret }: CmdletParameter): fc.Arbitrary<Right> {
  if (validateSet !== undefined) {
    return fc
      .constantFrom(...validateSet)
      .chain((member) => anyCase(member).map((value) => ({ value, isMeant: (sent: unknown) => sent === member })));
  }
  const minLength = validateNotNullOrEmpty || secret ? 1 : 0;
  return fc.string({ minLength, maxLength: 30, unit: 'grapheme' }).map((value) => ({
    value,
    isMeant: (sent) => (sent instanceof Secret ? sent.reveal() : sent) === value,
  }));
}

function rightNumber({ type, validateRange }: CmdletParameter): fc.Arbitrary<Right> {
  const { min, max } = validateRange ?? { min: 0, max: type === 'UInt16' ? 0xffff : 0xffff_ffff };
  return fc.tuple(fc.integer({ min, max }), fc.boolean()).map(([number, asText]) => ({
    value: asText ? String(number) : number,
    isMeant: (sent) => sent === number,
  }));
}

const rightAddress = ({ ipv4Only }: CmdletParameter): fc.Arbitrary<Right> =>
  ipv4Only
    ? fc.ipV4().map(same)
    : fc.ipV6().map((value) => ({
        value,
        // The URL standard's parser reads addresses, too; it writes no dots.
        isMeant: (sent) =>
          typeof sent === 'string' &&
          isIP(sent) === 6 &&
          new URL(`http://[${sent}]`).hostname === new URL(`http://[${value}]`).hostname,
      }));

function rightScalar(parameter: CmdletParameter): fc.Arbitrary<Right> {
  switch (parameter.type) {
    case 'String':
      return rightText(parameter);
    case 'Boolean':
    case 'SwitchParameter':
      return fc.boolean().map(same);
    case 'UInt16':
    case 'UInt32':
      return rightNumber(parameter);
    case 'IPAddress':
      return rightAddress(parameter);
    case 'TimeSpan': {
      const { min, max } = parameter.seconds ?? { min: 0, max: 0xffff_ffff };
      return fc.integer({ min, max }).map((seconds) => ({
        value: { seconds },
        isMeant: (sent) => sent instanceof TimeSpan && sent.ticks === BigInt(seconds) * 10_000_000n,
      }));
    }
    case 'DateTime':
      return fc
        .date({ min: new Date('1601-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
        .map((value) => ({
          value,
          isMeant: (sent) => sent instanceof CimDateTime && sent.toDate()?.getTime() === value.getTime(),
        }));
    case 'PSCredential':
      return fc.constant({ value: { userName: 'CONTOSO\\dns', password: 'p' }, isMeant: (sent) => sent !== undefined });
    default:
      throw new Error(`${parameter.name}: ${parameter.type} has no values here`);
  }
}

function right(definition: CmdletDefinition, parameter: CmdletParameter, mandatory: boolean): fc.Arbitrary<Right> {
  const { name, isArray } = parameter;
  // A question that was asked and approved is told to the server by the switch that would have left it out.
  if (definition.rules.some((rule) => rule.kind === 'confirm' && rule.unless === name)) return fc.constant(same(true));
  const scalar = rightScalar(parameter);
  const list = fc.array(scalar, { minLength: 1, maxLength: 3 }).map((rights) => ({
    value: rights.length === 1 ? rights[0]?.value : rights.map(({ value }) => value),
    isMeant: (sent: unknown) =>
      Array.isArray(sent) && sent.length === rights.length && rights.every(({ isMeant }, at) => isMeant(sent[at])),
  }));
  const given = isArray ? list : scalar;
  if (mandatory || !takesNull(parameter)) return given;
  return fc.oneof({ weight: 5, arbitrary: given }, { weight: 1, arbitrary: fc.constant(same(null)) });
}

/** What no value of the type is, and what its validators refuse. */
function wrong(parameter: CmdletParameter): fc.Arbitrary<unknown> {
  const { type, isArray, validateSet, validateRange, validateNotNullOrEmpty, ipv4Only } = parameter;
  const values: unknown[] = [{}, () => undefined, ...(isArray ? [[null], [undefined]] : [[], ['1', '2']])];
  if (!takesNull(parameter)) values.push(null);
  if (type === 'String' && validateNotNullOrEmpty) values.push('');
  if (validateSet !== undefined) values.push(`${validateSet[0]} `, 'nothing of the kind', 7);
  if (/^UInt/.test(type))
    values.push(-1, 1.5, Number.NaN, 'three', type === 'UInt16' ? 65_536 : 2 ** 32, Number.POSITIVE_INFINITY);
  if (validateRange !== undefined) values.push(validateRange.max + 1, `${validateRange.max + 1}`);
  if (type === 'Boolean' || type === 'SwitchParameter') values.push('true', 'maybe', '');
  if (type === 'IPAddress')
    values.push('', '999.1.1.1', '10.1.1', 'dhcp', 5, ...(ipv4Only ? ['::1'] : ['2001:db8::/64']));
  if (type === 'TimeSpan') values.push('60', 'for ever', 5, '1:99:00');
  if (type === 'DateTime') values.push('some day', 5, new Date(Number.NaN));
  return fc.constantFrom(...values);
}

interface Trial {
  readonly parameterSet: string;
  readonly given: Readonly<Record<string, Right>>;
  readonly wrong?: { readonly name: string; readonly value: unknown };
}

const membership = ({ sets }: CmdletParameter, set: string) =>
  sets.find((one) => one.set === set || one.set === '(All)');

function trialOf(definition: CmdletDefinition): fc.Arbitrary<Trial> {
  const { methods } = definition;
  return fc.constantFrom(...methods.map(({ parameterSet }) => parameterSet)).chain((parameterSet) => {
    const own = definition.parameters.filter(
      (parameter) => parameter.name !== 'ComputerName' && membership(parameter, parameterSet) !== undefined,
    );
    const values = own.map((parameter): [string, fc.Arbitrary<Right | undefined>] => {
      const mandatory = membership(parameter, parameterSet)?.mandatory === true;
      const value = right(definition, parameter, mandatory);
      return [parameter.name, mandatory ? value : fc.option(value, { nil: undefined, freq: 2 })];
    });
    const bad =
      own.length === 0
        ? fc.constant(undefined)
        : fc.option(
            fc
              .constantFrom(...own)
              .chain((parameter) => wrong(parameter).map((value) => ({ name: parameter.name, value }))),
            { nil: undefined, freq: 2 },
          );
    return fc.tuple(fc.record(Object.fromEntries(values)), bad).map(([record, mistake]) => ({
      parameterSet,
      given: Object.fromEntries(
        Object.entries(record).filter((entry): entry is [string, Right] => entry[1] !== undefined),
      ),
      ...(mistake && { wrong: mistake }),
    }));
  });
}

/** The set of the call: the default one where it has all that is given, else the only one that has. Undefined where something is missing or unclear. */
function setOf(definition: CmdletDefinition, names: readonly string[]): string | undefined {
  const { methods, parameters, defaultParameterSet } = definition;
  const having = methods
    .map(({ parameterSet }) => parameterSet)
    .filter((set) =>
      parameters.every((parameter) => !names.includes(parameter.name) || membership(parameter, set) !== undefined),
    );
  const chosen = having.includes(defaultParameterSet) ? defaultParameterSet : having[0];
  if (chosen === undefined || (having.length > 1 && chosen !== defaultParameterSet)) return undefined;
  const isWhole = parameters.every(
    (parameter) => names.includes(parameter.name) || membership(parameter, chosen)?.mandatory !== true,
  );
  return isWhole ? chosen : undefined;
}

function isKept(definition: CmdletDefinition, rule: CmdletRule, given: Readonly<Record<string, Right>>): boolean {
  // A switch that is off asks for nothing and stands in nothing's way.
  const isSwitch = (name: string) => definition.parameters.find((one) => one.name === name)?.type === 'SwitchParameter';
  const has = (name: string) => name in given && !(isSwitch(name) && given[name]?.value === false);
  switch (rule.kind) {
    case 'confirm':
      return true;
    case 'atLeastOne':
      return rule.parameters.some((name) => has(name) && (given[name]?.value !== null || name === 'SharedSecret'));
    case 'excludes':
      return !(has(rule.parameter) && rule.excludes.some(has));
    case 'excludesWhen': {
      const value = given[rule.parameter]?.value;
      const isIt =
        typeof value === 'string' ? value.toLowerCase() === String(rule.value).toLowerCase() : value === rule.value;
      return !(isIt && rule.excludes.some(has));
    }
  }
}

const WHOLE: Readonly<Partial<Record<CimType, number>>> = { uint8: 0xff, uint16: 0xffff, uint32: 0xffff_ffff };

/** What is sent is of the CIM type that the method declares. */
function isOfType(type: CimType, isArray: boolean, value: unknown): boolean {
  if (value === null) return true;
  if (isArray) return Array.isArray(value) && value.every((one) => isOfType(type, false, one));
  const max = WHOLE[type];
  if (max !== undefined) return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max;
  if (type === 'string') return typeof value === 'string' || value instanceof Secret;
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'datetime') return value instanceof TimeSpan || value instanceof CimDateTime;
  return typeof value === 'object';
}

async function run(definition: CmdletDefinition, values: Readonly<Record<string, unknown>>) {
  const session = new FakeSession('dhcpserver.contoso.com');
  const call = invokeCmdlet(definition, { ...values, CimSession: session }, { host: { confirm: () => 'yes' } });
  const error = await Promise.resolve(call).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { session, error };
}

async function holds(definition: CmdletDefinition, trial: Trial): Promise<void> {
  const names = [...new Set([...Object.keys(trial.given), ...(trial.wrong ? [trial.wrong.name] : [])])];
  fc.pre(definition.rules.every((rule) => isKept(definition, rule, trial.given)));
  const set = setOf(definition, names);
  fc.pre(set !== undefined);
  const values = Object.fromEntries(Object.entries(trial.given).map(([name, { value }]) => [name, value]));
  if (trial.wrong !== undefined) {
    const { name, value } = trial.wrong;
    const { session, error } = await run(definition, { ...values, [name]: value });
    expect(session.requests).toEqual([]);
    expect(error).toBeInstanceOf(ParameterBindingError);
    expect(error).toMatchObject({ message: expect.stringContaining(name) });
    return;
  }
  const { session, error } = await run(definition, values);
  expect(error).toBeUndefined();
  expect(session.requests).toHaveLength(1);
  const method = definition.methods.find(({ parameterSet }) => parameterSet === set);
  const [request] = session.requests;
  const sentParameters: Readonly<Record<string, unknown>> = request?.parameters ?? {};
  expect(request?.method.name).toBe(method?.methodName);
  for (const [name, { isMeant }] of Object.entries(trial.given)) {
    const sentAs = method?.parameters.find(({ from }) => from === name)?.name ?? '';
    const sent = sentParameters[sentAs];
    expect({ name, isMeant: isMeant(sent) }).toEqual({ name, isMeant: true });
  }
  for (const [name, value] of Object.entries(sentParameters)) {
    const declared = method?.declaration.parameters.find((one) => one.name === name);
    if (declared === undefined) throw new Error(`${name} is no parameter of ${method?.methodName}`);
    expect({ name, fits: isOfType(declared.type, declared.isArray === true, value) }).toEqual({ name, fits: true });
  }
}

describe('what is given to a cmdlet is sent, or refused by name', () => {
  it('for all of them', () => {
    expect(cmdletDefinitions.size).toBe(119);
  });

  it.each([...cmdletDefinitions.values()].map((one) => [one.name, one] as const))('%s', async (_, definition) => {
    await fc.assert(
      fc.asyncProperty(trialOf(definition), (trial) => holds(definition, trial)),
      { numRuns: Number(process.env['CIMLET_RUNS'] ?? 40) },
    );
  });
});

describe('a null that happens to be in a value', () => {
  it.each([
    ['Add-DhcpServerInDC', 'DnsName'],
    ['Remove-DhcpServerInDC', 'DnsName'],
    ['Remove-DhcpServerInDC', 'IPAddress'],
    ['Get-DhcpServerv4Scope', 'ScopeId'],
    ['Get-DhcpServerv4Failover', 'Name'],
    ['Invoke-DhcpServerv4FailoverReplication', 'Name'],
    ['Get-DhcpServerv6Scope', 'ComputerName'],
  ])('does not make %s work without %s', async (name, parameter) => {
    const definition = cmdletDefinitions.get(name.toLowerCase());
    if (definition === undefined) throw new Error(`${name} is missing`);
    const { session, error } = await run(definition, { [parameter]: null });
    expect(session.requests).toEqual([]);
    expect(error).toMatchObject({
      errorId: 'ParameterArgumentValidationError',
      message: `${parameter}: $null is not allowed. Leave ${parameter} out, or give a value.`,
      hint: `Leave ${parameter} out, or give a value.`,
    });
  });

  it('makes no import of one of scopes that are chosen', async () => {
    const session = new FakeSession('dhcpserver.contoso.com');
    const call = importDhcpServer(
      { File: 'nothing.xml', BackupPath: '.', CimSession: session, ScopeId: null as unknown as string },
      { host: { confirm: () => 'yes' } },
    );
    await expect(call).rejects.toMatchObject({
      errorId: 'ParameterArgumentValidationErrorNullNotAllowed',
      parameterNames: ['ScopeId'],
    });
    expect(session.requests).toEqual([]);
  });
});
