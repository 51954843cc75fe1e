import { describe, expect, it } from '@jest/globals';
import { hasEmptyValue, refusalOfNull } from '../../../lib/cmdlet/convert/null-value.js';
import { parameter } from '../definitions.js';

const VALIDATED = { validateNotNullOrEmpty: true } as const;

// Recorded from PowerShell 7.6 with the parameters of the whole module.
describe('a null', () => {
  it('becomes an empty text or 0, which a validator of texts refuses', () => {
    expect(refusalOfNull(parameter('X', 'String'))).toBeUndefined();
    expect(refusalOfNull(parameter('X', 'String', VALIDATED))).toBe('ParameterArgumentValidationError');
    expect(refusalOfNull(parameter('X', 'UInt32', VALIDATED))).toBeUndefined();
    expect([parameter('X', 'String'), parameter('X', 'UInt16')].map(hasEmptyValue)).toEqual([true, true]);
  });

  it('is no Boolean, time span or point in time, but where these are nullable', () => {
    for (const type of ['Boolean', 'TimeSpan', 'DateTime'] as const) {
      expect(refusalOfNull(parameter('X', type))).toBe('ParameterArgumentTransformationError');
      expect(refusalOfNull(parameter('X', type, { nullable: true }))).toBeUndefined();
    }
  });

  it('stands for an address or an array that nothing validates', () => {
    for (const more of [{ isArray: true }, {}]) {
      expect(refusalOfNull(parameter('X', 'IPAddress', more))).toBeUndefined();
      expect(refusalOfNull(parameter('X', 'IPAddress', { ...more, ...VALIDATED }))).toBe(
        'ParameterArgumentValidationError',
      );
    }
    expect(refusalOfNull(parameter('X', 'String', { isArray: true, ...VALIDATED, allowNull: true }))).toBeUndefined();
    expect(hasEmptyValue(parameter('X', 'String', { isArray: true }))).toBe(false);
  });
});
