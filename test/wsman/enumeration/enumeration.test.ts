import { afterEach, describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { createWsManClient } from '../../../lib/wsman/client.js';
import type { EnumerateRequest } from '../../../lib/wsman/contract/wsman-client.js';
import { readEnumerate, readPull, readRelease } from '../../../lib/wsman/service/read-enumerate.js';
import {
  type PageContent,
  wrapItem,
  writeEnumerateResponse,
  writePullResponse,
} from '../../../lib/wsman/service/write-page.js';
import { HeldTimers } from '../../support/held-timers.js';
import {
  collect,
  disposeDeadlines,
  EMPTY,
  fault,
  newDeadline,
  Pipe,
  respond,
  type ScriptedReply,
  ScriptedServer,
  type SeenRequest,
} from '../scripted-server.js';
import { TestClock } from '../test-clock.js';

const CLASS = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/mynamespace/myclass';

afterEach(disposeDeadlines);

const instance = (id: number, data = '') => `<p:myclass xmlns:p="${CLASS}"><p:id>${id}</p:id>${data}</p:myclass>`;

interface Served {
  readonly count: number;
  /** Greatest page of the server. */
  readonly most?: number;
  readonly optimizes?: boolean;
}

/** Plays an enumeration of `count` instances as Windows would. */
function enumerationServer({ count, most = Number.POSITIVE_INFINITY, optimizes = true }: Served): ScriptedServer {
  let next = 0;
  let context = 0;
  const page = (size: number): PageContent => {
    const items = Array.from({ length: Math.min(size, most, count - next) }, (_, index) => instance(next + index));
    next += items.length;
    return next === count ? { items, isLast: true } : { items, isLast: false, context: `uuid:${++context}` };
  };
  return new ScriptedServer((request) => {
    switch (request.action.slice(request.action.lastIndexOf('/') + 1)) {
      case 'Enumerate': {
        const { optimize, maxElements } = readEnumerate(request.body);
        const isOptimized = optimize && optimizes;
        const content: PageContent = isOptimized ? page(maxElements) : { isLast: false, context: `uuid:${++context}` };
        return { body: respond(request, writeEnumerateResponse(content)) };
      }
      case 'Pull': {
        const pull = readPull(request.body);
        if (pull.context !== `uuid:${context}`) {
          return fault(request, { soapSubcode: 'wsen:InvalidEnumerationContext', wsmanCode: 0x8033801b });
        }
        return { body: respond(request, writePullResponse(page(pull.maxElements))) };
      }
      default:
        expect(readRelease(request.body)).toBe(`uuid:${context}`);
        return { body: respond(request, '') };
    }
  });
}

function enumerate(server: ScriptedServer, more: Partial<EnumerateRequest> = {}, clock?: TestClock) {
  const client = createWsManClient(server, clock === undefined ? {} : { clock });
  return client.enumerate({ target: { resourceUri: CLASS }, deadline: newDeadline(), ...more });
}

const ids = async (items: ReturnType<typeof enumerate>) =>
  (await collect(items)).map((item) => item.object?.child('id')?.text);

describe('the number of round trips', () => {
  it.each([
    // [instances, page, requests]: ceil(instances / page), and never a Release after the end.
    [0, 10, 1],
    [1, 10, 1],
    [10, 10, 1],
    [11, 10, 2],
    [95, 10, 10],
    [1000, 250, 4],
  ])('of %d instances in pages of %d is %d', async (count, maxElements, requests) => {
    const server = enumerationServer({ count });
    expect(await ids(enumerate(server, { maxElements }))).toEqual(Array.from({ length: count }, (_, id) => String(id)));
    expect(server.actions).toEqual(['Enumerate', ...Array.from({ length: requests - 1 }, () => 'Pull')]);
    expect(server.mostAtOnce).toBe(1);
  });

  it('is one more when the server does not optimize', async () => {
    const server = enumerationServer({ count: 20, optimizes: false });
    expect(await ids(enumerate(server, { maxElements: 10 }))).toHaveLength(20);
    expect(server.actions).toEqual(['Enumerate', 'Pull', 'Pull']);
  });

  it('is two for a consumer that stops at the first instance: no page is asked for in vain', async () => {
    const server = enumerationServer({ count: 100 });
    for await (const item of enumerate(server, { maxElements: 10 })) {
      expect(item.object?.child('id')?.text).toBe('0');
      break;
    }
    expect(server.actions).toEqual(['Enumerate', 'Release']);
  });

  it('is none before iteration', async () => {
    const server = enumerationServer({ count: 100 });
    enumerate(server);
    expect(server.requests).toHaveLength(0);
  });

  it('asks for one page ahead, and for no second one', async () => {
    const server = enumerationServer({ count: 100 });
    const items = enumerate(server, { maxElements: 10 })[Symbol.asyncIterator]();
    await items.next();
    expect(server.actions).toEqual(['Enumerate']);
    await items.next();
    await server.received(2);
    for (let taken = 2; taken < 10; taken++) await items.next();
    expect(server.actions).toEqual(['Enumerate', 'Pull']);
    await items.next();
    expect(server.actions).toEqual(['Enumerate', 'Pull']);
    await items.next();
    await server.received(3);
    await items.return?.();
    expect(server.actions).toEqual(['Enumerate', 'Pull', 'Pull', 'Release']);
  });

  it('is what Windows asks for by default: 32,000 items, on Enumerate and on Pull', async () => {
    const server = enumerationServer({ count: 30, most: 20 });
    await collect(enumerate(server));
    expect(server.requests.map(({ body }) => body?.child('MaxElements')?.text)).toEqual(['32000', '32000']);
  });
});

describe('streaming', () => {
  it('hands an instance over before its page is complete', async () => {
    const pipe = new Pipe();
    const server = new ScriptedServer((request) => {
      const text = respond(request, writeEnumerateResponse({ items: [instance(1), instance(2)], isLast: true }));
      const cut = text.indexOf('<p:myclass', text.indexOf('<p:myclass') + 1);
      pipe.write(text.slice(0, cut));
      setImmediate(() => setImmediate(() => pipe.write(text.slice(cut)).end()));
      return { body: pipe };
    });
    const items = enumerate(server)[Symbol.asyncIterator]();
    const first = await items.next();
    expect(first.done === false && first.value.object?.child('id')?.text).toBe('1');
    expect((await items.next()).done).toBe(false);
    expect((await items.next()).done).toBe(true);
  });

  it('does not read on while 4,096 instances wait', async () => {
    let pieces = 0;
    const server = new ScriptedServer((request) => {
      const [head = '', tail = ''] = respond(request, writeEnumerateResponse({ items: ['|'], isLast: true })).split(
        '|',
      );
      async function* body() {
        yield Buffer.from(head);
        for (; pieces < 100; pieces++) yield Buffer.from(instance(pieces).repeat(100));
        yield Buffer.from(tail);
      }
      return { body: body() };
    });
    const items = enumerate(server)[Symbol.asyncIterator]();
    await items.next();
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect(pieces).toBeLessThan(45);
    let count = 1;
    while ((await items.next()).done === false) count++;
    expect(count).toBe(10_000);
  });
});

describe('a reply that is too large', () => {
  const tooLarge: [string, Parameters<typeof fault>[1]][] = [
    ['WSMAN_ENVELOPE_TOO_LARGE', { wsmanCode: 0x80338026 }],
    ['WSMAN_MAX_ENVELOPE_SIZE_EXCEEDED', { wsmanCode: 0x80338048 }],
    ['EncodingLimit alone', { soapSubcode: 'wsman:EncodingLimit' }],
    [
      'EncodingLimit with its detail',
      {
        soapSubcode: 'wsman:EncodingLimit',
        faultDetail: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/MaxEnvelopeSize',
      },
    ],
  ];

  it.each(tooLarge)('makes the pages smaller: %s', async (_what, content) => {
    const sizes: number[] = [];
    const inner = enumerationServer({ count: 40 });
    const server = new ScriptedServer(async (request) => {
      const maxElements = Number(request.body?.child('MaxElements')?.text);
      sizes.push(maxElements);
      return maxElements > 20 ? fault(request, content) : asScript(inner, request);
    });
    expect(await ids(enumerate(server))).toHaveLength(40);
    expect(sizes).toEqual([32_000, 256, 64, 16, 16, 16]);
  });

  it('is an error when one instance does not fit, and when it is another limit', async () => {
    const server = new ScriptedServer((request) => fault(request, { wsmanCode: 0x80338026 }));
    await expect(collect(enumerate(server, { maxElements: 2 }))).rejects.toMatchObject({ wsmanCode: 0x80338026 });
    expect(server.actions).toEqual(['Enumerate', 'Enumerate']);
    const faultDetail = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/URILimitExceeded';
    const other = new ScriptedServer((request) => fault(request, { soapSubcode: 'wsman:EncodingLimit', faultDetail }));
    await expect(collect(enumerate(other))).rejects.toMatchObject({ faultDetail });
    expect(other.requests).toHaveLength(1);
  });
});

async function asScript(inner: ScriptedServer, request: SeenRequest): Promise<ScriptedReply> {
  const { status, body } = await inner.send(request.transport);
  return { status, body };
}

describe('a pull that times out', () => {
  it('is repeated until the server has something, once a second at most', async () => {
    const clock = new TestClock();
    const inner = enumerationServer({ count: 20 });
    let timeouts = 3;
    const server = new ScriptedServer((request) => {
      if (request.action.endsWith('Pull') && timeouts-- > 0) {
        return fault(request, { soapSubcode: 'wsman:TimedOut', wsmanCode: 0x80338029 });
      }
      return asScript(inner, request);
    });
    const all = ids(enumerate(server, { maxElements: 10 }, clock));
    for (let round = 0; round < 3; round++) expect(await clock.next()).toBe(1000);
    expect(await all).toHaveLength(20);
    expect(server.actions).toEqual(['Enumerate', 'Pull', 'Pull', 'Pull', 'Pull']);
    expect(new Set(server.requests.slice(1).map(({ body }) => body?.child('EnumerationContext')?.text)).size).toBe(1);
  });

  it('ends with the deadline, and the context is released', async () => {
    const inner = enumerationServer({ count: 20 });
    const server = new ScriptedServer((request) =>
      request.action.endsWith('Pull')
        ? fault(request, { soapSubcode: 'wsman:TimedOut', wsmanCode: 0x80338029 })
        : asScript(inner, request),
    );
    using time = new HeldTimers(91_500);
    const items = collect(enumerate(server, { maxElements: 10, deadline: newDeadline({ timeoutMs: 91_500 }) }));
    const failed = expect(items).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
    await server.received(2);
    time.fire();
    await failed;
    await server.received(3);
    expect(server.actions).toEqual(['Enumerate', 'Pull', 'Release']);
  });

  it('asks for at most a minute, whatever the deadline, so that a dead server is told from a slow one', async () => {
    const server = enumerationServer({ count: 20 });
    await collect(enumerate(server, { maxElements: 10, deadline: newDeadline({ timeoutMs: 600_000 }) }));
    expect(server.requests.map(({ operationTimeoutMs }) => operationTimeoutMs)).toEqual([60_000, 60_000]);
  });

  it('on Enumerate is an error', async () => {
    const server = new ScriptedServer((request) => fault(request, { wsmanCode: 0x80338029 }));
    await expect(collect(enumerate(server))).rejects.toMatchObject({ wsmanCode: 0x80338029, retryable: true });
  });
});

describe('leaving early', () => {
  it('releases on throw', async () => {
    const server = enumerationServer({ count: 100 });
    const failing = async () => {
      for await (const _ of enumerate(server, { maxElements: 10 })) throw new Error('of the consumer');
    };
    await expect(failing()).rejects.toThrow('of the consumer');
    expect(server.actions).toEqual(['Enumerate', 'Release']);
  });

  it('releases on abort, while a page is under way', async () => {
    const controller = new AbortController();
    const inner = enumerationServer({ count: 100 });
    const server = new ScriptedServer((request) => {
      if (!request.action.endsWith('Pull')) return asScript(inner, request);
      controller.abort();
      return { body: new Pipe() };
    });
    const deadline = newDeadline({ signal: controller.signal });
    await expect(collect(enumerate(server, { maxElements: 10, deadline }))).rejects.toMatchObject({
      code: 'ERR_ABORTED',
    });
    await server.received(3);
    expect(server.actions).toEqual(['Enumerate', 'Pull', 'Release']);
  });

  it('does not mind a Release that fails', async () => {
    const inner = enumerationServer({ count: 100 });
    const server = new ScriptedServer((request) => {
      return request.action.endsWith('Release') ? fault(request, {}) : asScript(inner, request);
    });
    for await (const _ of enumerate(server, { maxElements: 10 })) break;
    expect(server.actions).toEqual(['Enumerate', 'Release']);
  });

  it('does not log on once more to release, when the server refuses the logon', async () => {
    const inner = enumerationServer({ count: 100 });
    const refuses = () => {
      throw new CimletError('ERR_AUTHENTICATION', 'The password has expired.');
    };
    const server = new ScriptedServer((request) =>
      request.action.endsWith('Enumerate') ? asScript(inner, request) : refuses(),
    );
    await expect(collect(enumerate(server, { maxElements: 10 }))).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(server.actions).toEqual(['Enumerate', 'Pull']);
  });

  it('has nothing to release after a fault', async () => {
    const inner = enumerationServer({ count: 100 });
    const server = new ScriptedServer((request) =>
      request.action.endsWith('Pull')
        ? fault(request, { soapSubcode: 'wsen:InvalidEnumerationContext', wsmanCode: 0x8033801b })
        : asScript(inner, request),
    );
    const items: string[] = [];
    const all = async () => {
      for await (const item of enumerate(server, { maxElements: 10 })) items.push(item.object?.child('id')?.text ?? '');
    };
    await expect(all()).rejects.toMatchObject({
      code: 'ERR_WSMAN_FAULT',
      wsmanCodeName: 'ERROR_WSMAN_ENUMERATE_INVALID_ENUMERATION_CONTEXT',
      hint: expect.stringMatching(/expire/),
    });
    // What came before the context expired is not lost.
    expect(items).toHaveLength(10);
    expect(server.actions).toEqual(['Enumerate', 'Pull']);
  });
});

const N =
  'xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"';

describe('servers that differ', () => {
  it.each([
    [
      'a context beside the end',
      `<n:EnumerationContext>c</n:EnumerationContext><w:Items>${instance(0)}</w:Items><w:EndOfSequence/>`,
      1,
    ],
    [
      'an empty context beside the end',
      `<n:EnumerationContext/><w:Items>${instance(0)}</w:Items><w:EndOfSequence/>`,
      1,
    ],
    // Recorded of iDRAC six times, NIC and RAID views (openstack/python-dracclient).
    ['items without a context and without the end', `<w:Items>${instance(0)}${instance(1)}</w:Items>`, 2],
    ['items with an empty context and without the end', `<n:EnumerationContext/><w:Items>${instance(0)}</w:Items>`, 1],
    ['no Items', '<w:EndOfSequence/>', 0],
    ['empty Items', '<w:Items/><w:EndOfSequence/>', 0],
    ["WS-Enumeration's Items and end", `<n:Items>${instance(0)}</n:Items><n:EndOfSequence/>`, 1],
    ['the end before the items', `<w:EndOfSequence/><w:Items>${instance(0)}</w:Items>`, 1],
  ])('%s', async (_what, content, count) => {
    const server = new ScriptedServer((request) => ({
      body: respond(request, `<n:EnumerateResponse ${N}>${content}</n:EnumerateResponse>`),
    }));
    expect(await collect(enumerate(server))).toHaveLength(count);
    expect(server.actions).toEqual(['Enumerate']);
  });

  it('a pull without a new context goes on with the old one; one without items is paced', async () => {
    const clock = new TestClock();
    let pulls = 0;
    const server = new ScriptedServer((request) => {
      if (request.action.endsWith('Enumerate')) {
        return { body: respond(request, writeEnumerateResponse({ isLast: false, context: 'c' })) };
      }
      expect(readPull(request.body).context).toBe('c');
      const end = ++pulls === 3 ? '<n:EndOfSequence/>' : '';
      return { body: respond(request, `<n:PullResponse ${N}>${end}</n:PullResponse>`) };
    });
    const all = collect(enumerate(server, {}, clock));
    await clock.next();
    await clock.next();
    expect(await all).toEqual([]);
    expect(pulls).toBe(3);
  });

  it.each([
    ['another body', '<x/>', /is <x>/],
    ['no body', '', /empty/],
    ['neither items nor a context nor the end', `<n:EnumerateResponse ${N}/>`, /names no enumeration context/],
  ])('but not %s', async (_what, body, message) => {
    const server = new ScriptedServer((request) => ({ body: respond(request, body) }));
    await expect(collect(enumerate(server))).rejects.toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringMatching(message),
    });
  });

  it('nor a page that answers another request: none of its items is handed over', async () => {
    const server = new ScriptedServer((request) => ({
      body: respond(request, writeEnumerateResponse({ items: [instance(0)], isLast: true }), { relatesTo: 'uuid:1' }),
    }));
    await expect(enumerate(server)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
  });

  it('nor a page that is cut: its items, then the error', async () => {
    const server = new ScriptedServer((request) => {
      const text = respond(request, writeEnumerateResponse({ items: [instance(0), instance(1)], isLast: true }));
      return { body: text.slice(0, -60) };
    });
    const items = enumerate(server)[Symbol.asyncIterator]();
    expect((await items.next()).done).toBe(false);
    expect((await items.next()).done).toBe(false);
    await expect(items.next()).rejects.toMatchObject({ code: 'ERR_XML' });
  });
});

