import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const LIB = resolve(__dirname, '../../lib');

/** The rooms of each floor from the ground up; those in one row do not import each other. What stands in the floor's own folder is on top. */
const ROOMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  base: [['collections', 'network', 'text']],
  xml: [['text'], ['tree'], ['tags']],
  auth: [['contract', 'native'], ['plain', 'ntlm', 'kerberos'], ['spnego', 'gssapi', 'sspi'], ['credssp']],
  transport: [['http'], ['logon'], ['sealing', 'socket']],
  wsman: [
    ['contract'],
    ['envelope'],
    ['fault', 'service'],
    ['exchange'],
    ['enumeration'],
    ['transfer', 'subscription', 'enhanced'],
  ],
  cim: [['value'], ['instance'], ['codec'], ['class', 'error'], ['operations'], ['session']],
  schema: [['definition'], ['mof', 'cdxml'], ['resolve']],
  cmdlet: [
    ['contract'],
    ['convert'],
    ['bind'],
    ['confirm'],
    ['report', 'static-method', 'repeat'],
    ['run'],
    ['result'],
  ],
  'cim-cmdlets': [['definition'], ['call'], ['cmdlets']],
  'dhcp-server': [['generated', 'export-file'], ['script'], ['export', 'import']],
  pairs: [['model'], ['reading', 'comparison'], ['planning']],
  fleet: [['contract', 'audit'], ['plan', 'engine'], ['store'], ['target'], ['worker', 'run']],
  emulator: [['request', 'fault', 'query'], ['cim'], ['service', 'dhcp'], ['test-namespace'], ['lab'], ['listener']],
  serve: [['line', 'value'], ['call']],
  cli: [
    ['usage', 'values'],
    ['language', 'views'],
    ['stages', 'terminal'],
    ['pipeline', 'sessions'],
    ['commands', 'process'],
  ],
};

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Type imports count: a room that only knows another's types is built on it, too. */
function importsOf(file: string): string[] {
  const statement = /^\s*(?:import|export)\s[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;
  return [...readFileSync(file, 'utf8').matchAll(statement)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(LIB, resolve(dirname(file), specifier.replace(/\.js$/, '.ts'))));
}

const PAGE = readFileSync(join(LIB, '../docs/project/architecture.md'), 'utf8');

describe.each(Object.entries(ROOMS))('%s', (floor, rows) => {
  const heights = new Map(rows.flatMap((row, height) => row.map((room) => [room, height] as const)));
  const roomOf = (path: string): string | undefined => {
    const [first, room, ...rest] = path.split('/');
    return first === floor && rest.length > 0 ? room : undefined;
  };

  it('shows a reader 4 to 12 names', () => {
    const shown = readdirSync(join(LIB, floor)).length;
    expect([shown >= 4, shown <= 12]).toEqual([true, true]);
  });

  it('has these rooms and no others', () => {
    const folders = readdirSync(join(LIB, floor)).filter((name) => statSync(join(LIB, floor, name)).isDirectory());
    expect(folders.filter((name) => name !== 'generator').sort()).toEqual([...heights.keys()].sort());
  });

  it('stands in docs/project/architecture.md as it is here', () => {
    const [, told = ''] = new RegExp(`^\\| \`${floor}\` +\\| ([^|]+) \\|`, 'm').exec(PAGE) ?? [];
    const rooms = told.split(' · ').map((row) => row.trim().split(', '));
    expect(rooms.map((row) => row.filter((room) => room !== 'generator')).filter((row) => row.length > 0)).toEqual(
      rows,
    );
  });

  it('is built from the ground up', () => {
    const uphill = sourceFiles(join(LIB, floor)).flatMap((file) => {
      const from = relative(LIB, file);
      const own = heights.get(roomOf(from) ?? '') ?? Number.POSITIVE_INFINITY;
      return importsOf(file).flatMap((to) => {
        if (!to.startsWith(`${floor}/`) || roomOf(to) === roomOf(from)) return [];
        const other = heights.get(roomOf(to) ?? '') ?? Number.POSITIVE_INFINITY;
        return other < own || own === Number.POSITIVE_INFINITY ? [] : [`${from} imports ${to}`];
      });
    });
    expect(uphill).toEqual([]);
  });
});

it("no room of WS-Management's client knows the server's side of its codecs", () => {
  const files = sourceFiles(join(LIB, 'wsman')).filter((file) => !relative(LIB, file).startsWith('wsman/service/'));
  expect(files.flatMap(importsOf).filter((to) => to.startsWith('wsman/service/'))).toEqual([]);
});

it('the floors above know WS-Management by its contract and its names, and one file opens its client', () => {
  const OPENS_CLIENTS = 'cim/session/session-operations.ts';
  const known = (to: string) => to.startsWith('wsman/contract/') || to === 'wsman/envelope/namespaces.ts';
  const files = ['cim', 'soap', 'schema', 'cmdlet', 'cim-cmdlets', 'dhcp-server'].flatMap((floor) =>
    sourceFiles(join(LIB, floor)),
  );
  const beyond = files.flatMap((file) =>
    importsOf(file)
      .filter((to) => to.startsWith('wsman/') && !known(to))
      .map((to) => `${relative(LIB, file)} imports ${to}`),
  );
  expect(beyond).toEqual([`${OPENS_CLIENTS} imports wsman/client.ts`]);
});

it('the engine and the cmdlets know no WS-Management', () => {
  const files = ['cmdlet', 'cim-cmdlets', 'dhcp-server'].flatMap((floor) => sourceFiles(join(LIB, floor)));
  expect(files.flatMap(importsOf).filter((to) => to.startsWith('wsman/'))).toEqual([]);
});

it('no files import each other in a circle, not even for types', () => {
  const graph = new Map(sourceFiles(LIB).map((file) => [relative(LIB, file), importsOf(file)]));
  const done = new Set<string>();
  const path: string[] = [];
  const circle = (node: string): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const found = circle(next);
      if (found !== undefined) return found;
    }
    path.pop();
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) expect(circle(node)).toBeUndefined();
});
