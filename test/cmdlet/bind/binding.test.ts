import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../lib/base/secret.js';
import { textIn, wordingOf } from '../../../lib/base/wording.js';
import { COMMAND } from '../../../lib/cli/terminal/command-face.js';
import { bindCall, nameParameters } from '../../../lib/cmdlet/bind/binding.js';
import { ParameterBindingError } from '../../../lib/cmdlet/contract/binding-error.js';
import type { BoundCall } from '../../../lib/cmdlet/contract/bound-call.js';
import { boundCall } from '../../../lib/cmdlet/run/operation-of.js';
import type { CmdletDefinition } from '../../../lib/schema/definition/cmdlet-definition.js';
import { addFailover, getFailover, parameter, removeFailover, setFailover, testCmdlet } from '../definitions.js';
import { thrownBy } from '../thrown-by.js';

const bind = (definition: CmdletDefinition, parameters: Record<string, unknown>): BoundCall =>
  boundCall(definition, bindCall(definition, nameParameters(definition, parameters)));
const values = (call: BoundCall) => Object.fromEntries([...call.parameters].map(([name, { value }]) => [name, value]));
const errorOf = (definition: CmdletDefinition, parameters: Record<string, unknown>): ParameterBindingError => {
  const error = thrownBy(() => bind(definition, parameters));
  expect(error).toBeInstanceOf(ParameterBindingError);
  return error as ParameterBindingError;
};

const literally = (text: string): string => text.replace(/[(){}.]/g, '\\$&');

const ADD = {
  Name: 'SFO-SIN-Failover',
  PartnerServer: 'dhcpserver2.contoso.com',
  ScopeId: ['10.10.10.0', '10.20.20.0'],
};

describe('names', () => {
  it('are compared without case, and aliases and unambiguous beginnings are taken', () => {
    const call = bind(getFailover, { nAmE: 'a', cn: 'dhcp1' });
    expect(values(call)).toEqual({ Name: ['a'], ComputerName: 'dhcp1' });
    expect(values(bind(addFailover, { ...ADD, LoadBal: 70 }))).toMatchObject({ LoadBalancePercent: 70 });
  });

  it('prefer a full alias to a beginning', () => {
    const definition = testCmdlet([parameter('Name', 'String'), parameter('Number', 'String', { aliases: ['Na'] })]);
    expect(values(bind(definition, { Na: 'x' }))).toEqual({ Number: 'x' });
  });

  it('let the common parameters give way when a beginning is ambiguous, as PowerShell does', () => {
    const definition = testCmdlet([parameter('Verb', 'String')]);
    expect(values(bind(definition, { Ver: 'x' }))).toEqual({ Verb: 'x' });
  });

  it('are refused when a beginning is ambiguous', () => {
    const error = errorOf(addFailover, { ...ADD, S: 'x' });
    expect(error.fullyQualifiedErrorId).toBe('AmbiguousParameter,Add-DhcpServerv4Failover');
    expect(error.message).toContain('ServerRole');
  });

  it('are refused when unknown, with the name that was meant', () => {
    const error = errorOf(addFailover, { ...ADD, LoadBalancePercnt: 70 });
    expect(error.fullyQualifiedErrorId).toBe('NamedParameterNotFound,Add-DhcpServerv4Failover');
    expect(error.hint).toBe('Did you mean LoadBalancePercent?');
    expect(error.code).toBe('ERR_PARAMETER_BINDING');
    expect(errorOf(addFailover, { ...ADD, CimSesion: 'a' }).hint).toBe('Did you mean CimSession?');
    expect(errorOf(addFailover, { ...ADD, LaodBalancePrecent: 70 }).hint).toBe('Did you mean LoadBalancePercent?');
    expect(errorOf(getFailover, { Age: 5 }).hint).toMatch(/^Its own parameters are .*\bName\b/);
  });

  it('point to the call or the session for an option of theirs, in any case, and to CimSession for several computers', () => {
    const inCall =
      'timeoutMs is an option of the call, beside the parameters: getDhcpServerv4Failover({ … }, { timeoutMs }).';
    expect(errorOf(getFailover, { timeoutMs: 5 }).hint).toMatch(
      new RegExp(`^${literally(inCall)} Its own parameters are`),
    );
    expect(errorOf(getFailover, { sessionOptions: {} }).hint).toContain(
      'getDhcpServerv4Failover({ … }, { sessionOptions })',
    );
    const inSession =
      "The session has it: credential: { userName, password }, in newCimSession('…', { credential }), or getDhcpServerv4Failover({ … }, { sessionOptions: { credential } }).";
    expect(errorOf(getFailover, { Credential: {} }).hint).toContain(inSession);
    expect(errorOf(getFailover, { Culture: 'de' }).hint).toContain(
      "The session has it: in newCimSession('…', { culture })",
    );
    const several = errorOf(getFailover, { ComputerName: ['a', 'b'] });
    expect(several.hint).toBe(
      'Give one name. Several computers, by name or as sessions, are the values of CimSession.',
    );
  });

  it('are pointed out on a command line as its user writes them', () => {
    const hint = (name: string) => textIn(COMMAND, wordingOf(errorOf(getFailover, { [name]: 'x' })).hint ?? '');
    expect(hint('UseSsl')).toBe('The session has it: --use-ssl. Its own parameters are ComputerName, Name, ScopeId.');
    expect(hint('Credential')).toContain('The session has it: --user NAME with --password-env');
    expect(hint('sessionOptions')).toBe('Its own parameters are ComputerName, Name, ScopeId.');
  });

  it('are refused when given twice', () => {
    expect(errorOf(getFailover, { ComputerName: 'a', Cn: 'b' }).errorId).toBe('ParameterAlreadyBound');
    expect(errorOf(getFailover, { CimSession: 'a', Session: 'b' }).errorId).toBe('ParameterAlreadyBound');
  });

  it('say what replaces the common parameters that a program needs no variable for', () => {
    expect(errorOf(getFailover, { ErrorVariable: 'e' }).hint).toContain('errors');
    expect(errorOf(getFailover, { ov: 'e' }).hint).toContain('result');
  });

  it('do not include WhatIf where nothing is changed', () => {
    expect(errorOf(getFailover, { WhatIf: true }).errorId).toBe('NamedParameterNotFound');
  });

  it('leave undefined out', () => {
    expect(values(bind(getFailover, { Name: undefined, Verbose: undefined }))).toEqual({});
  });
});

