// One compromised server among many harms neither the others' results nor the process.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from '@jest/globals';
import { getDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { type CimSession, type CimSessionOptions, CmdletError, newCimSession } from '../../lib/index.js';
import { httpServer } from '../transport/servers.js';

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const URI = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/PS_DhcpServerv4Scope';
const TARGETS = 1000;
const OF_EACH_KIND = 10;
const MIB = 'x'.repeat(2 ** 20);

const envelope = (relatesTo: string, body: string) =>
  `<s:Envelope xmlns:s="${SOAP}" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header><a:Action>${URI}/GetResponse</a:Action><a:MessageID>uuid:1</a:MessageID><a:RelatesTo>${relatesTo}</a:RelatesTo></s:Header><s:Body><p:Get_OUTPUT xmlns:p="${URI}">${body}</p:Get_OUTPUT></s:Body></s:Envelope>`;
const item = (name: string) =>
  `<p:cmdletOutput><p:ScopeId>10.0.0.0</p:ScopeId><p:Name>${name}</p:Name></p:cmdletOutput>`;
const scope = (...names: readonly string[]) => `${names.map(item).join('')}<p:ReturnValue>0</p:ReturnValue>`;

/** What a hostile server answers. */
const KINDS: Readonly<Record<string, (response: ServerResponse, id: string) => void>> = {
  floods: (response, id) => {
    const piece = '<p:x/>'.repeat(10_000);
    response.on('error', () => {});
    response.write(envelope(id, '').split('</p:Get_OUTPUT>')[0]);
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  'returns 64 MiB': (response, id) => {
    const [before = '', after = ''] = envelope(id, scope('|')).split('|');
    response.on('error', () => {});
    response.write(before);
    let left = 64;
    const more = (): void => {
      while (left > 0 && !response.destroyed && response.write(MIB)) left -= 1;
      if (left > 0 && !response.destroyed) response.once('drain', more);
      else response.end(after);
    };
    more();
  },
  'never answers': () => {},
  'never ends': (response, id) => {
    response.write(envelope(id, scope('drip')).slice(0, -20));
  },
  'lies about ids': (response) => response.end(envelope('uuid:of-another', scope('lie'))),
  'is no server of the kind': (response) => response.end('<html>\u001b[2J</html>'),
  'cuts the connection': (response) => response.socket?.destroy(),
  'nests for ever': (response, id) => response.end(envelope(id, '<p:x>'.repeat(100_000))),
  'sends one long name': (response, id) => response.end(envelope(id, `<p:${'n'.repeat(3_000_000)}/>`)),
  'answers with a fault without end': (response) => {
    response.writeHead(500, { 'Content-Type': 'application/soap+xml;charset=UTF-8' });
    response.write(`<s:Envelope xmlns:s="${SOAP}"><s:Body><s:Fault>${'<x>'.repeat(20)}`);
  },
};

/** Not a server at all: what an application brings as the way to it fails with an error of its own. */
const FOREIGN = 'throws a foreign error';
const NAMES = [...Object.keys(KINDS), FOREIGN];
const HOSTILE = NAMES.length * OF_EACH_KIND;

/** Every ninth target is hostile, of each kind in turn, until there are enough; undefined for the others. */
function kindOf(number: number): string | undefined {
  const turn = Math.floor(number / 9);
  return number % 9 === 4 && turn < HOSTILE ? NAMES[turn % NAMES.length] : undefined;
}

const numberOf = (name: string): number => Number(/s(\d+)\./.exec(name)?.[1]);

async function open(name: string, options: CimSessionOptions): Promise<CimSession> {
  if (kindOf(numberOf(name)) !== FOREIGN) return newCimSession(name, options);
  const fail = () => {
    throw new RangeError('of the application');
  };
  return newCimSession(name, { transport: () => ({ url: 'x', host: name, send: fail, close: async () => {} }) });
}

function grouped<T extends { readonly PSComputerName: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of items) groups.set(one.PSComputerName, [...(groups.get(one.PSComputerName) ?? []), one]);
  return groups;
}

it(`${TARGETS} targets with ${OF_EACH_KIND} hostile ones of each kind give the results of all others`, async () => {
  const { port } = await httpServer(async (request: IncomingMessage, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const id = /MessageID[^>]*>([^<]+)</.exec(text)?.[1] ?? '';
    const number = numberOf(request.headers.host ?? '');
    response.setHeader('Content-Type', 'application/soap+xml;charset=UTF-8');
    const kind = kindOf(number);
    if (kind === undefined) response.end(envelope(id, scope(`first of ${number}`, `second of ${number}`)));
    else KINDS[kind]?.(response, id);
  });
  const names = Array.from({ length: TARGETS }, (_, at) => `s${at}.contoso.com`);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const before = process.memoryUsage().rss;
  const result = getDhcpServerv4Scope(
    { CimSession: names, ThrottleLimit: 64 },
    {
      enhanced: false,
      sessionFactory: (name) =>
        open(name, {
          credential: { userName: 'u', password: 'p' },
          authentication: 'Basic',
          allowUnencrypted: true,
          connectTo: { host: '127.0.0.1', port },
          operationTimeoutMs: 15_000,
        }),
    },
  );
  const error: unknown = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  clearInterval(watch);
  if (!(error instanceof CmdletError)) throw new Error('no CmdletError');
  const good = error.output as readonly { readonly PSComputerName: string; readonly Name: string }[];
  const told = grouped(good);
  const wronged = error.errors.filter(({ PSComputerName }) => kindOf(numberOf(PSComputerName ?? '')) === undefined);
  expect(wronged.map(({ PSComputerName, message }) => `${PSComputerName}: ${message}`)).toEqual([]);
  expect(told.size).toBe(TARGETS - HOSTILE);
  for (const [name, items] of told) {
    const number = numberOf(name);
    expect(items.map(({ Name }) => Name)).toEqual([`first of ${number}`, `second of ${number}`]);
  }
  expect(error.errors).toHaveLength(HOSTILE);
  const failed = new Set(error.errors.map(({ PSComputerName }) => PSComputerName));
  expect(failed.size).toBe(HOSTILE);
  expect(error.errors.filter(({ message }) => message.includes('of the application'))).toHaveLength(OF_EACH_KIND);
  const grown = (peak - before) / 2 ** 20;
  if (process.env['CIMLET_FIGURES'] !== undefined) process.stderr.write(`peak: ${Math.round(grown)} MiB more\n`);
  expect(grown).toBeLessThan(600);
}, 240_000);
