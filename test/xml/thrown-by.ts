import { CimletError } from '../../lib/base/errors.js';

/** The library error that `action` throws; anything else that it throws, or nothing thrown, fails the test. */
export function thrownBy(action: () => unknown): CimletError {
  try {
    action();
  } catch (error) {
    if (error instanceof CimletError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
