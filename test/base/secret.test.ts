import { format, inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../lib/base/secret.js';

describe('Secret', () => {
  const secret = new Secret('sEcReT');

  it('gives its value only when asked by name', () => {
    expect(secret.reveal()).toBe('sEcReT');
  });

  it.each([
    ['String', String(secret)],
    ['a template', `${secret}`],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ secret }, { depth: 9, showHidden: true })],
    ['format', format('%s %o %j', secret, secret, secret)],
    ['object spread', JSON.stringify({ ...secret })],
  ])('is not printed by %s', (_name, text) => {
    expect(text).not.toContain('sEcReT');
  });

  it('wraps a string once', () => {
    expect(Secret.from(secret)).toBe(secret);
    expect(Secret.from('x').reveal()).toBe('x');
  });
});