describe('parameter sets', () => {
  it('come from the parameters, the default set when they do not tell', () => {
    expect(bind(addFailover, ADD)).toMatchObject({
      parameterSet: 'LoadBalance',
      operation: { description: expect.stringMatching(/\.AddByLoadBalance$/) },
    });
    expect(bind(addFailover, { ...ADD, ServerRole: 'Standby' }).operation.description).toMatch(/\.AddByHotStandby$/);
    expect(bind(addFailover, { ...ADD, ReservePercent: 10 }).operation.description).toMatch(/\.AddByHotStandby$/);
    expect(bind(getFailover, {}).operation.description).toMatch(/\.GetByName$/);
    expect(bind(getFailover, { ScopeId: '10.10.10.0' }).operation.description).toMatch(/\.GetByScopeId$/);
  });

  it.each([
    [addFailover, { ...ADD, LoadBalancePercent: 50, ReservePercent: 5 }],
    [addFailover, { ...ADD, LoadBalancePercent: 50, ServerRole: 'Active' }],
    [getFailover, { Name: 'a', ScopeId: '10.0.0.0' }],
  ])('cannot be mixed', (definition, parameters) => {
    const error = errorOf(definition, parameters);
    expect(error.fullyQualifiedErrorId).toBe(`AmbiguousParameterSet,${definition.name}`);
    expect(error.parameterNames.length).toBe(2);
  });

  it('need their mandatory parameters', () => {
    const error = errorOf(addFailover, { Name: 'a', PartnerServer: 'b' });
    expect(error.fullyQualifiedErrorId).toBe('MissingMandatoryParameter,Add-DhcpServerv4Failover');
    expect(error.parameterNames).toEqual(['ScopeId']);
    expect(errorOf(removeFailover, {}).parameterNames).toEqual(['Name']);
  });

  // Recorded: Set-DhcpServerv4OptionValue alone lacks what its default set needs, though the other set needs nothing.
  it('keep to the default while it is possible, also where only another one is complete', () => {
    const sets = (set: string) => ({ sets: [{ set, mandatory: true }] });
    const base = testCmdlet([
      parameter('A', 'String', sets('One')),
      parameter('B', 'String', { sets: [{ set: 'Two', mandatory: false }] }),
    ]);
    const [method] = base.methods;
    if (method === undefined) throw new Error('no method');
    const definition = {
      ...base,
      defaultParameterSet: 'One',
      methods: [
        { ...method, parameterSet: 'One' },
        { ...method, parameterSet: 'Two' },
      ],
    };
    expect(errorOf(definition, {})).toMatchObject({ errorId: 'MissingMandatoryParameter', parameterNames: ['A'] });
    expect(bind(definition, { A: 'x' }).parameterSet).toBe('One');
    expect(bind(definition, { B: 'x' }).parameterSet).toBe('Two');
  });
});

