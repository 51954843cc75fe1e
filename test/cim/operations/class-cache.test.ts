import { describe, expect, it } from '@jest/globals';
import { Deadline } from '../../../lib/base/deadline.js';
import { CimletError } from '../../../lib/base/errors.js';
import { CimClass } from '../../../lib/cim/class/cim-class.js';
import { CimKeyedCollection } from '../../../lib/cim/class/keyed-collection.js';
import { ClassCache } from '../../../lib/cim/operations/class-cache.js';
import { WsManFaultError } from '../../../lib/wsman/contract/fault-error.js';

const made = (namespace: string, className: string) =>
  new CimClass({
    namespace,
    className,
    superClassName: undefined,
    derivation: [],
    qualifiers: new CimKeyedCollection([]),
    properties: [],
    methods: [],
  });

function fault(soapSubcode: string, retryable: boolean): WsManFaultError {
  const parts = { httpStatus: 500, soapCode: 'Receiver', soapSubcode, reason: '', faultDetail: undefined };
  return new WsManFaultError('No.', { ...parts, providerFaults: [] }, { retryable });
}

describe('the classes of a session', () => {
  it('remember that there is no metadata, until the class is asked for itself', async () => {
    using deadline = new Deadline();
    const asked: string[] = [];
    const cache = new ClassCache(async (_namespace, className) => {
      asked.push(className);
      throw new CimletError('ERR_PROTOCOL', 'No CLASS.');
    });
    expect(await cache.find('root/a', 'X', deadline)).toBeUndefined();
    expect(await cache.find('root/a', 'X', deadline)).toBeUndefined();
    expect([cache.has('root/a', 'x'), asked.length]).toEqual([true, 1]);
    await expect(cache.get('root/a', 'X', deadline)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
    expect(asked).toHaveLength(2);
  });

  it('do not take a lost connection for missing metadata', async () => {
    using deadline = new Deadline();
    const cache = new ClassCache(async () => {
      throw new CimletError('ERR_CONNECTION_LOST', 'Gone.');
    });
    await expect(cache.find('root/a', 'X', deadline)).rejects.toMatchObject({ code: 'ERR_CONNECTION_LOST' });
    expect(cache.has('root/a', 'X')).toBe(false);
  });

  it('do not take a busy server for one without metadata: the next instances of the class would be texts for good', async () => {
    using deadline = new Deadline();
    const answers: (CimClass | WsManFaultError)[] = [
      fault('QuotaLimit', true),
      made('root/a', 'X'),
      fault('InternalError', false),
      fault('DestinationUnreachable', true),
    ];
    const cache = new ClassCache(async () => {
      const answer = answers.shift();
      if (answer instanceof CimClass) return answer;
      throw answer;
    });
    await expect(cache.find('root/a', 'X', deadline)).rejects.toMatchObject({ retryable: true });
    expect(cache.has('root/a', 'X')).toBe(false);
    expect((await cache.find('root/a', 'X', deadline))?.className).toBe('X');
    expect(await cache.find('root/a', 'Y', deadline)).toBeUndefined();
    expect(await cache.find('root/a', 'Z', deadline)).toBeUndefined();
  });

  it('keep namespaces apart, and stay bounded whatever names a server sends', async () => {
    using deadline = new Deadline();
    const cache = new ClassCache(async (namespace, className) => made(namespace, className));
    for (let count = 0; count < 5000; count += 1) cache.add(made('root/a', `X${count}`));
    expect(cache.has('root/a', 'X0')).toBe(false);
    expect(cache.has('root/a', 'X4999')).toBe(true);
    expect(cache.lookup('root/b')('X4999')).toBeUndefined();
    expect((await cache.get('root/b', 'X4999', deadline)).namespace).toBe('root/b');
  });
});
