import { describe, expect, it } from '@jest/globals';
import { createWsManClient } from '../../../lib/wsman/client.js';
import { readInteractiveResponse } from '../../../lib/wsman/service/read-interactive-response.js';
import { readRequestEnvelope } from '../../../lib/wsman/service/read-request.js';
import { FakeContext } from '../../transport/fake-context.js';
import { fakeServer } from '../../transport/fake-server.js';
import { deadline, httpServer, transportTo } from '../../transport/servers.js';
import { CLASS, control, event, message, OUTPUT, warning } from '../operation-script.js';
import type { SeenRequest } from '../scripted-server.js';

const UTF8 = 'application/soap+xml;charset=UTF-8';

function read(text: string | Uint8Array): SeenRequest {
  return readRequestEnvelope(Buffer.from(text), UTF8) as SeenRequest;
}

describe('an enhanced operation over HTTP', () => {
  it('is answered on a second connection while the first one, the only one allowed, waits', async () => {
    let finish: (() => void) | undefined;
    const actions: string[] = [];
    const { port } = await httpServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const seen = read(Buffer.concat(chunks));
      actions.push(seen.action.slice(seen.action.lastIndexOf('/') + 1));
      if (seen.action === '/InteractiveResponse') {
        expect(readInteractiveResponse(seen.body)).toEqual({ eventType: 'Confirm', answer: 'yes' });
        response.writeHead(200, { 'Content-Length': '0' }).end();
        finish?.();
        return;
      }
      if (!seen.action.endsWith('/Run')) {
        response.writeHead(200, { 'Content-Length': '0' }).end();
        return;
      }
      response.writeHead(200, { 'Content-Type': UTF8 });
      response.write(event(seen, 1, { type: 'confirm', text: 'sure?', promptType: 'normal' }));
      finish = () => response.end(message(seen, 2, OUTPUT));
    });
    const client = createWsManClient(transportTo(port, { allowUnencrypted: true, maxConnections: 1 }));
    const types: string[] = [];
    for await (const one of client.invokeEnhanced({
      target: { resourceUri: CLASS },
      method: 'Run',
      body: '',
      enhanced: { confirm: true },
      deadline: deadline(),
    })) {
      types.push(one.type);
      if (one.type === 'confirm') await one.respond('yes');
    }
    expect(types).toEqual(['confirm', 'final']);
    expect(actions).toEqual(['Run', 'InteractiveResponse', 'End']);
    await client.close();
  });

  it('is picked up when the socket is cut in the middle of an envelope', async () => {
    let runs = 0;
    const retransmissions: boolean[] = [];
    const { port } = await httpServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const seen = read(Buffer.concat(chunks));
      if (!seen.action.endsWith('/Run')) {
        response.writeHead(200, { 'Content-Length': '0' }).end();
        return;
      }
      retransmissions.push(seen.retransmission);
      response.writeHead(200, { 'Content-Type': UTF8 });
      if (!seen.retransmission) {
        runs++;
        response.write(warning(seen, 1));
        response.write(warning(seen, 2).slice(0, 500), () => response.destroy());
        return;
      }
      for (const text of [
        control(seen, 'Acknowledge', 1),
        warning(seen, 1),
        warning(seen, 2),
        message(seen, 3, OUTPUT),
      ]) {
        response.write(text);
      }
      response.end();
    });
    // The first attempt comes after at most 15 s of random waiting; this clock waits no longer than it must.
    const clock = {
      now: () => Date.now(),
      schedule: (_delayMs: number, callback: () => void) => {
        const immediate = setImmediate(callback);
        return () => clearImmediate(immediate);
      },
    };
    const client = createWsManClient(transportTo(port, { allowUnencrypted: true }), { clock });
    const texts: string[] = [];
    for await (const one of client.invokeEnhanced({
      target: { resourceUri: CLASS },
      method: 'Run',
      body: '',
      enhanced: { warnings: true },
      deadline: deadline(),
    })) {
      texts.push(one.type === 'warning' ? one.text : one.type);
    }
    expect([texts, retransmissions, runs]).toEqual([['w1', 'w2', 'final'], [false, true], 1]);
    await client.close();
  });

  it('comes out of one sealed message an envelope', async () => {
    const { port } = await fakeServer({
      answer: (text) => {
        const seen = read(text);
        return [warning(seen, 1), warning(seen, 2), message(seen, 3, OUTPUT)];
      },
    });
    const client = createWsManClient(transportTo(port, { security: () => new FakeContext() }));
    const texts: string[] = [];
    for await (const one of client.invokeEnhanced({
      target: { resourceUri: CLASS },
      method: 'Run',
      body: '',
      enhanced: { warnings: true },
      deadline: deadline(),
    })) {
      texts.push(one.type === 'warning' ? one.text : one.type);
    }
    expect(texts).toEqual(['w1', 'w2', 'final']);
    await client.close();
  });
});
