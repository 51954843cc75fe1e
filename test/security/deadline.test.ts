// The time of a call holds while its reply is read, too, however large the reply is and in however few pieces it comes.
import { describe, expect, it } from '@jest/globals';
import { type CimSession, type CimSessionOptions, newCimSession } from '../../lib/index.js';
import type { Transport } from '../../lib/transport/transport.js';
import { httpServer } from '../transport/servers.js';

const MIB = 2 ** 20;
const TIMEOUT_MS = 500;
/** What the whole of the reply takes is a multiple of these. */
const MOST_WORK_MS = 1500;
const MOST_IN_A_TURN_MS = 500;
const HEAD =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Body>';
const LARGE = { maxResponseBytes: 2 ** 30, maxResponseElements: 2 ** 30 };

const UNITS = [
  ['elements', '<b/>'],
  ['values', '<p:Name xmlns:p="q">a name</p:Name>'],
  ['attributes', '<b a="1" b="2" c="3"/>'],
  ['references', '&#65;'],
] as const;

/** 60 MiB of `unit`. */
function replyOf(unit: string, open = '<r>', close = '</r>'): Buffer {
  const count = Math.floor((60 * MIB) / unit.length);
  return Buffer.concat([
    Buffer.from(HEAD + open),
    Buffer.alloc(count * unit.length, unit),
    Buffer.from(`${close}</s:Body></s:Envelope>`),
  ]);
}

/** As an unsealed message comes: in one piece. */
function inOnePiece(reply: Uint8Array): CimSessionOptions {
  const transport: Transport = {
    url: 'http://srv:5985/wsman',
    host: 'srv',
    send: async () => ({
      status: 200,
      contentType: 'application/soap+xml;charset=UTF-8',
      body: (async function* () {
        yield reply;
      })(),
    }),
    close: async () => {},
  };
  return { transport: () => transport };
}

async function overSockets(reply: Uint8Array): Promise<CimSessionOptions> {
  const { port } = await httpServer(async (request, response) => {
    for await (const _ of request);
    response.on('error', () => {});
    response.writeHead(200, { 'Content-Type': 'application/soap+xml;charset=UTF-8' });
    response.end(reply);
  });
  return {
    authentication: 'Basic',
    credential: { userName: 'u', password: 'p' },
    allowUnencrypted: true,
    connectTo: { host: '127.0.0.1', port },
  };
}

/**
 * How a call ended, and what work was done for it until then: of all, and in one turn, while nothing else had its own. In milliseconds of the
 * processor, which a busy machine does not change.
 */
async function outcome(options: CimSessionOptions, call: (session: CimSession) => Promise<unknown>) {
  await using session = await newCimSession('srv', { ...LARGE, ...options });
  let last = cpuMs();
  const start = last;
  let longestTurnMs = 0;
  const watch = setInterval(() => {
    longestTurnMs = Math.max(longestTurnMs, cpuMs() - last);
    last = cpuMs();
  }, 1);
  const error = await call(session).then(
    () => undefined,
    (reason: { readonly code: string }) => reason,
  );
  const workMs = cpuMs() - start;
  longestTurnMs = Math.max(longestTurnMs, cpuMs() - last);
  clearInterval(watch);
  return { code: error?.code, workMs, longestTurnMs };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const invoke = (session: CimSession) =>
  session.invokeMethod({ namespace: 'root/cimv2', className: 'X', method: 'M', timeoutMs: TIMEOUT_MS });

async function enumerate(session: CimSession): Promise<void> {
  const request = { namespace: 'root/cimv2', className: 'X', typeInformation: 'wire', timeoutMs: TIMEOUT_MS } as const;
  for await (const _ of session.enumerateInstances(request));
}

const ENDED = {
  code: 'ERR_TIMEOUT',
  workMs: expect.any(Number),
  longestTurnMs: expect.any(Number),
};

describe.each(UNITS)('60 MiB of %s', (_, unit) => {
  it.each([
    ['over sockets', overSockets],
    ['in one piece', inOnePiece],
  ])('%s end with the time of the call', async (_way, make) => {
    const ended = await outcome(await make(replyOf(unit)), invoke);
    expect(ended).toEqual(ENDED);
    expect(ended.workMs).toBeLessThan(MOST_WORK_MS);
    expect(ended.longestTurnMs).toBeLessThan(MOST_IN_A_TURN_MS);
  });
});

it('so does a page of instances that are handed out one by one', async () => {
  const item = '<p:X xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X"><p:Name>a</p:Name></p:X>';
  const reply = replyOf(
    item,
    '<n:EnumerateResponse><n:EnumerationContext/><w:Items>',
    '</w:Items><w:EndOfSequence/></n:EnumerateResponse>',
  );
  const ended = await outcome(inOnePiece(reply), enumerate);
  expect(ended).toEqual(ENDED);
  expect(ended.workMs).toBeLessThan(MOST_WORK_MS);
  expect(ended.longestTurnMs).toBeLessThan(MOST_IN_A_TURN_MS);
});

it('a signal ends it as well', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const ended = await outcome(inOnePiece(replyOf('<b/>')), (session) =>
    session.invokeMethod({ namespace: 'root/cimv2', className: 'X', method: 'M', signal: controller.signal }),
  );
  expect(ended).toEqual({ ...ENDED, code: 'ERR_ABORTED' });
  expect(ended.workMs).toBeLessThan(MOST_WORK_MS);
});
