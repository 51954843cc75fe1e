import { describe, expect, it } from '@jest/globals';
import { CimletError, describeValue, invalidArgument, isCimletError } from '../../lib/base/errors.js';

describe('CimletError', () => {
  it('carries its code, hint, cause and whether to try again', () => {
    const cause = new Error('socket');
    const error = new CimletError('ERR_CONNECTION_LOST', 'The connection was lost.', {
      cause,
      hint: 'Try again.',
      retryable: true,
    });
    expect(error).toMatchObject({
      name: 'CimletError',
      code: 'ERR_CONNECTION_LOST',
      hint: 'Try again.',
      retryable: true,
      cause,
    });
    expect(isCimletError(error)).toBe(true);
  });

  it('has no hint and no cause of its own accord', () => {
    const error = new CimletError('ERR_TLS', 'No.');
    expect('hint' in error).toBe(false);
    expect('cause' in error).toBe(false);
    expect(error.retryable).toBe(false);
  });

  it('does not take foreign errors for its own', () => {
    expect(isCimletError(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBe(false);
    expect(isCimletError({ code: 'ERR_TLS', retryable: false })).toBe(false);
  });

  it('names parameter, value and remedy', () => {
    const error = invalidArgument('LoadBalancePercent', 101, 'Give a whole number from 0 to 100.');
    expect(error.message).toBe('LoadBalancePercent: 101 is not valid. Give a whole number from 0 to 100.');
  });

  it('shortens long values', () => {
    expect(describeValue('x'.repeat(500)).length).toBe(118);
    expect(describeValue('a"b')).toBe('"a\\"b"');
  });

  it('finds words for values that have none of their own', () => {
    expect(describeValue(Object.create(null))).toBe('[object Object]');
    const unwilling = {
      toString: () => {
        throw new Error('no');
      },
    };
    expect(describeValue(unwilling)).toBe('[object Object]');
    expect(describeValue([Object.create(null)])).toBe('[object Array]');
    expect(invalidArgument('selectors', Object.create(null), 'Give an instance.').code).toBe('ERR_INVALID_ARGUMENT');
  });
});
