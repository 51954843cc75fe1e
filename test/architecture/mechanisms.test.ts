import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';

const TRANSPORT = resolve(__dirname, '../../lib/transport');

/** A proxy is shown its credential as RFC 7617 says: the same header, of no security context. */
const PROXY = ['socket/proxy-tunnel.ts'];

/** In a name. */
const MECHANISM = /ntlm|spnego|kerberos|credssp/i;
/** As a whole text; a sentence for people may name them as remedies. */
const MECHANISM_ALONE = /^(?:basic|certificate|ntlm|negotiate|spnego|kerberos|credssp)$/i;
/** What only one mechanism sends. */
const WIRE_NAME = /-session-encrypted|secprofile/i;

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? sourceFiles(path) : entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** The names and texts of a file's code by which it could tell mechanisms apart. */
function mechanismsIn(code: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { type, value, cooked } = node as {
      readonly type?: unknown;
      readonly value?: unknown;
      readonly cooked?: unknown;
    };
    if ((type === 'Identifier' || type === 'PrivateName') && typeof value === 'string') {
      if (MECHANISM.test(value.replaceAll('_', ''))) found.push(value);
    } else if (type === 'StringLiteral' || type === 'TemplateElement') {
      const text = String(value ?? cooked);
      if (MECHANISM_ALONE.test(text) || WIRE_NAME.test(text)) found.push(text);
    }
    Object.values(node).forEach(visit);
  };
  visit(parseSync(code, { syntax: 'typescript', target: 'es2022' }));
  return found;
}

const files = sourceFiles(TRANSPORT)
  .map((path) => ({ name: relative(TRANSPORT, path), code: readFileSync(path, 'utf8') }))
  .filter(({ name }) => !PROXY.includes(name));

describe('the transport and the mechanisms of authentication', () => {
  it('knows their contract and nothing else of them', () => {
    const imports = files.flatMap(({ name, code }) =>
      [...code.matchAll(/from '[^']*\/auth\/([^']*)'/g)].map(([, to = '']) => `${name} imports auth/${to}`),
    );
    expect(imports.length).toBeGreaterThan(3);
    expect(imports.filter((line) => !line.includes('auth/contract/'))).toEqual([]);
  });

  it('tells none by its name', () => {
    expect(mechanismsIn("const a = mechanism === 'Certificate';")).toEqual(['Certificate']);
    expect(mechanismsIn('const b = protocol === CRED_SSP_PROTOCOL;')).toEqual(['CRED_SSP_PROTOCOL']);
    expect(mechanismsIn('const c = `application/HTTP-Any-session-encrypted`;')).toHaveLength(1);
    expect(mechanismsIn("// CredSSP\nconst d = 'Use one that encrypts: Kerberos, Ntlm or CredSsp.';")).toEqual([]);
    expect(files.flatMap(({ name, code }) => mechanismsIn(code).map((what) => `${name}: ${what}`))).toEqual([]);
  });
});
