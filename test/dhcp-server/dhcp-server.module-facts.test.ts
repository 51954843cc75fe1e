// What all cmdlets of the module have in common (dhcp-server-semantics 2.1, 2.2), by the metadata of the real module.
import { describe, expect, it } from '@jest/globals';
import { bindCall, nameParameters } from '../../lib/cmdlet/bind/binding.js';
import { engineParametersOf } from '../../lib/cmdlet/bind/engine-parameter-definitions.js';
import { ParameterBindingError } from '../../lib/cmdlet/contract/binding-error.js';
import { classDeclarations, cmdletDefinitions, scriptCmdletDefinitions } from '../../lib/dhcp-server/index.js';
import type { CmdletDefinition, CmdletParameter } from '../../lib/schema/definition/cmdlet-definition.js';

const all = [...cmdletDefinitions.values()];
const scripts = [...scriptCmdletDefinitions.values()];

function definition(name: string): CmdletDefinition {
  const found = cmdletDefinitions.get(name.toLowerCase());
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** `Add-v4Scope.Name` of each parameter that fits. */
function those(fits: (parameter: CmdletParameter, cmdlet: CmdletDefinition) => boolean): string[] {
  return all
    .flatMap((cmdlet) =>
      cmdlet.parameters
        .filter((parameter) => fits(parameter, cmdlet))
        .map(({ name }) => `${cmdlet.name.replace('DhcpServer', '')}.${name}`),
    )
    .sort();
}

const of = (cmdlet: string, names: string) => names.split(' ').map((name) => `${cmdlet}.${name}`);

/** What a call is bound to, or the id of its refusal: nothing is sent then. */
function bound(cmdlet: string, parameters: Readonly<Record<string, unknown>>): unknown {
  const definitionOfIt = definition(cmdlet);
  try {
    bindCall(definitionOfIt, nameParameters(definitionOfIt, parameters));
    return 'bound';
  } catch (error) {
    if (!(error instanceof ParameterBindingError)) throw error;
    return error.errorId;
  }
}

/** Of a mandatory parameter with what it was, as PowerShell says. */
const REFUSED = expect.stringMatching(/^ParameterArgumentValidationError(?:EmptyStringNotAllowed)?$/);

describe('the shape of the module', () => {
  it('[HELP] 2.1 118 cmdlets over CIM classes of one namespace, and two functions of a script', () => {
    const declarative = all.filter(({ name }) => name !== 'Reconcile-DhcpServerv4IPRecord');
    expect(declarative).toHaveLength(118);
    expect(scripts.map(({ name }) => name).sort()).toEqual(['Export-DhcpServer', 'Import-DhcpServer']);
    expect(new Set(all.map(({ namespace }) => namespace))).toEqual(new Set(['root/Microsoft/Windows/DHCP']));
    expect(
      new Set([...all, ...scripts].map(({ moduleName, moduleVersion }) => `${moduleName} ${moduleVersion}`)),
    ).toEqual(new Set(['DhcpServer 2.0.0.0']));
  });

  it('[STUB] 2.1 Reconcile- takes what Repair- takes, and calls the same', () => {
    const [one, other] = ['Reconcile', 'Repair'].map((verb) => definition(`${verb}-DhcpServerv4IPRecord`));
    expect(one?.parameters).toEqual(other?.parameters);
    expect(one?.methods).toEqual(other?.methods);
  });

  it('[STUB] 2.1 138 static methods; positions begin with 1, those of the script with 0', () => {
    const methods = [...classDeclarations.values()]
      .filter(({ className }) => className.startsWith('PS_'))
      .flatMap((one) => one.methods);
    expect(methods).toHaveLength(138);
    expect(methods.filter(({ isStatic }) => isStatic !== true)).toEqual([]);
    const first = (cmdlets: readonly Pick<CmdletDefinition, 'parameters'>[]) =>
      Math.min(
        ...cmdlets.flatMap(({ parameters }) =>
          parameters.flatMap(({ sets }) => sets.map(({ position = Number.POSITIVE_INFINITY }) => position)),
        ),
      );
    expect([first(all), first(scripts)]).toEqual([1, 0]);
  });

  it('[STUB] 2.1 the one set of a cmdlet is called after its method, and the sets that stand before it in the file', () => {
    const single = (verb: string) =>
      definition(`${verb}-DhcpServerv4Class`).methods.map(({ parameterSet }) => parameterSet);
    expect(['Add', 'Get', 'Remove', 'Set'].flatMap(single)).toEqual(['Add0', 'Get1', 'Remove2', 'Set3']);
    for (const file of new Set(all.map(({ className }) => className))) {
      const cmdlets = all.filter(({ className, verb }) => className === file && verb !== 'Reconcile');
      const places = cmdlets
        .filter(({ methods }) => methods.length === 1)
        .map(({ verb, methods }) => {
          const name = methods[0]?.parameterSet ?? '';
          expect(name).toMatch(new RegExp(`^${verb}\\d+$`));
          return Number(name.slice(verb.length));
        });
      const sets = cmdlets.flatMap(({ methods }) => methods);
      // No two at one place, and none beyond the others: the places between are those of cmdlets with several sets.
      expect([file, new Set(places).size, places.every((place) => place < sets.length)]).toEqual([
        file,
        places.length,
        true,
      ]);
    }
  });

  it.each([
    ['Get-DhcpServerv4Lease', 'ScopeId* IPAddress ClientId BadLeases'],
    ['Remove-DhcpServerv4Lease', 'IPAddress* ScopeId ClientId BadLeases'],
    ['Get-DhcpServerv4Reservation', 'ScopeId* IPAddress ClientId'],
    ['Remove-DhcpServerv4Reservation', 'IPAddress* ScopeId ClientId'],
    ['Get-DhcpServerv6Lease', 'Prefix* IPAddress'],
    ['Remove-DhcpServerv6Lease', 'IPAddress* Prefix'],
    ['Get-DhcpServerv6Reservation', 'Prefix* IPAddress'],
    ['Remove-DhcpServerv6Reservation', 'IPAddress* Prefix'],
    ['Set-DhcpServerv4OptionValue', 'OptionIds* CommonOptions'],
    ['Set-DhcpServerv6OptionValue', 'OptionIds* CommonOptions'],
    ['Set-DhcpServerv4Scope', 'WithoutRange* WithRange'],
  ])('[STUB] 2.1 sets of %s: %s', (cmdlet, sets) => {
    const { methods, defaultParameterSet } = definition(cmdlet);
    const here = methods.map(({ parameterSet }) => parameterSet + (parameterSet === defaultParameterSet ? '*' : ''));
    expect(here.sort()).toEqual(sets.split(' ').sort());
  });

  it('[STUB] 2.1 a session is CimSession or Session, and several; one for the functions of the script', () => {
    for (const cmdlet of all) {
      expect(engineParametersOf(cmdlet).find(({ name }) => name === 'CimSession')?.aliases).toEqual(['Session']);
    }
    expect(bound('Get-DhcpServerVersion', { Session: ['a', 'b'] })).toBe('bound');
    for (const { parameters } of scripts) {
      const session = parameters.find(({ name }) => name === 'CimSession');
      expect([session?.isArray, session?.aliases]).toEqual([false, ['Session']]);
    }
  });
});

describe('what is checked before anything is sent', () => {
  const SCOPE = { StartRange: '10.0.0.1', EndRange: '10.0.0.9', SubnetMask: '255.255.255.0' };

  it.each([
    ['Add-DhcpServerv4Scope', { ...SCOPE, Name: '' }],
    ['Add-DhcpServerv4Class', { Name: '', Type: 'User', Data: 'x' }],
    ['Add-DhcpServerv4Superscope', { SuperscopeName: '', ScopeId: '10.0.0.0' }],
    ['Add-DhcpServerv4Filter', { List: 'Allow', MacAddress: '' }],
    ['Get-DhcpServerv4Policy', { Name: '' }],
    ['Backup-DhcpServer', { Path: '' }],
    ['Get-DhcpServerVersion', { ComputerName: '' }],
  ])('[STUB] 2.2 %s refuses an empty text', (cmdlet, parameters) => {
    expect(bound(cmdlet, parameters)).toEqual(REFUSED);
  });

  it('[STUB] 2.2 some texts may be empty', () => {
    const free = those(
      ({ type, isArray, validateNotNullOrEmpty, allowEmptyString, validateNotNull }) =>
        type === 'String' &&
        !isArray &&
        validateNotNullOrEmpty !== true &&
        !allowEmptyString &&
        validateNotNull !== true,
    );
    const descriptions = those(
      ({ name }, { name: cmdlet }) => name === 'Description' && !/Add-\w+Policy|Set-\w+v4Policy/.test(cmdlet),
    );
    const reservations = ['Add-v4', 'Set-v4', 'Add-v6', 'Set-v6'].map((cmdlet) => `${cmdlet}Reservation.Name`);
    const classes = those(
      ({ name, isArray }, { name: cmdlet }) =>
        !isArray &&
        ['VendorClass', 'UserClass', 'PolicyName'].includes(name) &&
        /Option(?:Value|Definition)$/.test(cmdlet),
    );
    expect(free).toEqual(expect.arrayContaining([...descriptions, ...reservations, ...classes]));
    expect(free).toEqual(
      expect.arrayContaining([...of('Add-v4Scope', 'NapProfile SuperscopeName'), 'Set-v4Scope.SuperscopeName']),
    );
    expect(
      bound('Add-DhcpServerv4Scope', { ...SCOPE, Name: 'x', Description: '', SuperscopeName: '', NapProfile: '' }),
    ).toBe('bound');
    expect(bound('Set-DhcpServerv4Reservation', { IPAddress: '10.0.0.1', Name: '' })).toBe('bound');
    expect(bound('Get-DhcpServerv4OptionValue', { VendorClass: '', UserClass: '', PolicyName: '' })).toBe('bound');
  });

  it('[STUB] 2.2 null and empty values that a parameter allows', () => {
    const conditions =
      'CircuitId ClientId Description Fqdn MacAddress RelayAgent RemoteId SubscriberId UserClass VendorClass';
    expect(those((one) => one.allowNull || one.allowEmptyString || one.allowEmptyCollection)).toEqual(
      [
        ...of('Set-v4OptionValue', 'DnsDomain DnsServer Router WinsServer Wpad Value'),
        ...of('Set-v6OptionValue', 'DnsServer DomainSearchList InfoRefreshTime Value'),
        'Set-v4DnsSetting.DnsSuffix',
        ...of('Add-v4Policy', conditions),
        ...of('Set-v4Policy', conditions),
        ...of('Add-v4Lease', 'HostName PolicyName'),
        'Add-v6Lease.HostName',
        ...of('Set-v4Failover', 'SharedSecret LoadBalancePercent ReservePercent'),
      ].sort(),
    );
    expect(bound('Set-DhcpServerv4OptionValue', { Router: null })).toBe('bound');
    expect(bound('Set-DhcpServerv4OptionValue', { OptionId: 3, Value: [''] })).toBe('bound');
    expect(bound('Set-DhcpServerv4DnsSetting', { DnsSuffix: '' })).toBe('bound');
  });

  it('[STUB] 2.2 types that have null', () => {
    expect(those(({ nullable }) => nullable === true)).toEqual(
      [
        'Add-v4Failover.StateSwitchInterval',
        'Set-v4Failover.StateSwitchInterval',
        ...of('Add-v4Lease', 'LeaseExpiryTime ProbationEnds'),
        'Add-v6Lease.LeaseExpiryTime',
        'Add-v4Scope.ActivatePolicies',
        'Set-v4Scope.ActivatePolicies',
        'Set-Setting.ActivatePolicies',
      ].sort(),
    );
  });

  it('[HELP] 2.2 what is taken of a piped object by its name, and what is not', () => {
    const never =
      'Force All AllLeases Brief BadLeases ReportOnly Failover PassThru Passthru NewName NumAddress StartAddress EndAddress';
    const byName = (parameter: CmdletParameter) =>
      parameter.sets.some((set) => set.valueFromPipelineByPropertyName ?? parameter.valueFromPipelineByPropertyName);
    expect(those((parameter) => never.split(' ').includes(parameter.name) && byName(parameter))).toEqual([]);
    expect(
      those((parameter, { noun }) => parameter.name === 'Path' && noun === 'DhcpServer' && byName(parameter)),
    ).toEqual([]);
    expect(scripts.map(({ parameters }) => parameters.filter(({ name }) => name === 'File').some(byName))).toEqual([
      false,
      false,
    ]);
    const count = all.flatMap(({ parameters }) => parameters.filter(({ name }) => name !== 'ComputerName'));
    expect(count.filter(byName).length / count.length).toBeGreaterThan(0.75);
  });
});
