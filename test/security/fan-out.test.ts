// One compromised server among many harms neither the others' results nor the process.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from '@jest/globals';
import { getDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { CmdletError } from '../../lib/index.js';
import { httpServer } from '../transport/servers.js';

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const URI = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/PS_DhcpServerv4Scope';
const TARGETS = 1000;
const OF_EACH_KIND = 10;

const envelope = (relatesTo: string, body: string) =>
  `<s:Envelope xmlns:s="${SOAP}" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header><a:Action>${URI}/GetResponse</a:Action><a:MessageID>uuid:1</a:MessageID><a:RelatesTo>${relatesTo}</a:RelatesTo></s:Header><s:Body><p:Get_OUTPUT xmlns:p="${URI}">${body}</p:Get_OUTPUT></s:Body></s:Envelope>`;
const scope = (name: string) =>
  `<p:cmdletOutput><p:ScopeId>10.0.0.0</p:ScopeId><p:Name>${name}</p:Name></p:cmdletOutput><p:ReturnValue>0</p:ReturnValue>`;

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

it(`${TARGETS} targets with ${OF_EACH_KIND} hostile ones of each kind give the results of all others`, async () => {
  const { port } = await httpServer(async (request: IncomingMessage, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const id = /MessageID[^>]*>([^<]+)</.exec(text)?.[1] ?? '';
    const number = Number(/s(\d+)\./.exec(request.headers.host ?? '')?.[1]);
    response.setHeader('Content-Type', 'application/soap+xml;charset=UTF-8');
    // Of each hundred every tenth one is of that hundred's kind.
    const kind = number % 10 === 3 ? Object.values(KINDS)[Math.floor(number / 100)] : undefined;
    if (kind === undefined) response.end(envelope(id, scope(`scope of ${number}`)));
    else kind(response, id);
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
      sessionOptions: {
        credential: { userName: 'u', password: 'p' },
        authentication: 'Basic',
        allowUnencrypted: true,
        connectTo: { host: '127.0.0.1', port },
        operationTimeoutMs: 3000,
      },
    },
  );
  const error: unknown = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  clearInterval(watch);
  if (!(error instanceof CmdletError)) throw new Error('no CmdletError');
  const hostile = Object.keys(KINDS).length * OF_EACH_KIND;
  const good = error.output as readonly { readonly PSComputerName: string; readonly Name: string }[];
  expect(good).toHaveLength(TARGETS - hostile);
  for (const { PSComputerName, Name } of good) expect(`s${/\d+/.exec(Name)?.[0]}.contoso.com`).toBe(PSComputerName);
  expect(error.errors).toHaveLength(hostile);
  expect(new Set(error.errors.map(({ PSComputerName }) => PSComputerName)).size).toBe(hostile);
  expect((peak - before) / 2 ** 20).toBeLessThan(600);
}, 120_000);
