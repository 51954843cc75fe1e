import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../command-harness.js';

// The help of Add-DhcpServerv4Failover writes Name, PartnerServer and ScopeId in its syntax, and gives them the positions 1, 3 and 2.
const ORDER = 'Values without a name are -Name, -ScopeId, -PartnerServer, in this order.';

describe('a value without a name that does not fit', () => {
  it('is told with the parameters that such values go to, and the remedy once', async () => {
    const { code, stderr } = await runCommand([
      '--emulator',
      'Add-DhcpServerv4Failover sfo dhcpserver2.contoso.com 10.10.10.0',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'parameter \'ScopeId\'. "dhcpserver2.contoso.com" is not a valid IPv4 address. Write an IPv4 address such as 10.10.10.0.',
    );
    expect(stderr).toContain(ORDER);
    expect(stderr.match(/such as 10\.10\.10\.0/g)).toHaveLength(1);
    expect(stderr).toContain('ParameterArgumentTransformationError,Add-DhcpServerv4Failover');
  });

  it('is told so in a script block, too', async () => {
    const { stderr } = await runCommand([
      '--emulator',
      "'sfo' | ForEach-Object { Add-DhcpServerv4Failover $_ dhcpserver2.contoso.com 10.10.10.0 }",
    ]);
    expect(stderr).toContain(ORDER);
  });

  it('is no matter of a value with a name', async () => {
    const { code, stderr } = await runCommand([
      '--emulator',
      'Add-DhcpServerv4Failover sfo -ScopeId dhcpserver2.contoso.com -PartnerServer dhcpserver2.contoso.com',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('is not a valid IPv4 address');
    expect(stderr).not.toContain('without a name');
  });
});
