import { expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { errorReport } from '../../../lib/cli/terminal/report-error.js';
import { queuedParameters, refuseUnbindable } from '../../../lib/fleet/plan/call-parameters.js';
import { KnownCmdlets } from '../../../lib/fleet/plan/known-cmdlets.js';

it('an error that was met before a line was run has its hint once', () => {
  const cmdlet = new KnownCmdlets().get('Get-DhcpServerv4Scope');
  let error: unknown;
  try {
    refuseUnbindable(cmdlet, queuedParameters(cmdlet, { ScopeId: '10.10.x.0' }));
  } catch (caught) {
    error = caught;
  }
  expect(errorReport(error, undefined, false)).toEqual([
    `cimlet: Cannot process argument transformation on parameter 'ScopeId'. "10.10.x.0" is not a valid IPv4 address. Write an IPv4 address such as 10.10.10.0.`,
  ]);
  const other = new CimletError('ERR_QUEUE', 'Redis is full.', { hint: 'Raise maxmemory.' });
  expect(errorReport(other, undefined, false)).toEqual(['cimlet: Redis is full.', '        Raise maxmemory.']);
});
