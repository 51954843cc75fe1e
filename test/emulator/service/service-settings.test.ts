import { expect, it } from '@jest/globals';
import { resolveServiceSettings } from '../../../lib/emulator/service/service-settings.js';

it('has the default for what is not given, as undefined or not at all', () => {
  const unset = process.env['CIMLET_NO_SUCH_VARIABLE'] === undefined ? undefined : 1;
  const resolved = resolveServiceSettings({ maxBatchItems: 7, enumerationTimeoutMs: unset });
  expect(resolved).toEqual({ ...resolveServiceSettings(), maxBatchItems: 7 });
  expect(resolved.enumerationTimeoutMs).toBe(240_000); // winrm get winrm/config: EnumerationTimeoutms
});
