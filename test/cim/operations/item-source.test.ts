// What OMI (github.com/microsoft/omi, d2c06c16, its sample provider XYZ_Number) answered to cimlet: the class only when its provider,
// which gave the enumeration, had come to an end.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { all, FakeServer, page } from './fake-server.js';

const item = (number: number) =>
  `<p:XYZ_Number xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Number"><p:Description>This is a long long long long string</p:Description><p:Number>${number}</p:Number><p:NumberString>${number}</p:NumberString></p:XYZ_Number>`;
const CLASS =
  '<CLASS NAME="XYZ_Number" DERIVATION=""><PROPERTY NAME="Description" TYPE="string"></PROPERTY><PROPERTY NAME="Number" TYPE="uint32"><QUALIFIER NAME="key" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PROPERTY><PROPERTY NAME="NumberString" TYPE="string"></PROPERTY></CLASS>';
const numbers = { namespace: 'root/lab', className: 'XYZ_Number' };

/** Three pages of two; the class is answered when `release` is called. */
function busyProvider(onLastPage: (release: () => void) => void) {
  let pulls = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = new FakeServer(async (request, what) => {
    if (what.startsWith('Get class')) {
      await released;
      return CLASS;
    }
    if (what.startsWith('Release')) {
      release();
      return undefined;
    }
    pulls += 1;
    const first = 2 * (pulls - 1);
    if (pulls === 3) onLastPage(release);
    return page(request, [item(first), item(first + 1)], pulls < 3 ? `c${pulls}` : undefined);
  });
  return server;
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** How long an enumeration waits for the class of what it already has. */
const CLASS_PATIENCE_MS = 1_000;

describe('a server that answers the class after the enumeration', () => {
  it('is asked for the next pages meanwhile, and all items come, typed and in order', async () => {
    const server = busyProvider((release) => release());
    const session = await server.session();
    const found = all(session.enumerateInstances<{ Number: number }>(numbers));
    await jest.advanceTimersByTimeAsync(CLASS_PATIENCE_MS - 1);
    expect(server.trips).toEqual(['Get class XYZ_Number', 'Enumerate XYZ_Number']);
    await jest.advanceTimersByTimeAsync(1);
    expect((await found).map((instance) => instance.Number)).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await found)[5]?.cimInstanceProperties.get('Number')?.flags.key).toBe(true);
    expect(server.trips.slice(2)).toEqual(['Pull XYZ_Number', 'Pull XYZ_Number']);
  });

  it('still runs into the time limit when the class never comes, and throws no other error', async () => {
    const server = busyProvider(() => {});
    const session = await server.session({ operationTimeoutMs: 5000 });
    const failure = expect(all(session.enumerateInstances(numbers))).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
    await jest.advanceTimersByTimeAsync(5000);
    await failure;
  });

  it('keeps the failure of a page for its turn', async () => {
    const server = busyProvider((release) => {
      release();
      throw new Error('The line is dead.');
    });
    const session = await server.session();
    const seen: number[] = [];
    const run = async () => {
      for await (const instance of session.enumerateInstances<{ Number: number }>(numbers)) seen.push(instance.Number);
    };
    const failure = expect(run()).rejects.toThrow('The line is dead.');
    await jest.advanceTimersByTimeAsync(CLASS_PATIENCE_MS);
    await failure;
    expect(seen).toEqual([0, 1, 2, 3]);
  });
});
