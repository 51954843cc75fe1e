import { afterEach, describe, expect, it } from '@jest/globals';
import { classLoaders } from '../../../../lib/dhcp-server/generated/load.js';
import { failedOperation } from '../../../../lib/emulator/dhcp/provider/operation-sentences.js';
import { createLab, type Lab } from '../../../../lib/emulator/lab/lab.js';
import type { LabDescription } from '../../../../lib/emulator/lab/lab-description.js';
import { propertiesOf } from '../../../support/values-of.js';
import { call } from '../../call.js';

const methods = classLoaders.flatMap(([, load]) => {
  const { className, methods } = load();
  return methods.map((method) => ({ name: `${className}.${method.name}`, method }));
});

describe('what an operation says that it failed to do', () => {
  // Word for word from public transcripts of Windows servers.
  it.each([
    ['PS_DhcpServerv4Scope.Get', {}, 'Failed to enumerate scopes on DHCP server WIN-01.'],
    [
      'PS_DhcpServerv4Scope.Get',
      { ScopeId: '10.1.0.0' },
      'Failed to get scope information for scope 10.1.0.0 on DHCP server WIN-01.',
    ],
    ['PS_DhcpServerv4OptionDefinition.Get', {}, 'Failed to get option definitions on DHCP server WIN-01.'],
    ['PS_DhcpServerv4OptionValue.Get', { OptionId: '6' }, 'Failed to get option value of 6 on DHCP server WIN-01.'],
    [
      'PS_DhcpServerv4ExclusionRange.Add',
      { ScopeId: '10.1.0.0', StartRange: '10.1.0.1', EndRange: '10.1.0.9' },
      'Failed to add exclusion range with start range 10.1.0.1 and end range 10.1.0.9 to scope 10.1.0.0 on DHCP server WIN-01.',
    ],
    [
      'PS_DhcpServerv4Failover.GetByScopeId',
      { ScopeId: '10.1.0.0' },
      'Failed to get failover relationship for scope 10.1.0.0 on DHCP server WIN-01.',
    ],
    [
      'PS_DhcpServerv4Lease.GetByIPAddress',
      { IPAddress: '10.1.0.5' },
      'Failed to get lease information for IPAddress 10.1.0.5 from DHCP server WIN-01.',
    ],
    ['PS_DhcpServerVersion.Get', {}, 'Failed to get version of the DHCP server WIN-01.'],
  ])('%s %j', (method, parameters: Readonly<Record<string, string>>, text) => {
    expect(failedOperation(method, (name) => parameters[name], 'WIN-01')).toBe(text);
  });

  it('is known for every method of the module, by parameters that the method has', () => {
    expect(methods.length).toBeGreaterThan(130);
    const amiss = methods.filter(({ name, method }) => {
      const asked: string[] = [];
      const text = failedOperation(name, (parameter) => void asked.push(parameter), 'WIN-01');
      const has = (parameter: string) => method.parameters.some((one) => one.name === parameter);
      // A scope that is made has its id from its range and mask: no parameter of the call.
      const unknown = asked.filter((parameter) => !has(parameter) && name !== 'PS_DhcpServerv4Scope.Add');
      return text === undefined || unknown.length > 0;
    });
    expect(amiss.map(({ name }) => name)).toEqual([]);
  });

  it('is undefined for what is no method of the provider', () => {
    expect(failedOperation('Win32_Process.Create', () => undefined, 'WIN-01')).toBeUndefined();
  });
});

describe('a server that does not serve its caller', () => {
  const labs: Lab[] = [];
  const labOfOne = (description: Pick<LabDescription, 'users' | 'choices'>) => {
    const lab = createLab({ servers: [{ name: 'win-01.contoso.com', address: '10.0.0.1' }], ...description });
    labs.push(lab);
    return lab;
  };
  afterEach(() => {
    for (const lab of labs.splice(0)) lab.close();
  });

  const accounts = [{ userName: 'CONTOSO\\nobody', password: 'secret', access: 'none' as const }];
  const refused = async (choices: { readonly addressedFailure?: 'version' } = {}) => {
    const lab = labOfOne({ users: accounts, choices });
    const { errors } = await call(lab.transport('win-01'), 'PS_DhcpServerv4Scope.Get');
    return errors.map((error) => propertiesOf(error));
  };

  // Recorded: "Failed to enumerate scopes on DHCP server X.", PermissionDenied (18), WIN32 5,Get-DhcpServerv4Scope.
  it('says by the operation that access is denied', async () => {
    expect(await refused()).toMatchObject([
      {
        Message: 'Failed to enumerate scopes on DHCP server win-01.contoso.com.',
        MessageID: 'WIN32 5',
        error_Category: 18,
        error_Code: 5,
      },
    ]);
  });

  it('says so of the version where a lab chose it', async () => {
    expect(await refused({ addressedFailure: 'version' })).toMatchObject([
      { Message: 'Failed to get version of the DHCP server win-01.contoso.com.', MessageID: 'WIN32 5' },
    ]);
  });

  // Public transcripts name COLO355, WIN-01, EC2AMAZ-VM9EKPL: computer names, in the text and as the target of the category.
  it('is named by its computer name where a lab chose it', async () => {
    const lab = labOfOne({ users: accounts, choices: { ownNameInMessages: 'computer' } });
    const { errors } = await call(lab.transport('win-01'), 'PS_DhcpServerv4Scope.Get');
    expect(propertiesOf(errors[0])).toMatchObject({
      Message: 'Failed to enumerate scopes on DHCP server WIN-01.',
      ErrorSource: 'WIN-01',
    });
  });

  // A report of Windows Server 2022: the provider "gates on Administrators"; by MS-DHCPM 3.5.4 DHCP Users read.
  it.each([
    [{}, []],
    [{ readersMayRead: false }, ['Failed to enumerate scopes on DHCP server win-01.contoso.com.']],
  ])('lets DHCP Users read as a lab chooses: %j', async (choices, messages) => {
    const users = [{ userName: 'CONTOSO\\user', password: 'secret', access: 'reader' as const }];
    const { errors } = await call(labOfOne({ users, choices }).transport('win-01'), 'PS_DhcpServerv4Scope.Get');
    expect(errors.map((error) => propertiesOf(error)['Message'])).toEqual(messages);
  });

  // Recorded for 1722: NotSpecified (0), and the operation's own message.
  it.each([
    [1722, { serviceStoppedCode: 1722 }],
    [1753, {}],
  ])('says by the operation that the service is stopped: %i', async (code, choices) => {
    const lab = labOfOne({ choices });
    lab.setService('win-01', 'stopped');
    const { errors } = await call(lab.transport('win-01'), 'PS_DhcpServerv4Failover.GetByScopeId', {
      ScopeId: ['10.1.0.0'],
    });
    expect(propertiesOf(errors[0])).toMatchObject({
      Message: 'Failed to get failover relationship for scope 10.1.0.0 on DHCP server win-01.contoso.com.',
      MessageID: `WIN32 ${code}`,
      error_Category: 0,
      CIMStatusCode: 1,
    });
  });
});
