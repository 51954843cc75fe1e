import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WORDINGS } from '../../../lib/cli/terminal/command-wording.js';
import { OPTION_DEFINITIONS } from '../../../lib/cli/usage/options.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { runCommand } from '../command-harness.js';

const LIB = join(__dirname, '../../../lib');
const sources = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/^cli\b/.test(name))
  .map((name) => readFileSync(join(LIB, name), 'utf8'))
  .join('\n');

describe('the command has for the library’s options its own', () => {
  it.each(WORDINGS)('%j is a text of the floors below, and %j names options that exist', (library, command) => {
    expect(sources).toContain(library);
    const options = OPTION_DEFINITIONS.map(({ name }) => name);
    expect((command.match(/--[a-z-]+/g) ?? []).filter((name) => !options.includes(name))).toEqual([]);
  });
});

describe('an error on the command line', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  const OTHER = 'other.contoso.com';
  const argv = () => [
    '--use-ssl',
    '--connect-to',
    `::127.0.0.1:${emulator.servers[0]?.https.port}`,
    '--user',
    emulator.credential.userName,
    '--password-env',
    'P',
    '--auth',
    'Basic',
  ];
  const env = () => ({ P: emulator.credential.password.reveal() });
  const LINE = `Get-DhcpServerv4Scope -CimSession ${OTHER} 10.10.10.0`;

  it.each([[[]], [['--json']]])(
    'about the name and the authority of a certificate names --options %j',
    async (json) => {
      const run = await runCommand([...json, ...argv(), LINE], { env: env() });
      expect(run).toMatchObject({ code: 1, stdout: '' });
      expect(run.stderr).toMatch(/with --ca FILE, pin .* with --pin SHA256 .*--skip-ca-check/s);
      const misnamed = await runCommand([...json, ...argv(), '--skip-ca-check', LINE], { env: env() });
      expect(misnamed).toMatchObject({ code: 1, stdout: '' });
      expect(misnamed.stderr).toMatch(/issued for another name/);
      expect(misnamed.stderr).toMatch(/with --pin SHA256, or accept any name with --skip-cn-check/);
      expect(run.stderr + misnamed.stderr).not.toMatch(/tls\.|skipC/);
    },
  );

  it('goes away with --skip-ca-check and --skip-cn-check, and not with the latter alone', async () => {
    const both = await runCommand(['--json', ...argv(), '--skip-ca-check', '--skip-cn-check', LINE], { env: env() });
    expect(both).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(both.stdout)).toMatchObject({ ScopeId: '10.10.10.0' });
    const name = await runCommand([...argv(), '--skip-cn-check', LINE], { env: env() });
    expect(name).toMatchObject({ code: 1, stdout: '' });
    expect(name.stderr).toContain('it does not lead to a trusted authority');
  });

  it('about a time span names no object of TypeScript', async () => {
    const run = await runCommand(['--emulator', 'Set-DhcpServerv4Failover x -MaxClientLeadTime 60']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("such as '2:00:00'. A day is 1.00:00:00.");
    expect(run.stderr).not.toContain('hours: 2');
  });
});
