import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeInBothForms, type Environment, isPlain, MANIFEST, runPowerShell } from './powershell-program.js';

interface ToldParameter {
  readonly name: string;
  readonly type: string;
  readonly aliases: readonly string[];
  readonly sets: readonly {
    readonly set: string;
    readonly required: boolean;
    readonly position: number | null;
    readonly byName: boolean;
  }[];
  readonly values: readonly string[];
}

interface ToldCommand {
  readonly name: string;
  readonly shouldProcess: boolean;
  readonly parameters: readonly ToldParameter[];
}

/** Microsoft's help as data, in a folder beside the checkout. */
interface HelpCommand {
  readonly name: string;
  readonly supportsShouldProcess: boolean;
  readonly parameters: readonly {
    readonly name: string;
    readonly type: string;
    readonly aliases: readonly string[];
    readonly sets: readonly string[];
    readonly required: boolean;
    readonly position: number | null;
    readonly pipeline: readonly string[];
    readonly acceptedValues: readonly string[];
  }[];
}

const REFERENCE = process.env['CIMLET_REFERENCE'];

/** Where the help contradicts itself or the module; the corrections to the help have them. */
const CORRECTED: readonly string[] = [
  'Invoke-DhcpServerv4FailoverReplication -ScopeId required',
  'Add-DhcpServerv4OptionDefinition -Type values',
];

async function toldCommands(form: Environment): Promise<Map<string, ToldCommand>> {
  const script = resolve('test/powershell-module/describe-commands.ps1');
  const { stdout } = await runPowerShell(['-File', script, '-Manifest', MANIFEST], form);
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return new Map(lines.map((line) => JSON.parse(line) as ToldCommand).map((command) => [command.name, command]));
}

function differences(help: HelpCommand, told: ToldCommand, form: Environment): string[] {
  const found: string[] = [];
  if (help.supportsShouldProcess !== told.shouldProcess) found.push(`${help.name} ShouldProcess`);
  const names = new Set(help.parameters.map(({ name }) => name));
  for (const { name } of told.parameters) if (!names.has(name)) found.push(`${help.name} -${name} is new`);
  for (const parameter of help.parameters) {
    const own = told.parameters.find(({ name }) => name === parameter.name);
    const which = `${help.name} -${parameter.name}`;
    if (own === undefined) {
      found.push(`${which} is missing`);
      continue;
    }
    // Plain sessions have no type of .NET.
    const type = isPlain(form) ? parameter.type.replace(/^CimSession\b/, 'PSObject') : parameter.type;
    if (own.type !== type) found.push(`${which} type ${own.type}`);
    const aliases = [...own.aliases].sort().join();
    // The help of Windows' own leaves out what the engine adds.
    if (
      !['WhatIf', 'Confirm'].includes(own.name) &&
      aliases.toLowerCase() !== [...parameter.aliases].sort().join().toLowerCase()
    ) {
      found.push(`${which} aliases ${aliases}`);
    }
    if (
      parameter.acceptedValues.length > 0 &&
      [...own.values].sort().join() !== [...parameter.acceptedValues].sort().join()
    ) {
      found.push(`${which} values`);
    }
    const memberships = own.sets.filter(({ set }) => parameter.sets.includes('(All)') || parameter.sets.includes(set));
    if (memberships.length === 0) found.push(`${which} sets ${own.sets.map(({ set }) => set).join()}`);
    for (const { required, position, byName } of memberships) {
      if (required !== parameter.required) found.push(`${which} required`);
      if (position !== parameter.position) found.push(`${which} position ${position}`);
      if (byName !== parameter.pipeline.includes('ByPropertyName')) found.push(`${which} pipeline`);
    }
  }
  return found;
}

describeInBothForms('the functions, as PowerShell sees them', (form) => {
  it('are those of the help of Windows’ module, with its parameters, types, aliases, sets, positions and values', async () => {
    const told = await toldCommands(form);
    expect(told.size).toBeGreaterThan(120);
    if (REFERENCE === undefined) return;
    const help = JSON.parse(readFileSync(join(REFERENCE, 'dhcp-cmdlets.json'), 'utf8')) as HelpCommand[];
    expect(help.length).toBe(120);
    const found = help.flatMap((command) => {
      const own = told.get(command.name);
      return own === undefined ? [`${command.name} is missing`] : differences(command, own, form);
    });
    expect([...new Set(found)].filter((difference) => !CORRECTED.includes(difference))).toEqual([]);
  });
});
