import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimletError, isCimletError } from '../../../lib/base/errors.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { recordOfBrokenSession, recordOfFailure } from '../../../lib/cmdlet/report/record-of-failure.js';
import { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { getFailover } from '../definitions.js';

const WMI_ERROR: CimClassDeclaration = {
  namespace: 'root/cimv2',
  className: 'MSFT_WmiError',
  properties: [
    { name: 'Message', type: 'string' },
    { name: 'MessageID', type: 'string' },
    { name: 'ErrorSource', type: 'string' },
    { name: 'error_Category', type: 'uint16' },
  ],
  methods: [],
};
const errorData = CimInstance.create(WMI_ERROR, {
  MessageID: 'DHCP 20116',
  ErrorSource: '10.20.30.0',
  error_Category: 13,
});
const captured = new CimException('Failed to get failover relationship for scope 10.20.30.0 on DHCP server dhcp1.', {
  nativeErrorCode: 'NotFound',
  messageId: 'DHCP 20116',
  errorCategory: 'ObjectNotFound',
  errorData,
});

describe('the record of a CIM error', () => {
  const record = recordOfFailure(getFailover, captured, 'dhcp1');

  it('has PowerShell’s ids and categories', () => {
    expect(record).toMatchObject({
      fullyQualifiedErrorId: 'DHCP 20116,Get-DhcpServerv4Failover',
      categoryInfo: {
        category: 'ObjectNotFound',
        activity: 'Get-DhcpServerv4Failover',
        reason: 'CimException',
        targetName: '10.20.30.0',
        targetType: 'root/Microsoft/Windows/DHCP/PS_DhcpServerv4Failover',
      },
      exception: captured,
      errorData,
      PSComputerName: 'dhcp1',
    });
  });

  it('prints as PowerShell’s console does, long names cut in the middle', () => {
    expect(String(record)).toBe(
      [
        'Get-DhcpServerv4Failover : Failed to get failover relationship for scope 10.20.30.0 on DHCP server dhcp1.',
        '    + CategoryInfo          : ObjectNotFound: (10.20.30.0:root/Microsoft/...erverv4Failover) [Get-DhcpServerv4Failover], CimException',
        '    + FullyQualifiedErrorId : DHCP 20116,Get-DhcpServerv4Failover',
        '    + PSComputerName        : dhcp1',
      ].join('\n'),
    );
    expect(inspect(record)).toBe(`ErrorRecord ${record}`);
  });

  it('gives JSON with what a program needs', () => {
    expect(JSON.parse(JSON.stringify(record))).toMatchObject({
      fullyQualifiedErrorId: 'DHCP 20116,Get-DhcpServerv4Failover',
      code: 'ERR_CIM',
      errorData: { MessageID: 'DHCP 20116' },
      PSComputerName: 'dhcp1',
    });
  });

  it('without a message id is named after the native code, about the class', () => {
    expect(recordOfFailure(getFailover, new CimException('x', { nativeErrorCode: 'AccessDenied' }), 'a')).toMatchObject(
      {
        fullyQualifiedErrorId: 'MiClientApiError_AccessDenied,Get-DhcpServerv4Failover',
        categoryInfo: { category: 'PermissionDenied', targetName: 'PS_DhcpServerv4Failover', targetType: 'String' },
      },
    );
  });
});

describe('the record of another failure', () => {
  it.each([
    ['ERR_TIMEOUT', 'OperationTimeout'],
    ['ERR_ABORTED', 'OperationStopped'],
    ['ERR_AUTHENTICATION', 'AuthenticationError'],
    ['ERR_AUTHORIZATION', 'PermissionDenied'],
    ['ERR_TLS', 'ConnectionError'],
    ['ERR_INSECURE_CHANNEL', 'SecurityError'],
    ['ERR_NOT_SOAP', 'ProtocolError'],
    ['ERR_CMDLET', 'NotSpecified'],
  ] as const)('%s is filed under %s', (code, category) => {
    const record = recordOfFailure(getFailover, new CimletError(code, 'x'), 'a');
    expect(record.fullyQualifiedErrorId).toBe(`CimJob_${code},Get-DhcpServerv4Failover`);
    expect(record.categoryInfo.category).toBe(category);
  });

  it('takes whatever was thrown', () => {
    expect(recordOfFailure(getFailover, 'text', undefined)).toMatchObject({
      message: 'text',
      fullyQualifiedErrorId: 'CimJob_Error,Get-DhcpServerv4Failover',
    });
  });

  it('of a broken session keeps the cause', () => {
    const cause = new CimletError('ERR_AUTHENTICATION', 'Wrong password.', { hint: 'Try another.' });
    const record = recordOfBrokenSession(getFailover, cause, 'dhcp1');
    expect(record.exception).toBe(cause);
    expect(record.message).toBe('The session to dhcp1 cannot be used: Wrong password.');
    expect(JSON.parse(JSON.stringify(record))).toMatchObject({ code: 'ERR_AUTHENTICATION', hint: 'Try another.' });
  });
});

describe('CmdletError', () => {
  const records = Array.from({ length: 7 }, (_, index) =>
    recordOfFailure(
      getFailover,
      new CimletError('ERR_TIMEOUT', `t${index}`, { retryable: true, hint: 'Wait.' }),
      `dhcp${index}`,
    ),
  );

  it('is the library’s kind of error', () => {
    const error = new CmdletError({ cmdlet: 'Get-X', errors: records, output: [1], skipped: [] });
    expect(isCimletError(error)).toBe(true);
    expect(error).toMatchObject({
      name: 'CmdletError',
      code: 'ERR_CMDLET',
      retryable: true,
      hint: 'Wait.',
      output: [1],
    });
  });

  it('has a message that a person can read, however many failed', () => {
    const error = new CmdletError({ cmdlet: 'Get-X', errors: records, output: [], skipped: ['x', 'x', 'y'] });
    expect(error.message.split('\n')).toEqual([
      'Get-X failed 7 times.',
      ...[0, 1, 2, 3, 4].map((index) => `dhcp${index}: t${index} (CimJob_ERR_TIMEOUT,Get-DhcpServerv4Failover)`),
      '… and 2 more.',
      'Not tried: 3 (x, y).',
    ]);
  });

  it('does not print its output', () => {
    const error = new CmdletError({ cmdlet: 'Get-X', errors: records, output: ['a-large-output'], skipped: [] });
    expect(inspect(error)).not.toContain('a-large-output');
  });
});
