import { describe, expect, it } from '@jest/globals';
import { CimSessionList } from '../../../lib/cim/session/session-list.js';

const listed = (id: number, close: () => Promise<void>) => ({
  id,
  name: `session${id}`,
  instanceId: `0000000${id}-0000-0000-0000-000000000000`,
  computerName: 'a',
  isClosed: false,
  async close() {
    await close();
    this.isClosed = true;
  },
});

describe('a list of sessions', () => {
  it('closes every one that can be closed before it says that one cannot', async () => {
    const failure = new Error('stuck');
    const sessions = new CimSessionList();
    sessions.add(listed(1, () => Promise.reject(failure)));
    sessions.add(listed(2, () => new Promise((resolve) => setImmediate(resolve))));
    await expect(sessions.closeAll()).rejects.toBe(failure);
    expect([...sessions].map(({ id }) => id)).toEqual([1]);
  });
});
