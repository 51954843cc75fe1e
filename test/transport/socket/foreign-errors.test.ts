import { describe, expect, it } from '@jest/globals';
import { fromNodeError } from '../../../lib/transport/socket/foreign-errors.js';

const scene = { host: 'dhcp1', port: 5985, secure: false, phase: 'response', repeatable: true } as const;

describe('an error of Node’s', () => {
  it('of a socket that broke is a lost connection', () => {
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    expect(fromNodeError(reset, scene)).toMatchObject({ code: 'ERR_CONNECTION_LOST', retryable: true });
  });

  it('that is none of the network’s does not look like a lost connection, after which a request may be sent again', () => {
    const defect = new TypeError('x is not a function');
    const error = fromNodeError(defect, scene);
    expect(error).toMatchObject({ code: 'ERR_PROTOCOL', retryable: false, cause: defect });
    expect(error.message).toBe('The exchange with dhcp1:5985 failed: x is not a function');
    expect(error.hint).toContain('unknown');
  });
});
