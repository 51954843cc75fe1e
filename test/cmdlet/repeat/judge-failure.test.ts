import { describe, expect, it } from '@jest/globals';
import { CimletError, type CimletErrorCode } from '../../../lib/base/errors.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { ParameterBindingError } from '../../../lib/cmdlet/contract/binding-error.js';
import { ErrorRecord } from '../../../lib/cmdlet/contract/error-record.js';
import { judgeFailure } from '../../../lib/cmdlet/repeat/judge-failure.js';
import { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import type { CmdletRepetition } from '../../../lib/schema/definition/cmdlet-repetition.js';
import { WsManFaultError } from '../../../lib/wsman/contract/fault-error.js';

const READ: CmdletRepetition = { kind: 'read' };
const SET: CmdletRepetition = { kind: 'repeatable' };
const ONCE: CmdletRepetition = { kind: 'once' };
const ADD: CmdletRepetition = {
  kind: 'ask',
  question: { cmdlet: 'Get-Thing', done: 'there' },
  alreadySo: ['DHCP 20114'],
};

const plain = (code: CimletErrorCode, retryable = false) => new CimletError(code, 'It failed.', { retryable });

interface Answer {
  readonly messageId?: string;
  readonly wsmanCode?: number;
  readonly retryable?: boolean;
}

const answer = (details: Answer) => new CimException('The server said no.', { nativeErrorCode: 'Failed', ...details });

const record = (exception: Error) =>
  new ErrorRecord({
    message: exception.message,
    fullyQualifiedErrorId: 'x',
    categoryInfo: { category: 'NotSpecified', activity: 'Get-Thing', reason: '', targetName: '', targetType: '' },
    exception,
  });

const failed = (exceptions: readonly Error[], cause?: Error) =>
  new CmdletError({ cmdlet: 'Get-Thing', errors: exceptions.map(record), output: [], skipped: [], cause });

describe('a failure is judged by its code', () => {
  it.each<[CimletErrorCode, string, string, string]>([
    // code, of a read, of a change that is asked about, of one that is sent once
    ['ERR_AUTHENTICATION', 'stopRunAtOnce', 'stopRunAtOnce', 'stopRunAtOnce'],
    ['ERR_AUTHORIZATION', 'final', 'final', 'final'],
    ['ERR_INVALID_ARGUMENT', 'stopRun', 'stopRun', 'stopRun'],
    ['ERR_CONFIRMATION_REQUIRED', 'stopRun', 'stopRun', 'stopRun'],
    ['ERR_MISSING_PEER', 'stopRun', 'stopRun', 'stopRun'],
    ['ERR_INSECURE_CHANNEL', 'stopRun', 'stopRun', 'stopRun'],
    ['ERR_NAME_NOT_RESOLVED', 'retry', 'retry', 'retry'],
    ['ERR_CONNECTION_REFUSED', 'retry', 'retry', 'retry'],
    ['ERR_TLS', 'final', 'final', 'final'],
    ['ERR_MESSAGE_INTEGRITY', 'final', 'unknown', 'unknown'],
    ['ERR_XML', 'final', 'unknown', 'unknown'],
    ['ERR_PROTOCOL', 'final', 'unknown', 'unknown'],
    ['ERR_RESPONSE_TOO_LARGE', 'final', 'unknown', 'unknown'],
    ['ERR_NOT_SOAP', 'final', 'unknown', 'unknown'],
    ['ERR_TIMEOUT', 'retry', 'inDoubt', 'unknown'],
    ['ERR_CONNECTION_LOST', 'retry', 'inDoubt', 'unknown'],
    ['ERR_ABORTED', 'retry', 'inDoubt', 'unknown'],
    ['ERR_SESSION_CLOSED', 'retry', 'inDoubt', 'unknown'],
  ])('%s', (code, read, change, once) => {
    expect([READ, ADD, ONCE].map((repetition) => judgeFailure(plain(code), repetition))).toEqual([read, change, once]);
  });

  it('takes what nobody foresaw for final, and for unknown of a change', () => {
    const strange = Object.assign(new Error('?'), { code: 'ERR_OF_TOMORROW' });
    expect([READ, SET, ONCE].map((repetition) => judgeFailure(strange, repetition))).toEqual([
      'final',
      'unknown',
      'unknown',
    ]);
    expect(judgeFailure(Object.assign(new Error('?'), { code: 'constructor' }), READ)).toBe('final');
    expect(judgeFailure('thrown text', SET)).toBe('unknown');
  });

  it('knows a busy server from a wrong one by its HTTP status', () => {
    expect(judgeFailure(plain('ERR_NOT_SOAP', true), READ)).toBe('retry');
    expect(judgeFailure(plain('ERR_NOT_SOAP', true), ADD)).toBe('inDoubt');
  });

  it('knows a connection that was lost before the request left', () => {
    expect(judgeFailure(plain('ERR_CONNECTION_LOST', true), ONCE)).toBe('retry');
  });
});

describe('an answer of the server is judged by what it says', () => {
  it.each<[string, Answer]>([
    ['WIN32 1326', { messageId: 'WIN32 1326' }],
    ['WIN32 1331', { messageId: 'WIN32 1331' }],
    ['the HRESULT of 1385', { messageId: 'HRESULT 0x80070569' }],
    ['the code 1909', { wsmanCode: 1909 }],
    ['the HRESULT of 1326 as a code', { wsmanCode: 0x8007052e, retryable: true }],
  ])('%s stops the run at once', (_, details) => {
    expect(judgeFailure(answer(details), READ)).toBe('stopRunAtOnce');
  });

  it.each(['DHCP 20120', 'DHCP 20122', 'DHCP 20123', 'WIN32 1722'])('%s may pass within minutes', (messageId) => {
    const exception = answer({ messageId });
    expect([READ, ADD, SET, ONCE].map((row) => judgeFailure(exception, row))).toEqual([
      'retryLater',
      'retryLater',
      'retryLater',
      'final',
    ]);
  });

  it.each(['WIN32 5', 'WIN32 87', 'DHCP 20117', 'DHCP 20118', 'DHCP 20119', 'DHCP 20121', 'DHCP 20124', 'DHCP 20128'])(
    '%s is final',
    (messageId) => {
      expect([READ, ADD, ONCE].map((row) => judgeFailure(answer({ messageId }), row))).toEqual([
        'final',
        'final',
        'final',
      ]);
    },
  );

  it('asks about what is so already, where the row says so', () => {
    expect(judgeFailure(answer({ messageId: 'DHCP 20114' }), ADD)).toBe('alreadySo');
    expect(judgeFailure(answer({ messageId: 'DHCP 20114' }), SET)).toBe('final');
  });

  it('tries again where the server did not begin, and asks about a change where it may have', () => {
    const quota = answer({ wsmanCode: 0x803381a6, retryable: true });
    const memory = answer({ messageId: 'HRESULT 0x8007000e', retryable: true });
    // ERROR_WSMAN_OPERATION_TIMEDOUT
    const late = answer({ messageId: 'HRESULT 0x80338029', wsmanCode: 0x80338029, retryable: true });
    expect([quota, memory, late].map((exception) => judgeFailure(exception, READ))).toEqual([
      'retry',
      'retry',
      'retry',
    ]);
    expect([quota, memory, late].map((exception) => judgeFailure(exception, ONCE))).toEqual([
      'retry',
      'retry',
      'unknown',
    ]);
    expect(judgeFailure(late, ADD)).toBe('inDoubt');
  });

  it('judges a bare fault by its word, too', () => {
    const info = { httpStatus: 500, soapCode: 'Receiver', soapSubcode: 'TimedOut', reason: '' };
    const fault = (retryable: boolean) =>
      new WsManFaultError('Late.', { ...info, faultDetail: undefined, providerFaults: [] }, { retryable });
    expect([fault(true), fault(false)].map((error) => judgeFailure(error, READ))).toEqual(['retry', 'final']);
    expect(judgeFailure(fault(true), ADD)).toBe('inDoubt');
  });
});

describe('a call that failed', () => {
  it('is judged by the gravest of its records', () => {
    const busy = answer({ wsmanCode: 0x803381a6, retryable: true });
    const absent = answer({ messageId: 'DHCP 20115' });
    expect(judgeFailure(failed([busy]), READ)).toBe('retry');
    expect(judgeFailure(failed([busy, absent]), READ)).toBe('final');
    expect(judgeFailure(failed([absent, plain('ERR_AUTHENTICATION')]), READ)).toBe('stopRunAtOnce');
  });

  it('is judged by what stopped it, when something did', () => {
    expect(judgeFailure(failed([], plain('ERR_TIMEOUT')), ADD)).toBe('inDoubt');
    expect(judgeFailure(failed([answer({ messageId: 'DHCP 20115' })], plain('ERR_TIMEOUT')), ADD)).toBe('inDoubt');
  });

  it('ends the run where its parameters do not fit', () => {
    const error = new ParameterBindingError({
      cmdlet: { name: 'Get-Thing' },
      errorId: 'NamedParameterNotFound',
      message: 'There is no parameter Nam.',
    });
    expect(judgeFailure(error, READ)).toBe('stopRun');
  });
});
