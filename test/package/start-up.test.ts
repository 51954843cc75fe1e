import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { ROOT } from './packed-package.js';

const DIST = join(ROOT, 'dist');

interface Loaded {
  /** Files below dist/, in order. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** Modules of Node's own beyond those of an empty script, and beyond those that find files. */
  readonly node: readonly string[];
}

/** What a script has loaded at its end. */
function loadedBy(script: string): Loaded {
  const told = `const before = new Set(process.moduleLoadList);
    (async () => {
      ${script}
      const node = process.moduleLoadList.filter((name) => !before.has(name) && !name.includes('internal/modules/'));
      require('node:fs').writeSync(1, JSON.stringify({ files: Object.keys(require.cache), node }));
    })();`;
  const output = execFileSync(process.execPath, ['-e', told], { encoding: 'utf8', cwd: ROOT });
  const { files, node } = JSON.parse(output) as { files: string[]; node: string[] };
  return {
    files: files.map((file) => relative(DIST, file)),
    bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
    node,
  };
}

describe("require('cimlet')", () => {
  it.each(['cimlet', 'cimlet/dhcp-server', 'cimlet/emulator', 'cimlet/fleet', 'cimlet/pairs'])(
    'loads one file for %s',
    (entry) => {
      const { files, bytes, node } = loadedBy(`require('${entry}');`);
      expect(files).toEqual([entry === 'cimlet' ? 'index.js' : `${entry.slice('cimlet/'.length)}.js`]);
      expect(bytes).toBeLessThan(6_000);
      expect(node).toEqual([]);
    },
  );

  it('loads the functions of the cmdlets with the first of them, and no engine, session or definition', () => {
    const { files, bytes, node } = loadedBy(`require('cimlet').getDhcpServerv4Scope.call;`);
    expect(files).toEqual(['index.js', 'chunks/dhcp-cmdlets.js', 'chunks/cmdlet-function.js']);
    expect(bytes).toBeLessThan(33_000);
    expect(node).toEqual([]);
  });

  it('loads for an error class what errors are', () => {
    const { files, bytes } = loadedBy(`require('cimlet').CimletError.name;`);
    expect(files.length).toBeLessThanOrEqual(3);
    expect(bytes).toBeLessThan(20_000);
  });

  it('has plain properties, which a test may replace', () => {
    const replaced = `const cimlet = require('cimlet');
      const names = Object.keys(cimlet).length;
      cimlet.newCimSession = () => 'replaced';
      const { newCimSession, getCimInstance } = cimlet;
      if (newCimSession() !== 'replaced' || Object.keys(cimlet).length !== names) throw new Error('not replaced');
      if (Object.getOwnPropertyDescriptor(cimlet, 'getCimInstance').value !== getCimInstance) throw new Error('still to be loaded');
      if ('newCimSessions' in cimlet) throw new Error('has what it has not');`;
    expect(loadedBy(replaced).files).toContain('chunks/cim-cmdlets.js');
  });
});

describe("import 'cimlet'", () => {
  const { files, bytes } = loadedBy(`await import('cimlet');`);

  it('loads classes and functions, and nothing that a call works with', () => {
    expect(files.filter((file) => /ps-|invocation\.|session-operations|logon|emulator|load\.js/.test(file))).toEqual(
      [],
    );
    expect(bytes).toBeLessThan(250_000);
    expect(files.length).toBeLessThanOrEqual(28);
  });

  it('does not load the words for codes of errors', () => {
    // A word of each table: of WS-Management's names, of what is said of them, of Windows' codes, of the DHCP provider's.
    const words = ['WSMAN_NULL_KEY', 'WSMAN_URI_NON_DMTF_CLASS', 'WBEM_E_UNPARSABLE_QUERY', 'no failover relationship'];
    const text = files.map((file) => readFileSync(join(DIST, file), 'utf8')).join('');
    expect(text).toContain('newCimSession');
    expect(words.filter((word) => text.includes(word))).toEqual([]);
  });

  it('loads the functions of the cmdlets alone for cimlet/dhcp-server', () => {
    const dhcp = loadedBy(`await import('cimlet/dhcp-server');`);
    expect(dhcp.bytes).toBeLessThan(50_000);
    expect(dhcp.files.length).toBeLessThanOrEqual(6);
  });
});

