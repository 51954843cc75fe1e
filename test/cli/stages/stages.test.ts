import { describe, expect, it } from '@jest/globals';
import { findStage, STAGES } from '../../../lib/cli/stages/stages.js';

describe('the table of stages', () => {
  it('has each under its own name', () => {
    expect([...STAGES].filter(([name, definition]) => definition.name.toLowerCase() !== name)).toEqual([]);
    expect(STAGES.size).toBe(24);
  });

  it('knows all of their aliases', () => {
    for (const definition of STAGES.values()) {
      expect(findStage(definition.name)).toBe(definition);
      for (const alias of definition.aliases)
        expect([alias, findStage(alias.toUpperCase())]).toEqual([alias, definition]);
    }
  });

  it('takes the name of the module, and knows no other name', () => {
    expect(findStage('Microsoft.PowerShell.Utility\\Sort-Object')?.name).toBe('Sort-Object');
    expect([findStage('Get-DhcpServerv4Scope'), findStage('constructor'), findStage('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
