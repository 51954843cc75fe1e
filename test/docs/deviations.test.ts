// What docs/command.md says of where the command differs is what the judge of its lines lets differ.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { BESIDES, DEVIATIONS, REFUSALS } from '../powershell/deviations.js';

const PAGE = readFileSync(resolve(__dirname, '../../docs/command.md'), 'utf8');

function bulletsUnder(heading: string): string[] {
  const [, section = ''] = PAGE.split(`\n### ${heading}\n`);
  return (section.split(/\n##/)[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2));
}

it('docs/command.md lists every deviation from PowerShell, and no other', () => {
  expect(bulletsUnder('Refused, where PowerShell takes it')).toEqual(REFUSALS);
  expect(bulletsUnder('Done in another way')).toEqual([...DEVIATIONS.map(({ reason }) => reason), ...BESIDES]);
});
