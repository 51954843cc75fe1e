import { describe, expect, it } from '@jest/globals';
import { all, FakeServer, instance, NO_METADATA, XSI } from './fake-server.js';
import { subscriptionPage, subscriptionStart } from './subscription-markup.js';

const WSMAN = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd';

const modified = (name: string) =>
  `<w:Event xmlns:w="${WSMAN}" Action="urn:modified"><q:CIM_InstModification xmlns:q="urn:q" xmlns:xsi="${XSI}"><q:SourceInstance xsi:type="e:X_Lamp_Type" xmlns:e="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X_Lamp"><e:Name>${name}</e:Name></q:SourceInstance></q:CIM_InstModification></w:Event>`;

const query = "select * from CIM_InstModification within 5 where SourceInstance isa 'X_Lamp'";

describe('subscribe', () => {
  it('gives indications with their instances until the server ends it', async () => {
    let pulls = 0;
    const server = new FakeServer((_request, what) => {
      if (what.startsWith('Subscribe')) return subscriptionStart;
      if (what.startsWith('Get class')) return NO_METADATA;
      if (!what.startsWith('Pull')) return undefined;
      pulls += 1;
      return pulls === 1
        ? subscriptionPage([modified('a'), `<w:DroppedEvents xmlns:w="${WSMAN}">3</w:DroppedEvents>`])
        : subscriptionPage([modified('b'), instance('X_Heart', {})], true);
    });
    const session = await server.session();
    const dropped: (number | undefined)[] = [];
    const results = await all(
      session.subscribe<{ SourceInstance: { Name: string } }>({
        namespace: 'root/test',
        query,
        onDroppedEvents: (count) => dropped.push(count),
      }),
    );
    expect(
      results
        .slice(0, 2)
        .map(({ instance: { SourceInstance }, action, machineId }) => [SourceInstance.Name, action, machineId]),
    ).toEqual([
      ['a', 'urn:modified', 'server'],
      ['b', 'urn:modified', 'server'],
    ]);
    expect(results[2]?.instance.cimClass.className).toBe('X_Heart');
    expect(dropped).toEqual([3]);
    const [subscribe] = server.asked;
    expect(subscribe?.envelope.body?.child('Filter')?.text).toBe(query);
    expect(subscribe?.envelope.resourceUri).toBe('http://schemas.dmtf.org/wbem/wscim/1/*');
  });

  it('unsubscribes when it is left', async () => {
    const server = new FakeServer((_request, what) => {
      if (what.startsWith('Subscribe')) return subscriptionStart;
      return what.startsWith('Pull') ? subscriptionPage([modified('a')]) : undefined;
    });
    const session = await server.session();
    for await (const { instance: event } of session.subscribe({
      namespace: 'root/test',
      query,
      typeInformation: 'wire',
    })) {
      expect(event.cimClass.className).toBe('CIM_InstModification');
      break;
    }
    expect(server.trips.at(-1)).toMatch(/^Unsubscribe/);
    expect(server.trips.filter((trip) => trip.includes('class'))).toEqual([]);
  });

  it('ends with the signal of its caller', async () => {
    const controller = new AbortController();
    const server = new FakeServer((_request, what) => {
      if (what.startsWith('Subscribe')) return subscriptionStart;
      if (!what.startsWith('Pull')) return undefined;
      controller.abort();
      return new Promise(() => {});
    });
    const session = await server.session();
    await expect(
      all(session.subscribe({ namespace: 'root/test', query, signal: controller.signal })),
    ).rejects.toMatchObject({
      code: 'ERR_ABORTED',
    });
  });
});
