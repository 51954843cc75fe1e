import { describe, expect, it } from '@jest/globals';
import { publish } from '../../lib/base/diagnostics.js';
import { Witness } from './witness.js';

const SECRET = 'h&nter2-Pässw0rd';
const KEY = Buffer.from('00ff10c3a55a7e8142d0b1c29384a6f7', 'hex');

describe('the witness finds', () => {
  it.each<[string, unknown]>([
    ['a text', { message: `no ${SECRET} here` }],
    ['a text in an error’s cause', new Error('failed', { cause: new Error(SECRET) })],
    ['a text in an error of many', new AggregateError([new Error(SECRET)])],
    ['a hidden property', Object.defineProperty({}, 'password', { value: SECRET, enumerable: false })],
    ['deep in an object', { a: { b: { c: { d: { e: { f: SECRET } } } } } }],
    ['in XML', '<SharedSecret>h&amp;nter2-Pässw0rd</SharedSecret>'],
    ['in Basic’s header', `Basic ${Buffer.from(`CONTOSO\\dhcpadmin:${SECRET}`).toString('base64')}`],
    ['in UTF-16', { sent: Buffer.from(SECRET, 'utf16le') }],
    ['a key', { key: KEY }],
    ['a key in hex', { key: KEY.toString('hex') }],
    ['a key as an array', { key: new Uint8Array(KEY) }],
    ['a key within a token', Buffer.concat([Buffer.from('ab'), KEY, Buffer.from('cd')]).toString('base64')],
    ['a key as JSON', JSON.stringify(KEY)],
  ])('%s', (_name, value) => {
    using witness = new Witness();
    witness.keepSecret('password', SECRET);
    witness.keepSecretBytes('key', KEY);
    expect(witness.leaks).toEqual([]);
    witness.see(value);
    expect(witness.leaks).not.toEqual([]);
  });

  it('what is published', () => {
    using witness = new Witness();
    witness.keepSecret('password', SECRET);
    const message = { computerName: '', session: undefined, action: '', messageId: '', code: '', durationMs: 1 };
    publish('cimlet:request:error', { ...message, url: SECRET });
    expect(witness.leaks).not.toEqual([]);
    expect(witness.heard.get('cimlet:request:error')).toBe(1);
  });

  it('nothing elsewhere', () => {
    using witness = new Witness();
    witness.keepSecret('password', SECRET);
    witness.see({ userName: 'CONTOSO\\dhcpadmin', token: 'TlRMTVNTUAABAAAA', bytes: Buffer.alloc(64, 7) });
    expect(witness.leaks).toEqual([]);
  });
});
