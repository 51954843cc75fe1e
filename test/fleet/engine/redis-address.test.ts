import { describe, expect, it } from '@jest/globals';
import { redisAddress } from '../../../lib/fleet/engine/redis-address.js';

describe('an address of Redis', () => {
  it('is taken apart, and shown without user and password', () => {
    const { shown, isSecure, options } = redisAddress('rediss://cimlet:pass%2Fword@redis.contoso.com:6380/2', {
      ca: 'PEM',
    });
    expect([shown, isSecure]).toEqual(['rediss://redis.contoso.com:6380', true]);
    expect(options).toEqual({
      host: 'redis.contoso.com',
      port: 6_380,
      username: 'cimlet',
      password: 'pass/word',
      db: 2,
      tls: { servername: 'redis.contoso.com', ca: 'PEM' },
    });
    expect(redisAddress('redis://[::1]', undefined).options).toEqual({ host: '::1', port: 6_379 });
  });

  it.each(['', 'localhost', 'http://a:hunter2@b', 'redis://', 'redis://u:hunter2@h/x'])(
    '%j is none, and is not shown',
    (text) => {
      expect(() => redisAddress(text, undefined)).toThrow(/^redis: /);
      expect(() => redisAddress(text, undefined)).not.toThrow(/hunter2/);
    },
  );

  it('takes options of TLS only where TLS is spoken', () => {
    expect(() => redisAddress('redis://a', { ca: 'PEM' })).toThrow(/tls: .*rediss:\/\//);
  });
});
