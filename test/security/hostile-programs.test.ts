import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeWithFolder } from '../recorded/recordings.js';

const DIST = join(__dirname, '../../dist');

interface Program {
  readonly name: string;
  readonly argv?: readonly string[];
  /** What it prints when an attack was tried, and */
  readonly tried: RegExp;
  /** when it had success. */
  readonly fell: RegExp;
}

const EVIL =
  '<p:ComputerName>victim.contoso.com</p:ComputerName><p:Force>true</p:Force><p:PSComputerName>evil.contoso.com</p:PSComputerName>';

const PROGRAMS: readonly Program[] = [
  { name: 't13-spoof', tried: /--json dhcp/, fell: /PSComputerName"?\s*:\s*"?trusted/ },
  // It looks for `properties`, which instances have no more, and ends there; parameters.test.ts spreads the instance itself.
  { name: 't14-spread', argv: [EVIL], tried: /^$|connected to/, fell: /(?:asked|saw): \["/ },
  // A secret that is written as a number, or as a property of an instance that is printed, is no secret to anybody.
  { name: 't15-secrets', tried: /password-env/, fell: /^(?!New-CimInstance clientonly|secret as number type).*LEAK/m },
  { name: 't21-redos', tried: /80k: \d+ ms/, fell: /: \d{5,} ms/ },
  { name: 't22-redos-dhcp', argv: ['260000'], tried: /after \d+ ms/, fell: /after \d{5,} ms/ },
  { name: 't35-wild', tried: /2000 characters/, fell: /: \d{5,} ms/ },
  { name: 't36-spread-failover', tried: /B was told:/, fell: /ComputerName=|SharedSecret=|Force=true/ },
  { name: 't42-types', tried: /allowUnencrypted/, fell: /^(?:allowUnencrypted|allowNtlm): .*(?:ACCEPTED|wire: true)/m },
  { name: 't45-table', tried: /widest cell/, fell: /SIGABRT|output \d{3,} MB/ },
];

// Servers that lie, each as a program that prints what became of it. Some end with the refusal as an error that nobody handles.
describeWithFolder('CIMLET_CASES', 'Hostile programs', (folder) => {
  it.each(PROGRAMS)(
    '$name has no success',
    async ({ name, argv = [], tried, fell }) => {
      const env = { ...process.env, CIMLET_DIST: DIST };
      const stdout = await new Promise<string>((resolve) => {
        const program = [join(folder, 'hostile', `${name}.mjs`), ...argv];
        execFile(process.execPath, program, { env, timeout: 90_000, maxBuffer: 2 ** 26 }, (_, text) => resolve(text));
      });
      expect(stdout).toMatch(tried);
      expect(stdout).not.toMatch(fell);
    },
    100_000,
  );
});