describe('null and empty', () => {
  it('null is refused, except where the parameter takes it', () => {
    expect(errorOf(addFailover, { ...ADD, PartnerServer: null }).errorId).toBe('ParameterArgumentValidationError');
    expect(values(bind(setFailover, { Name: 'a', SharedSecret: null }))).toEqual({ Name: 'a', SharedSecret: null });
  });

  it.each([
    // Recorded: what a parameter declares of itself (ValidateNotNullOrEmpty) is asked before what is mandatory.
    [{ Name: '' }, 'ParameterArgumentValidationError'],
    [{ ScopeId: [] }, 'ParameterArgumentValidationError'],
    [{ ScopeId: ['10.0.0.0', null] }, 'ParameterArgumentValidationErrorNullNotAllowed'],
  ])('a mandatory parameter takes no %j', (parameters, errorId) => {
    expect(errorOf(addFailover, { ...ADD, ...parameters }).errorId).toBe(errorId);
  });
});

describe('the engine’s parameters', () => {
  const engineParameters = (parameters: Record<string, unknown>) =>
    nameParameters(addFailover, parameters).engineParameters;

  it('are converted', () => {
    expect(engineParameters({ ThrottleLimit: '32', ea: 'stop', vb: true, WhatIf: 1, cf: false })).toEqual({
      ThrottleLimit: 32,
      ErrorAction: 'Stop',
      Verbose: true,
      WhatIf: true,
      Confirm: false,
    });
    expect(engineParameters({ CimSession: ['a', 'b'] }).CimSession).toEqual(['a', 'b']);
    expect(engineParameters({ Session: 'a' }).CimSession).toEqual(['a']);
  });

  it.each([
    [{ ErrorAction: 'Shout' }, 'CannotConvertArgumentNoMessage'],
    [{ ErrorAction: 5 }, 'CannotConvertArgumentNoMessage'],
    [{ ThrottleLimit: 'many' }, 'ParameterArgumentTransformationError'],
    [{ ThrottleLimit: 2 ** 31 }, 'ParameterArgumentTransformationError'],
    [{ WhatIf: 'true' }, 'ParameterArgumentTransformationError'],
    [{ CimSession: [] }, 'ParameterArgumentValidationError'],
    [{ CimSession: null }, 'ParameterArgumentValidationError'],
    [{ CimSession: [42] }, 'ParameterArgumentTransformationError'],
    [{ WarningAction: 'Stop' }, 'ActionPreferenceNotSupportedByCimCmdletAdapter'],
    [{ WarningAction: 'Inquire' }, 'ActionPreferenceNotSupportedByCimCmdletAdapter'],
  ])('%j is refused', (parameters, errorId) => {
    expect(errorOf(addFailover, { ...ADD, ...parameters }).errorId).toBe(errorId);
  });
});

describe('secrets', () => {
  const SECRET = 'sEcReT-7f3a';

  it('are wrapped, given as text or as a Secret', () => {
    for (const value of [SECRET, new Secret(SECRET)]) {
      const bound = bind(addFailover, { ...ADD, SharedSecret: value }).parameters.get('SharedSecret')?.value;
      expect(bound).toBeInstanceOf(Secret);
      expect((bound as Secret).reveal()).toBe(SECRET);
    }
  });

  it.each([
    { SharedSecret: [SECRET] },
    { SharedSecret: { secret: SECRET } },
    { SharedSecret: SECRET, LoadBalancePercent: 101 },
    { SharedSecret: SECRET, LoadBalancePercent: 1, ReservePercent: 1 },
  ])('are in no error', (parameters) => {
    const error = errorOf(addFailover, { ...ADD, ...parameters });
    expect(`${error.message} ${error.hint} ${inspect(error, { depth: 9 })} ${JSON.stringify(error)}`).not.toContain(
      SECRET,
    );
  });

  it('are wrapped before anything is bound', () => {
    const named = nameParameters(addFailover, { ...ADD, SharedSecret: SECRET });
    expect(inspect(named, { depth: 9 }) + JSON.stringify([...named.given])).not.toContain(SECRET);
    const definition = testCmdlet([parameter('Logon', 'PSCredential', { secret: true })]);
    const logon = nameParameters(definition, { Logon: { userName: 'x\\y', password: SECRET } });
    expect(inspect(logon, { depth: 9 }) + JSON.stringify([...logon.given])).not.toContain(SECRET);
    const bound = bindCall(definition, logon).parameters.get('Logon')?.value;
    expect((bound as Secret).reveal()).toBe(`x\\\\y:${SECRET}`);
  });

  it('are in no bound call that is printed', () => {
    const call = bind(addFailover, { ...ADD, SharedSecret: SECRET });
    expect(inspect(call.parameters, { depth: 3 })).toContain('[redacted]');
    expect(inspect(values(call), { depth: 9 }) + JSON.stringify(values(call))).not.toContain(SECRET);
  });
});