describe('what is asked for', () => {
  it.each([0, -1, 1.5])('maxElements %d is refused before anything is sent', async (maxElements) => {
    const server = new ScriptedServer(() => EMPTY);
    await expect(collect(enumerate(server, { maxElements }))).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    [{ kind: 'wql', query: 'select * from MyClass where a < 1 & b > 2' }],
    [{ kind: 'selector', selectors: { StartMode: 'Auto', State: 'Stopped' } }],
    [
      {
        kind: 'associated',
        object: {
          resourceUri: CLASS,
          selectors: { Name: 'x' },
          referenceSelectors: { Antecedent: { resourceUri: `${CLASS}2`, selectors: { id: '7' } } },
        },
        associationClassName: 'A',
        role: 'R',
        resultClassName: 'C',
        resultRole: 'RR',
        includeResultProperties: ['p', 'q'],
      },
    ],
    [
      {
        kind: 'associations',
        object: { resourceUri: CLASS, selectors: { Name: 'x' } },
        resultClassName: 'C',
        role: 'R',
      },
    ],
  ] as const)('the filter %j arrives', async (filter) => {
    const server = enumerationServer({ count: 0 });
    await collect(enumerate(server, { filter, mode: 'reference', polymorphism: 'None' }));
    expect(readEnumerate(server.requests[0]?.body)).toEqual({
      optimize: true,
      maxElements: 32_000,
      mode: 'reference',
      polymorphism: 'None',
      filter: JSON.parse(JSON.stringify(filter)),
    });
  });

  it('objects with their references come as items that are taken apart', async () => {
    const reference = '<a:EndpointReference><a:Address>x</a:Address></a:EndpointReference>';
    const server = new ScriptedServer((request) => ({
      body: respond(
        request,
        writeEnumerateResponse({ items: [wrapItem(instance(0), reference), instance(1), reference], isLast: true }),
      ),
    }));
    const items = await collect(enumerate(server, { mode: 'objectAndReference' }));
    expect(items.map(({ object, reference: epr }) => [object?.name, epr?.name])).toEqual([
      ['myclass', 'EndpointReference'],
      ['myclass', undefined],
      [undefined, 'EndpointReference'],
    ]);
  });
});
