import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const LIB = resolve(__dirname, '../../lib');

/** Height of each floor; equal height means neighbours that must not import each other. */
const FLOORS: Readonly<Record<string, number>> = {
  base: 0,
  xml: 1,
  crypto: 1,
  auth: 2,
  transport: 3,
  wsman: 4,
  cim: 5,
  schema: 5.5,
  soap: 5.5,
  cmdlet: 6,
  'cim-cmdlets': 6.5,
  'dhcp-server': 7,
  client: 7.5,
  pairs: 7.5,
  fleet: 7.8,
  emulator: 8,
  serve: 8.5,
  cli: 9,
  'powershell-module': 9.5,
};

/** Who may open sockets. CredSSP carries TLS inside its tokens: a TLS engine in memory, no socket. Reading an address opens none. */
const NETWORK_FLOORS = ['transport', 'emulator', 'cli'];
const NETWORK_EXCEPTIONS = ['auth/credssp/', 'base/network/ip-address.ts'];
const NETWORK_MODULES = /^node:(http|https|net|tls)$/;
const WITHOUT_SOCKET = /^isIP(v4|v6)?$/;

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
  /** Of a list in braces. */
  readonly names: readonly string[];
}

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const statement =
    /^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;
  return [...text.matchAll(statement)].map((match) => ({
    from: relative(LIB, file),
    specifier: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined,
    names: (/\{([^}]*)\}/.exec(match[0])?.[1] ?? '').split(',').flatMap((name) => name.trim() || []),
  }));
}

function target(entry: Import): string | undefined {
  if (!entry.specifier.startsWith('.')) return undefined;
  return relative(LIB, resolve(LIB, dirname(entry.from), entry.specifier.replace(/\.js$/, '.ts')));
}

const floorOf = (path: string): string => path.split('/')[0] ?? '';

const files = sourceFiles(LIB);
const imports = files.flatMap(importsOf);

/** The packages that a module may import, by the start of its path. What is not a dependency is not a part of what is installed. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'cmdlet/run/throttle.ts': ['p-limit'],
  'auth/gssapi/gssapi-library.ts': ['koffi'],
  'auth/sspi/sspi-library.ts': ['koffi'],
  'fleet/engine/load-engine.ts': ['bullmq', 'ioredis'],
  // Stands in a comment.
  'base/optional-peer.ts': ['name'],
  'schema/generator/wsdl-document.ts': ['@xmldom/xmldom'],
  'schema/generator/element-builder.ts': ['@xmldom/xmldom'],
};

describe('the house', () => {
  it('has files, and imports between them, to look at', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.filter((entry) => target(entry) !== undefined).length).toBeGreaterThan(100);
  });

  it('has only known floors', () => {
    const unknown = files
      .map((file) => relative(LIB, file))
      .filter((path) => path.includes('/') && !(floorOf(path) in FLOORS));
    expect(unknown).toEqual([]);
  });

  it('never imports a higher floor', () => {
    const uphill = imports.flatMap((entry) => {
      const to = target(entry);
      if (to === undefined || !entry.from.includes('/') || floorOf(to) === floorOf(entry.from)) return [];
      const from = FLOORS[floorOf(entry.from)] ?? Number.NaN;
      const height = FLOORS[floorOf(to)] ?? Number.NaN;
      return height < from ? [] : [`${entry.from} imports ${to}`];
    });
    expect(uphill).toEqual([]);
  });

  it('imports only files that exist', () => {
    const known = new Set(files.map((file) => relative(LIB, file)));
    const missing = imports.flatMap((entry) => {
      const to = target(entry);
      return to === undefined || known.has(to) ? [] : [`${entry.from} imports ${to}`];
    });
    expect(missing).toEqual([]);
  });

  it('has no import cycle at run time', () => {
    const graph = new Map<string, string[]>();
    for (const entry of imports) {
      const to = target(entry);
      if (to !== undefined && !entry.typeOnly) graph.set(entry.from, [...(graph.get(entry.from) ?? []), to]);
    }
    expect(findCycle(graph)).toBeUndefined();
  });

  it('imports packages only where it may', () => {
    const packages = imports
      .filter(({ specifier }) => !/^(?:node:|\.)/.test(specifier))
      .filter(({ from, specifier }) => PACKAGES[from]?.includes(specifier) !== true)
      .map(({ from, specifier }) => `${from} imports ${specifier}`);
    expect(packages).toEqual([]);
  });

  it('opens sockets only where it may', () => {
    const trespassers = imports
      .filter((entry) => NETWORK_MODULES.test(entry.specifier) && !entry.typeOnly)
      .filter(({ names }) => names.length === 0 || !names.every((name) => WITHOUT_SOCKET.test(name)))
      .filter((entry) => !NETWORK_FLOORS.includes(floorOf(entry.from)))
      .filter((entry) => !NETWORK_EXCEPTIONS.some((prefix) => entry.from.startsWith(prefix)))
      .map((entry) => `${entry.from} imports ${entry.specifier}`);
    expect(trespassers).toEqual([]);
  });
});

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] | undefined => {
    const at = path.indexOf(node);
    if (at >= 0) return [...path.slice(at), node];
    if (done.has(node)) return undefined;
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
