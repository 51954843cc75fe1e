// Answers that are not valid, over real sockets: each error names what came instead, and nothing of it is taken for a result.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from '@jest/globals';
import { getDhcpServerv4Failover } from '../../lib/dhcp-server/index.js';
import { startEmulator } from '../../lib/emulator/emulator.js';
import type { LabFault } from '../../lib/emulator/request/lab-fault.js';
import { httpServer, reply } from '../transport/servers.js';
import { recordsOf } from './lab-sessions.js';

const SERVER = 'dhcpserver.contoso.com';
const CREDENTIAL = { userName: 'CONTOSO\\dhcpadmin', password: 'Pw-QZX81' };

interface Failure {
  readonly code: string | undefined;
  readonly message: string;
  readonly hint: string;
}

async function failureAt(port: number, maxResponseBytes?: number): Promise<Failure> {
  const [record, ...more] = await recordsOf(
    getDhcpServerv4Failover(
      { ComputerName: SERVER },
      {
        sessionOptions: {
          credential: CREDENTIAL,
          authentication: 'Basic',
          allowUnencrypted: true,
          connectTo: { host: '127.0.0.1', port },
          ...(maxResponseBytes !== undefined && { maxResponseBytes }),
        },
      },
    ),
  );
  expect(more).toEqual([]);
  if (record === undefined) throw new Error('no record');
  const { code, hint = '', message } = record.exception as Partial<Failure> & Error;
  expect(String(record)).toContain(SERVER);
  return { code, message, hint };
}

/** A server that answers each request with what `make` makes of it. */
async function answering(
  make: (request: string) => { readonly body: string; readonly status?: number },
): Promise<number> {
  const { port } = await httpServer(async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { body, status = 200 } = make(text);
    response.writeHead(status, { 'Content-Type': 'application/soap+xml;charset=UTF-8' }).end(body);
  });
  return port;
}

/** A genuine, empty answer to a Get. */
function envelope(request: string, changes: { readonly prolog?: string; readonly relatesTo?: string } = {}): string {
  const messageId = /MessageID[^>]*>([^<]+)</.exec(request)?.[1] ?? '';
  const uri = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/PS_DhcpServerv4Failover';
  return `${changes.prolog ?? ''}<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header><a:Action>${uri}/GetByNameResponse</a:Action><a:MessageID>uuid:1</a:MessageID><a:RelatesTo>${changes.relatesTo ?? messageId}</a:RelatesTo></s:Header><s:Body><p:GetByName_OUTPUT xmlns:p="${uri}"><p:ReturnValue>0</p:ReturnValue></p:GetByName_OUTPUT></s:Body></s:Envelope>`;
}

/** The emulator with a fault, over http with Basic. */
async function faultyEmulator(fault: LabFault) {
  const emulator = await startEmulator({
    lab: { users: [CREDENTIAL] },
    authentication: { basic: 'everywhere', allowUnencrypted: true },
  });
  emulator.lab.injectFault(fault);
  return emulator;
}

describe('a server that answers', () => {
  it('is understood when it answers well, which the following cases change in one thing each', async () => {
    const port = await answering((request) => ({ body: envelope(request) }));
    const sessionOptions = {
      credential: { userName: 'u', password: 'p' },
      authentication: 'Basic',
      allowUnencrypted: true,
      connectTo: { host: '127.0.0.1', port },
    } as const;
    expect(await getDhcpServerv4Failover({ ComputerName: SERVER }, { sessionOptions })).toEqual([]);
  });

  it('with HTML', async () => {
    const { port } = await httpServer(
      reply(200, '<html><body><h1>Please log on</h1></body></html>', { 'Content-Type': 'text/html' }),
    );
    const { code, message, hint } = await failureAt(port);
    expect(code).toBe('ERR_NOT_SOAP');
    expect(message).toMatch(/HTML/);
    expect(message).toContain('Please log on');
    expect(hint).not.toBe('');
  });

  it('with a DTD', async () => {
    const prolog = '<!DOCTYPE lolz [<!ENTITY lol "lol">]>';
    const { code, message } = await failureAt(await answering((request) => ({ body: envelope(request, { prolog }) })));
    expect(code).toBe('ERR_XML');
    expect(message).toMatch(/DOCTYPE|DTD|document type/i);
  });

  it('to somebody else’s request', async () => {
    const relatesTo = 'uuid:00000000-0000-0000-0000-000000000000';
    const { code, message } = await failureAt(
      await answering((request) => ({ body: envelope(request, { relatesTo }) })),
    );
    expect(code).toBe('ERR_PROTOCOL');
    expect(message).toMatch(/RelatesTo|another request|answers/i);
  });

  it.each([
    ['closed in order', 'cut'],
    ['reset', 'reset'],
  ] as const)('and stops in the middle, with the connection %s', async (_, kind) => {
    await using emulator = await faultyEmulator({ kind, afterBytes: 300 });
    const { code, message } = await failureAt(emulator.servers[0]?.http.port ?? 0);
    expect(code).toBe('ERR_CONNECTION_LOST');
    expect(message).toMatch(/lost|closed|reset/);
  });

  it('with half an envelope and says that this was all', async () => {
    const port = await answering((request) => ({ body: envelope(request).slice(0, 400) }));
    const { code, message } = await failureAt(port);
    expect(['ERR_XML', 'ERR_PROTOCOL', 'ERR_NOT_SOAP']).toContain(code);
    expect(message).toMatch(/end|trunc|cut|incomplete|unclosed|not closed/i);
  });

  it('with a gigabyte, of which no more than the limit is held', async () => {
    const { port } = await httpServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const [start = '', end = ''] = envelope(text).split('<p:ReturnValue>');
      response.writeHead(200, { 'Content-Type': 'application/soap+xml;charset=UTF-8' });
      const chunk = '<p:cmdletOutput><p:Name>a relationship</p:Name></p:cmdletOutput>'.repeat(1024);
      const parts = function* () {
        yield start;
        for (let left = 2 ** 30; left > 0; left -= chunk.length) yield chunk;
        yield `<p:ReturnValue>${end}`;
      };
      // The client hangs up in the middle.
      await pipeline(Readable.from(parts()), response).catch(() => undefined);
    });
    const before = process.memoryUsage().rss;
    const { code, message, hint } = await failureAt(port, 4 * 2 ** 20);
    expect(code).toBe('ERR_RESPONSE_TOO_LARGE');
    // Of this one the elements come to their limit first, one for each 32 bytes of what a message may have.
    expect(message).toMatch(/4194304 bytes|131072 elements/);
    expect(hint).toMatch(/maxResponse(?:Bytes|Elements)/);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });

  it('with a gigabyte of nothing', async () => {
    await using emulator = await faultyEmulator({ kind: 'flood', bytes: 2 ** 30 });
    const { code } = await failureAt(emulator.servers[0]?.http.port ?? 0);
    expect(['ERR_NOT_SOAP', 'ERR_RESPONSE_TOO_LARGE']).toContain(code);
  });
});
