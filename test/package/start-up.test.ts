import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
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
    expect(bytes).toBeLessThan(16_000);
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
    expect(bytes).toBeLessThan(245_000);
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
