import { expect, it } from '@jest/globals';
import { describeInBothForms, runScript } from '../powershell-program.js';
import { CHILDREN, NodePrograms } from './node-programs.js';

/** One call with each program in the place of Node.js, and what came of it; a call with the real one behind each says whether PowerShell is unharmed. */
const script = (programs: readonly string[]): string => `${CHILDREN}
$real = $env:CIMLET_NODE
foreach ($program in @(${programs.map((path) => `'${path}'`).join(', ')})) {
    Stop-Child
    $env:CIMLET_NODE = $program
    $name = Split-Path -Leaf $program
    try { "\${name}: $((Get-DhcpServerVersion -ComputerName there -ErrorAction Stop).MajorVersion)" }
    catch { "\${name}: $($_.FullyQualifiedErrorId) $($_.Exception.Message)" }
}
Stop-Child
$env:CIMLET_NODE = $real
"afterwards: $((Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com).MajorVersion), processes: $(@(Get-Child).Count)"`;

describeInBothForms('a process that is not as it should be', (form) => {
  it('is told for what it is, and PowerShell goes on', async () => {
    using programs = new NodePrograms();
    const lines = await runScript(
      script([
        '/nowhere/node',
        programs.old('18.20.4'),
        programs.old('20.18.0'),
        programs.shell('no program', 'not a program'),
        ...[
          'dies at start',
          'dies in a call',
          'other protocol',
          'noise',
          'unknown kind',
          'short line',
          'broken row',
          'broken value',
          'row without a class',
        ].map((way) => programs.broken(way)),
      ]),
      { ...form, CIMLET_NODE: process.execPath },
    );
    const outcome = Object.fromEntries(lines.map((line) => /^([^:]*): (.*)$/.exec(line)?.slice(1) ?? [line, '']));
    const has = (...parts: readonly string[]) => expect.stringMatching(new RegExp(parts.join('.*')));
    const id = (name: string) => `^${name},Get-DhcpServerVersion`;
    expect(outcome).toEqual({
      node: has(id('NodeNotFound'), "no program '/nowhere/node'", 'CIMLET_NODE'),
      'node 18.20.4': has(id('NodeTooOld'), '18\\.20\\.4 is too old: 20\\.19 or later', 'CIMLET_NODE'),
      'node 20.18.0': has(id('NodeTooOld'), '20\\.18\\.0 is too old'),
      'no program': has(id('CimletDied'), 'exit code 127', 'not found'),
      'dies at start': has(id('CimletDied'), 'exit code 3', 'it could not load'),
      'dies in a call': has(id('CimletDied'), 'exit code 134', 'may have taken effect', 'out of memory'),
      'other protocol': has(id('CimletDied'), 'It speaks protocol 2, and this module 1'),
      noise: '10',
      'unknown kind': '10',
      'short line': has(id('BrokenReply')),
      'broken row': has(id('BrokenReply')),
      'broken value': has(id('BrokenReply')),
      'row without a class': has(id('BrokenReply')),
      afterwards: '10, processes: 1',
    });
  });

  it('makes no code of the names of classes and properties', async () => {
    using programs = new NodePrograms();
    const lines = await runScript(
      '$o = Get-DhcpServerVersion -ComputerName there; $o.psobject.Properties | Where-Object MemberType -EQ NoteProperty | ForEach-Object { $_.Name -ceq $_.Value }; $o.psobject.TypeNames[1]; $o.ToString()',
      { ...form, CIMLET_NODE: programs.broken('quoted names') },
    );
    const className = 'Class \'\u2019"$(throw 1)';
    expect(lines.filter((line) => line === 'True')).toHaveLength(5);
    expect(lines.slice(-2)).toEqual([`Microsoft.Management.Infrastructure.CimInstance#${className}`, className]);
  });
});
