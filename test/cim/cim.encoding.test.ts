import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import { startEmulator } from '../../lib/emulator/emulator.js';
import { createLab } from '../../lib/emulator/lab/lab.js';
import type { Transport, TransportRequest } from '../../lib/transport/transport.js';

const SERVER = 'dhcpserver.contoso.com';
const MANY = { namespace: 'root/cimlet/test', className: 'Cimlet_AllTypes' };

/** A transport that remembers what went through it. */
function recording(transport: Transport, sent: TransportRequest[]): Transport {
  return {
    url: transport.url,
    host: transport.host,
    send: (request) => {
      sent.push(request);
      return transport.send(request);
    },
    close: () => transport.close(),
  };
}

describe('a session in UTF-16', () => {
  it('sends every request in it, as iconv reads it, and gets what one in UTF-8 gets', async () => {
    const lab = createLab({ testNamespace: true });
    const texts: unknown[] = [];
    for (const encoding of ['utf-16', 'utf-8'] as const) {
      const sent: TransportRequest[] = [];
      const transport = () => recording(lab.transport(SERVER), sent);
      await using session = await newCimSession(SERVER, { encoding, transport });
      const seen: unknown[] = [];
      for await (const instance of session.enumerateInstances(MANY)) seen.push(instance.toJSON());
      const key = { namespace: MANY.namespace, className: 'Cimlet_Item' };
      const made = await session.getInstance({ ...key, keys: { Name: 'alpha' } });
      made.cimInstanceProperties.set('Tags', ['Größe 😀']);
      await session.modifyInstance({ instance: made });
      seen.push((await session.getInstance({ ...key, keys: { Name: 'alpha' } })).toJSON());
      const events = [];
      const invocation = { ...MANY, className: 'Cimlet_Operations', method: 'StreamNumbers', parameters: { Count: 3 } };
      for await (const event of session.invokeMethodStreaming(invocation)) events.push(event.type);
      seen.push(events);
      texts.push(seen);
      if (encoding !== 'utf-16') continue;
      expect(sent.length).toBeGreaterThan(5);
      for (const { body, contentType } of sent) {
        expect(contentType).toBe('application/soap+xml;charset=UTF-16');
        const text = execFileSync('iconv', ['-f', 'UTF-16', '-t', 'UTF-8'], { input: body }).toString('utf8');
        expect(text.startsWith('<s:Envelope')).toBe(true);
        expect(text.endsWith('</s:Envelope>')).toBe(true);
      }
    }
    expect(texts[0]).toEqual(texts[1]);
    lab.close();
  });

  it('seals it', async () => {
    await using emulator = await startEmulator({ lab: { testNamespace: true } });
    await using session = await newCimSession(SERVER, {
      credential: emulator.credential,
      authentication: 'Ntlm',
      connectTo: emulator.servers[0]?.http,
      encoding: 'utf-16',
    });
    const found = [];
    for await (const { className } of session.enumerateClasses({ namespace: MANY.namespace })) found.push(className);
    expect(found).toContain('Cimlet_AllTypes');
  });

  it('is refused by another name', async () => {
    const encoding = 'latin1' as 'utf-8';
    await expect(newCimSession(SERVER, { encoding })).rejects.toThrow('encoding');
  });
});
