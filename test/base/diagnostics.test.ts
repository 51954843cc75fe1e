import { hasSubscribers, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from '@jest/globals';
import { publish } from '../../lib/base/diagnostics.js';

describe('diagnostics', () => {
  it('publishes to whoever listens, and to nobody else', () => {
    const seen: unknown[] = [];
    const listener = (message: unknown) => seen.push(message);
    const message = { host: 'dhcpserver.contoso.com', port: 5986, secure: true };
    publish('cimlet:connection:open', message);
    subscribe('cimlet:connection:open', listener);
    expect(hasSubscribers('cimlet:connection:open')).toBe(true);
    publish('cimlet:connection:open', message);
    unsubscribe('cimlet:connection:open', listener);
    publish('cimlet:connection:open', message);
    expect(hasSubscribers('cimlet:connection:open')).toBe(false);
    expect(seen).toEqual([message]);
  });
});