describe('the first call of a cmdlet', () => {
  it('loads its own definition and no other', () => {
    const call = `await require('cimlet/dhcp-server').getDhcpServerv4Scope({ ScopeId: 'none' }).catch(() => {});`;
    const definitions = loadedBy(call).files.filter((file) => file.startsWith('chunks/ps-dhcpserver'));
    expect(definitions).toEqual(['chunks/ps-dhcpserverv4scope.js']);
  });
});

describe('the command', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ authentication: { allowUnencrypted: true, basic: 'everywhere' } });
  });
  afterAll(() => emulator.close());

  /** What a line loads, asked of a server that runs, over http and with Basic. */
  async function loadedByLine(line: string): Promise<Loaded & { readonly output: string }> {
    const [server] = emulator.servers;
    if (server === undefined) throw new Error('The lab has no server.');
    const told = `process.argv.splice(1, 0, ${JSON.stringify(join(DIST, 'cimlet.js'))});
      process.on('exit', () => {
        require('node:fs').writeSync(2, '@@' + JSON.stringify({ files: Object.keys(require.cache), node: process.moduleLoadList }));
      });
      require(process.argv[1]);`;
    const environment = {
      ...process.env,
      CIMLET_USER: emulator.credential.userName,
      CIMLET_PASSWORD: emulator.credential.password.reveal(),
      CIMLET_AUTH: 'Basic',
      CIMLET_ALLOW_UNENCRYPTED: 'true',
      CIMLET_USE_SSL: 'false',
      CIMLET_CONNECT_TO: `${server.name}:5985:127.0.0.1:${server.http.port}`,
    };
    const args = ['-e', told, '--', line.replace('SERVER', server.name)];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env: environment, cwd: ROOT });
    const { files, node } = JSON.parse(stderr.slice(stderr.indexOf('@@') + 2)) as { files: string[]; node: string[] };
    return {
      files: files.map((file) => relative(DIST, file)),
      bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
      node,
      output: stdout,
    };
  }

  it('loads for one Get the definition of that cmdlet, and no help, stage, TLS, emulator or function', async () => {
    const { files, bytes, node, output } = await loadedByLine('Get-DhcpServerVersion -ComputerName SERVER');
    expect(output).toContain('MajorVersion');
    expect(files.filter((file) => file.startsWith('chunks/ps-'))).toEqual(['chunks/ps-dhcpserverversion.js']);
    const text = files.map((file) => readFileSync(join(DIST, file), 'utf8')).join('');
    // A word of each thing that is not needed: help, stages, TLS and what its failures mean, a logon by NTLM, the emulator, functions.
    const words = ['SYNTAX', 'Group-Object', 'getPeerCertificate', 'CERT_HAS_EXPIRED', 'NTLMSSP', 'createServer'];
    expect([...words, 'exports.getDhcpServerv4Scope '].filter((word) => text.includes(word))).toEqual([]);
    expect(
      node.filter((name) => /NativeModule (?:tls|_tls_wrap|http|https|child_process|fs\/promises)$/.test(name)),
    ).toEqual([]);
    expect(bytes).toBeLessThan(890_000);
    expect(files.length).toBeLessThanOrEqual(34);
  });

  it('loads a stage with the line that has it', async () => {
    const { files, output } = await loadedByLine(
      'Get-DhcpServerv4Scope -ComputerName SERVER | Select-Object -First 1 -ExpandProperty Name',
    );
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(files.filter((file) => /chunks\/[\w-]*(?:stages|-object)\.js$/.test(file))).toEqual([
      'chunks/select-object.js',
    ]);
  });
});
