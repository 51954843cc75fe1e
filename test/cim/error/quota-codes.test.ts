import { describe, expect, it } from '@jest/globals';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { quotaOf } from '../../../lib/cim/error/quota-codes.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { describeWsManCode } from '../../../lib/wsman/fault/fault-codes.js';

describe('the quota that is used up', () => {
  it('is named by the twelve codes of PowerShell, as Windows’ headers name them, and by no other', () => {
    const names = [];
    for (let code = 0x80338000; code <= 0x803381ff; code++) {
      const name = quotaOf(code);
      if (name === undefined) continue;
      expect(name).toBe(describeWsManCode(code)?.name);
      names.push(name.replace('ERROR_WSMAN_QUOTA_', ''));
    }
    expect(names).toEqual([
      'MAX_SHELLS',
      'MAX_OPERATIONS',
      'USER',
      'SYSTEM',
      'MAX_SHELLUSERS',
      'MAX_SHELLS_PPQ',
      'MAX_USERS_PPQ',
      'MAX_PLUGINSHELLS_PPQ',
      'MAX_PLUGINOPERATIONS_PPQ',
      'MAX_OPERATIONS_USER_PPQ',
      'MAX_COMMANDS_PER_SHELL_PPQ',
      'MIN_REQUIREMENT_NOT_AVAILABLE_PPQ',
    ]);
    expect(quotaOf(0x803381a5 | 0)).toBe('ERROR_WSMAN_QUOTA_MAX_SHELLS');
    expect(quotaOf(5)).toBeUndefined();
  });

  it('is what an exception tells by its code, or by its error instance', () => {
    const failed = (wsmanCode?: number, code?: number) => {
      const declaration = {
        namespace: 'root/cimv2',
        className: 'MSFT_WmiError',
        properties: [{ name: 'error_Code', type: 'uint32' as const }],
        methods: [],
      };
      const errorData = code === undefined ? undefined : CimInstance.create(declaration, { error_Code: code });
      return new CimException('x', { nativeErrorCode: 'Failed', wsmanCode, errorData }).quotaName;
    };
    expect(failed(0x803381a6)).toBe('ERROR_WSMAN_QUOTA_MAX_OPERATIONS');
    expect(failed(undefined, 0x803381a7)).toBe('ERROR_WSMAN_QUOTA_USER');
    expect([failed(0x803381a9), failed(undefined, 5), failed()]).toEqual([undefined, undefined, undefined]);
  });
});
