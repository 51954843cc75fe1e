import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';
import { type OptionName, textIn, wordingOf } from '../../../lib/base/wording.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import type { CimReadOptions } from '../../../lib/cim/operations/operation-options.js';
import type {
  CimCredSspOptions,
  CimKerberosOptions,
  CimSessionOptions,
} from '../../../lib/cim/session/session-options.js';
import { newCimSessionOptionDefinition } from '../../../lib/cim-cmdlets/cmdlets/new-cim-session-option.js';
import { COMMAND } from '../../../lib/cli/terminal/command-face.js';
import { OPTION_DEFINITIONS } from '../../../lib/cli/usage/option-definitions.js';
import type { InvocationOptions } from '../../../lib/cmdlet/contract/invocation-options.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { readFault } from '../../../lib/wsman/fault/read-fault.js';
import { parseXml } from '../../../lib/xml/parse.js';
import { runCommand } from '../command-harness.js';

type PublicOption =
  | keyof CimSessionOptions
  | keyof InvocationOptions
  | keyof CimReadOptions
  | `tls.${keyof NonNullable<CimSessionOptions['tls']>}`
  | `credSsp.${keyof CimCredSspOptions}`
  | `kerberos.${keyof CimKerberosOptions}`;
/** The compiler's word that no text names an option which the library has not. */
const named: [Exclude<OptionName, PublicOption>] extends [never] ? true : never = true;

const LIB = join(__dirname, '../../../lib');
/** The doors for node-soap and PowerShell and the server's side are not part of the command's way to a server. */
const sources = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/^(?:cli|serve|soap|emulator)\b|\bgenerat(?:ed|or)\b/.test(name))
  .map((name) => ({ name, program: parseSync(readFileSync(join(LIB, name), 'utf8'), { syntax: 'typescript' }) }));

interface Named {
  readonly place: string;
  readonly option: OptionName;
  readonly inClause: boolean;
}

/** Calls back for each object of a syntax tree with the properties, such as `clause: …`, that it stands in. */
function walk(
  node: unknown,
  visit: (node: Record<string, unknown>, within: readonly string[]) => void,
  within: string[] = [],
): void {
  if (Array.isArray(node)) for (const one of node) walk(one, visit, within);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const fields = node as Record<string, unknown>;
  visit(fields, within);
  const key = fields['type'] === 'KeyValueProperty' ? (fields['key'] as { value?: string }).value : undefined;
  for (const field of Object.values(fields)) walk(field, visit, key === undefined ? within : [...within, key]);
}

/** The literal options of all wordings, and whether a face may leave them out. */
function namedOptions(): Named[] {
  const found: Named[] = [];
  for (const { name, program } of sources) {
    walk(program, ({ type, value }, within) => {
      if (type !== 'StringLiteral' || within.at(-1) !== 'option') return;
      found.push({ place: name, option: value as OptionName, inClause: within.includes('clause') });
    });
  }
  return found;
}

describe('the texts of the library', () => {
  it('name options, and those that the command has not in clauses that it leaves out', () => {
    const options = namedOptions();
    expect(named).toBe(true);
    expect(options.length).toBeGreaterThan(40);
    const strange = options.filter(
      ({ option, inClause }) => !inClause && COMMAND.option(option, undefined) === undefined,
    );
    // Texts about what was given for these, and about parameters of which the command says its own first (substitutes.ts).
    // And one about the options of DHCP.
    const known = [
      'bind/engine-parameter-definitions.ts',
      'socket/client-certificate.ts',
      'socket/tls-options.ts',
      'pairs/comparison/meaning.ts',
    ];
    expect(strange.filter(({ place }) => !known.some((name) => place.endsWith(name)))).toEqual([]);
  });

  it('name no option as plain text', () => {
    const OPTION =
      /\btls\.\w|\b(?:connectTo|allow(?:Unencrypted|Ntlm)|(?:operationT|t)imeoutMs|spn(?:Host|Service)|maxResponse\w+|maxEnvelopeSize|skipC[AN]Check|skipC[an]Check|noEncryption|typeInformation|onWarning|onProgress|libraryPath)\b|\{ hours|kerberos: \{|authentication: [A-Z'"]|--[a-z]/;
    const plain: string[] = [];
    for (const { name, program } of sources) {
      walk(program, ({ type, value, cooked }, within) => {
        if (within.includes('code')) return;
        const text = type === 'StringLiteral' ? value : type === 'TemplateElement' ? cooked : undefined;
        if (typeof text === 'string' && /\s/.test(text.trim()) && OPTION.test(text)) plain.push(`${name}: ${text}`);
      });
    }
    expect(plain).toEqual([]);
  });

  it('are told in options that the command has', () => {
    const options = [...OPTION_DEFINITIONS.map(({ name }) => name)];
    const parameters = newCimSessionOptionDefinition.parameters.map(({ name }) => `-${name}`);
    const names = [...new Set(namedOptions().map(({ option }) => COMMAND.option(option, undefined) ?? ''))].join(' ');
    expect((names.match(/--[a-z-]+/g) ?? []).filter((name) => !options.includes(name))).toEqual([]);
    expect((names.match(/(?<!\S)-[A-Z]\w+/g) ?? []).filter((name) => !parameters.includes(name))).toEqual([]);
    expect(names).toContain('--pin SHA256');
    const fault =
      '<Fault xmlns="http://www.w3.org/2003/05/soap-envelope"><Detail><p:MSFT_WmiError xmlns:p="urn:e"><p:CIMStatusCode>1</p:CIMStatusCode><p:Message>No.</p:Message><p:MessageID>WIN32 5</p:MessageID></p:MSFT_WmiError></Detail></Fault>';
    const refused = CimException.fromFault(readFault(parseXml(fault), 500), undefined, 'not-delegated');
    expect(textIn(COMMAND, wordingOf(refused).hint ?? '')).toMatch(
      /: log on with Kerberos, and let the partner .*; or use Kerberos with --delegate; or --auth CredSsp\. Else/,
    );
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

  it('about contradicting options names both', async () => {
    const run = await runCommand(['--auth', 'Ntlm', '--no-ntlm', '--user', 'a', '--password-env', 'P', LINE], {
      env: env(),
    });
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain('--no-ntlm contradicts --auth Ntlm.');
  });

  it('about a time span names no object of TypeScript', async () => {
    const run = await runCommand(['--emulator', 'Set-DhcpServerv4Failover x -MaxClientLeadTime 60']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("such as '2:00:00'. A day is 1.00:00:00.");
    expect(run.stderr).not.toContain('hours: 2');
  });
});
