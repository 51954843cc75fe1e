import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { ParameterBindingError } from '../../../lib/cmdlet/contract/binding-error.js';
import type { ErrorRecord } from '../../../lib/cmdlet/contract/error-record.js';
import { OperationError } from '../../../lib/cmdlet/contract/operation-error.js';
import { ReturnCodeError } from '../../../lib/cmdlet/contract/return-code-error.js';
import { isCimletFailure } from '../../../lib/cmdlet/result/cimlet-failure.js';
import { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { SchemaError } from '../../../lib/schema/definition/schema-error.js';
import { WsManFaultError } from '../../../lib/wsman/contract/fault-error.js';

const cmdletError = new CmdletError({ cmdlet: 'Get-Thing', errors: [], output: [1], skipped: ['b'] });
const bindingError = new ParameterBindingError({
  cmdlet: { name: 'Get-Thing' },
  errorId: 'AmbiguousParameterSet',
  message: 'No.',
  hint: 'Do.',
  parameters: ['A', 'B'],
});
const schemaError = new SchemaError('a.mof', 'A word too many.', { position: { line: 3, column: 4 }, hint: 'Less.' });
const fault = new WsManFaultError(
  'It failed.',
  {
    httpStatus: 500,
    soapCode: 'Receiver',
    soapSubcode: 'InternalError',
    reason: 'It failed.',
    faultDetail: undefined,
    wsmanCode: 0x80338000,
    providerFaults: [{ provider: 'WMI', wsmanCode: 5, details: [] }],
  },
  { hint: 'Look.', retryable: true },
);

/** Compiles because each case knows what its error carries. */
function told(error: unknown): unknown {
  if (!isCimletFailure(error)) return undefined;
  switch (error.code) {
    case 'ERR_CMDLET': {
      const records: readonly ErrorRecord[] = error.errors;
      return [records.length, error.skipped];
    }
    case 'ERR_PARAMETER_BINDING':
      return error.parameterNames;
    case 'ERR_WSMAN_FAULT':
      return error.wsmanCode;
    case 'ERR_CIM':
      return 'returnCode' in error ? error.returnCode : error.messageId;
    case 'ERR_TIMEOUT':
      return error.retryable;
    default:
      return error.hint;
  }
}

const operationError = new OperationError('ERR_FILE', 'There.', {
  errorId: 'ResourceExists',
  errorCategory: 'ResourceExists',
  targetName: 'x.xml',
  hint: 'Force.',
});

describe('switch (error.code)', () => {
  it.each<[Error, unknown]>([
    [cmdletError, [0, ['b']]],
    [bindingError, ['A', 'B']],
    [fault, 0x80338000],
    [new ReturnCodeError('C', 'M', '5'), '5'],
    [new CimletError('ERR_TIMEOUT', 'Late.', { retryable: true }), true],
    [new CimletError('ERR_TLS', 'No.', { hint: 'Trust.' }), 'Trust.'],
    [schemaError, 'Less.'],
    [new Error('x'), undefined],
    [Object.assign(new Error('x'), { code: 'ECONNRESET' }), undefined],
  ])('tells %s', (error, what) => {
    expect(told(error)).toEqual(what);
  });
});

describe('toJSON and fromJSON', () => {
  it.each<[string, Error & { toJSON(): object }]>([
    ['CimletError', new CimletError('ERR_TLS', 'No.', { hint: 'Trust.', retryable: true, cause: new TypeError('t') })],
    ['CmdletError', cmdletError],
    ['ParameterBindingError', bindingError],
    ['SchemaError', schemaError],
    ['WsManFaultError', fault],
    ['CimException', CimException.fromFault(fault)],
    ['CimJobException', new ReturnCodeError('C', 'M', '5')],
    ['OperationError', operationError],
  ])('keep all that a %s says', (name, error) => {
    const json = JSON.parse(JSON.stringify(error));
    expect(json).toMatchObject({ name, message: error.message, retryable: expect.any(Boolean) });
    const again = name === 'CmdletError' ? CmdletError.fromJSON(json) : CimletError.fromJSON(json);
    expect(again).toBeInstanceOf(error.constructor);
    expect(JSON.parse(JSON.stringify(again))).toEqual(json);
    expect(isCimletFailure(json)).toBe(true);
    expect(told(json)).toEqual(told(error));
    expect(structuredClone(error.toJSON())).toEqual(error.toJSON());
  });

  it('keep the chain of causes, whosever errors they are', () => {
    const system = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const cause = new AggregateError([system], 'All failed.', { cause: 'a text' });
    const json = JSON.parse(JSON.stringify(new CimletError('ERR_CONNECTION_REFUSED', 'No.', { cause })));
    expect(json.cause).toEqual({
      name: 'AggregateError',
      message: 'All failed.',
      cause: { name: 'Error', message: 'a text' },
      errors: [{ name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' }],
    });
    const again = CimletError.fromJSON(json).cause as AggregateError;
    expect(again.errors[0]).toMatchObject({ message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' });
  });

  it('end where causes go round in a circle', () => {
    const [one, two]: [Error, Error] = [new Error('one'), new Error('two')];
    one.cause = two;
    two.cause = one;
    expect(JSON.stringify(new CimletError('ERR_TLS', 'No.', { cause: one })).length).toBeLessThan(1_000);
  });

  it.each([undefined, null, 'text', 5, [], {}, { name: 'CimletError' }, { name: 'CimException', code: 'ERR_CIM' }])(
    'refuse %j as a CmdletError',
    (json) => {
      expect(() => CmdletError.fromJSON(json)).toThrow(
        /^json: .* Give what toJSON\(\) of a (?:Cmdlet|Cimlet|Cim)\w+ gave/,
      );
    },
  );

  it('take a code of a newer version, and a class that this one has not, as a CimletError', () => {
    const json = { name: 'NewError', message: 'New.', code: 'ERR_NEW', retryable: false };
    expect(CimletError.fromJSON(json)).toMatchObject(json);
  });

  it('are not led astray by names of every object', () => {
    const json = JSON.parse(
      '{"name":"__proto__","message":"m","code":"ERR_X","retryable":false,"__proto__":{"hint":"h"}}',
    );
    const error = CimletError.fromJSON(json);
    expect(error.hint).toBeUndefined();
    expect(Object.getPrototypeOf(error)).toBe(CimletError.prototype);
  });
});

describe('isCimletError of a structured clone', () => {
  it('puts back what the clone lost', () => {
    const clone: unknown = structuredClone(new CimletError('ERR_TIMEOUT', 'Late.', { retryable: true }));
    expect(clone).not.toHaveProperty('code');
    expect(isCimletFailure(clone)).toBe(true);
    expect(clone).toMatchObject({ name: 'CimletError', code: 'ERR_TIMEOUT', retryable: true, message: 'Late.' });
  });

  it('is true of a clone that is frozen as little as of foreign errors', () => {
    const frozen = Object.freeze(structuredClone(new CimletError('ERR_TLS', 'No.')));
    expect(isCimletFailure(frozen)).toBe(false);
    expect(isCimletFailure(structuredClone(new RangeError('[ERR_TLS]: no')))).toBe(false);
  });
});
