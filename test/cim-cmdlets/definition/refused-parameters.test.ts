import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { cimCmdletDefinitions } from '../../../lib/cim-cmdlets/index.js';
import { bindCall, nameParameters } from '../../../lib/cmdlet/bind/binding.js';
import { boundCall } from '../../../lib/cmdlet/run/operation-of.js';
import { thrownBy } from '../../cmdlet/thrown-by.js';

/** The parameters of PowerShell 7.5's module, as its reference on learn.microsoft.com lists them, without the common ones. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  'Get-CimAssociatedInstance':
    'Association CimSession ComputerName InputObject KeyOnly Namespace OperationTimeoutSec ResourceUri ResultClassName',
  'Get-CimClass':
    'Amended CimSession ClassName ComputerName MethodName Namespace OperationTimeoutSec PropertyName QualifierName',
  'Get-CimInstance':
    'CimSession ClassName ComputerName Filter InputObject KeyOnly Namespace OperationTimeoutSec Property Query QueryDialect ResourceUri Shallow',
  'Get-CimSession': 'ComputerName Id InstanceId Name',
  'Invoke-CimMethod':
    'Arguments CimClass CimSession ClassName ComputerName InputObject MethodName Namespace OperationTimeoutSec Query QueryDialect ResourceUri',
  'New-CimInstance':
    'CimClass CimSession ClassName ClientOnly ComputerName Key Namespace OperationTimeoutSec Property ResourceUri',
  'New-CimSession':
    'Authentication CertificateThumbprint ComputerName Credential Name OperationTimeoutSec Port SessionOption SkipTestConnection',
  'New-CimSessionOption':
    'Culture EncodePortInServicePrincipalName Encoding HttpPrefix Impersonation MaxEnvelopeSizeKB NoEncryption PacketIntegrity PacketPrivacy Protocol ProxyAuthentication ProxyCertificateThumbprint ProxyCredential ProxyType SkipCACheck SkipCNCheck SkipRevocationCheck UICulture UseSsl',
  'Register-CimIndicationEvent':
    'Action CimSession ClassName ComputerName Forward MaxTriggerCount MessageData Namespace OperationTimeoutSec Query QueryDialect SourceIdentifier SupportEvent',
  'Remove-CimInstance':
    'CimSession ComputerName InputObject Namespace OperationTimeoutSec Query QueryDialect ResourceUri',
  'Remove-CimSession': 'CimSession ComputerName Id InstanceId Name',
  'Set-CimInstance':
    'CimSession ComputerName InputObject Namespace OperationTimeoutSec PassThru Property Query QueryDialect ResourceUri',
};

function bind(name: string, parameters: Record<string, unknown>) {
  const definition = cimCmdletDefinitions.get(name.toLowerCase());
  if (definition === undefined) throw new Error(`no ${name}`);
  return boundCall(definition, bindCall(definition, nameParameters(definition, parameters)));
}

describe('the parameters of PowerShell', () => {
  it.each(Object.entries(DOCUMENTED))('%s has them all', (name, documented) => {
    const known = cimCmdletDefinitions.get(name.toLowerCase())?.parameters.map((parameter) => parameter.name) ?? [];
    expect(documented.split(' ').filter((parameter) => !known.includes(parameter))).toEqual([]);
  });

  it.each<[string, string, unknown, RegExp]>([
    ['Get-CimClass', 'Amended', true, /no public specification/],
    ['New-CimSession', 'CertificateThumbprint', 'ABCD', /Windows’ own store/],
    ['New-CimSession', 'Authentication', 'Digest', /WinRM/],
    ['New-CimSessionOption', 'Protocol', 'Dcom', /DCOM/],
    ['New-CimSessionOption', 'Impersonation', 'Impersonate', /DCOM/],
    ['New-CimSessionOption', 'PacketIntegrity', true, /DCOM/],
    ['New-CimSessionOption', 'PacketPrivacy', true, /DCOM/],
    ['New-CimSessionOption', 'ProxyType', 'WinHttp', /configuration of Windows/],
    ['New-CimSessionOption', 'ProxyType', 'Auto', /configuration of Windows/],
    ['New-CimSessionOption', 'ProxyType', 'InternetExplorer', /configuration of Windows/],
    ['New-CimSessionOption', 'ProxyAuthentication', 'Basic', /Windows’ configuration/],
    ['New-CimSessionOption', 'ProxyCredential', { userName: 'me', password: 'word' }, /Windows’ configuration/],
    ['New-CimSessionOption', 'ProxyCertificateThumbprint', 'ABCD', /Windows’ configuration/],
    ['Register-CimIndicationEvent', 'Action', '{ Beep }', /no event queue/],
    ['Register-CimIndicationEvent', 'SourceIdentifier', 'mine', /no event queue/],
    ['Register-CimIndicationEvent', 'MessageData', 'text', /no event queue/],
    ['Register-CimIndicationEvent', 'SupportEvent', true, /no event queue/],
    ['Register-CimIndicationEvent', 'Forward', true, /no event queue/],
  ])('%s -%s %j is refused, with the reason and what to do', (name, parameter, value, reason) => {
    const others = name === 'Register-CimIndicationEvent' ? { ClassName: 'X_Flash' } : {};
    const error = thrownBy(() => bind(name, { ...others, [parameter]: value })) as CimletError;
    expect(error).toBeInstanceOf(CimletError);
    expect(error.code).toBe('ERR_INVALID_ARGUMENT');
    expect(error.message).toMatch(reason);
    expect(error.message).toContain(name);
    const isChoice = /^(?:Authentication|Protocol|ProxyType)$/.test(parameter);
    expect(error.message).toContain(isChoice ? String(value) : parameter);
    expect(error.hint).toMatch(/\.$/);
    expect(error.message).not.toContain('word');
  });

  it.each(['Credential', 'ProxyCredential'])(
    '-%s that is not a credential is not shown: it may hold a password',
    (parameter) => {
      const name = parameter === 'Credential' ? 'New-CimSession' : 'New-CimSessionOption';
      for (const value of ['admin:hush-word', ['admin', 'hush-word']]) {
        const error = thrownBy(() => bind(name, { [parameter]: value })) as CimletError;
        expect(error.message).toMatch(new RegExp(`^${parameter}: the given value is`));
        expect(inspect(error)).not.toContain('hush-word');
      }
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['Get-CimClass', { Amended: false }],
    ['New-CimSessionOption', { ProxyType: 'None' }],
    ['New-CimSessionOption', { PacketPrivacy: false }],
  ])('%s %j asks for nothing that is refused', (name, parameters) => {
    expect(bind(name, parameters).definition.name).toBe(name);
  });
});
