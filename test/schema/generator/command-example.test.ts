import { describe, expect, it } from '@jest/globals';
import { promptSuppression, typeScriptExample } from '../../../lib/schema/generator/command-example.js';
import { readSchemaLibrary } from '../../../lib/schema/generator/schema-library.js';
import { schemaFiles } from '../schema-files.js';

describe('examples', () => {
  const { cmdlets } = readSchemaLibrary(schemaFiles('.cdxml'), schemaFiles('.mof'));
  const cmdlet = (name: string) => {
    const found = cmdlets.find(({ definition }) => definition.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };

  it('are parsed by word, quote and comma', () => {
    const lines = typeScriptExample(
      cmdlet('Add-DhcpServerv4FailoverScope'),
      'Add-DhcpServerv4FailoverScope -Name "a b" -ScopeId 10.0.0.0,"10.1.0.0" -PassThru',
    );
    expect(lines).toEqual(
      expect.arrayContaining(["  Name: 'a b',", "  ScopeId: ['10.0.0.0', '10.1.0.0'],", '  PassThru: true,']),
    );
  });

  it('become calls with values of the right type', () => {
    expect(
      typeScriptExample(
        cmdlet('Set-DhcpServerv4Failover'),
        `Set-DhcpServerv4Failover -Name "it's" -Mode hotstandby -ReservePercent 10 -AutoStateTransition $False`,
      ),
    ).toEqual([
      "import { setDhcpServerv4Failover } from 'cimlet';",
      '',
      'await setDhcpServerv4Failover({',
      "  Name: 'it\\'s',",
      "  Mode: 'HotStandby',",
      '  ReservePercent: 10,',
      '  AutoStateTransition: false,',
      '  Force: true,',
      '});',
    ]);
  });

  it('know when the cmdlet would ask', () => {
    expect(promptSuppression(cmdlet('Add-DhcpServerv4Failover'), 'Add-DhcpServerv4Failover -SharedSecret x')).toEqual({
      name: 'Force',
      value: true,
    });
    expect(promptSuppression(cmdlet('Add-DhcpServerv4Failover'), 'Add-DhcpServerv4Failover -Name x')).toBeUndefined();
    expect(promptSuppression(cmdlet('Remove-DhcpServerv4Scope'), 'Remove-DhcpServerv4Scope -Force')).toBeUndefined();
    // Force would mean more there than silence.
    expect(promptSuppression(cmdlet('Remove-DhcpServerv4Failover'), 'Remove-DhcpServerv4Failover x')).toEqual({
      name: 'Confirm',
      value: false,
    });
  });

  it('name only parameters that exist', () => {
    expect(() => typeScriptExample(cmdlet('Get-DhcpServerVersion'), 'Get-DhcpServerVersion -Nmae x')).toThrow(
      'has no parameter Nmae',
    );
    for (const described of cmdlets) {
      expect(described.help.examples.length).toBeGreaterThan(0);
      for (const { command } of described.help.examples) {
        expect(`${command} `.startsWith(`${described.definition.name} `)).toBe(true);
        expect(typeScriptExample(described, command).join('\n')).toContain('await ');
      }
    }
  });
});
