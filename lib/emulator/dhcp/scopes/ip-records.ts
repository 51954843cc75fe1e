import { messages } from '../provider/messages.js';
import { forEachItem } from '../provider/provider-context.js';
import { changes, type ProviderMethods, reads, type ServerCall } from '../provider/provider-method.js';
import { scopeWithId } from './find-scope.js';

const CLASS = 'DhcpServerv4IPRecords';

/**
 * MS-DHCPM 3.1.4.28 compares a range's bit mask with the table of clients. The emulator derives the one from the other, so that they never differ:
 * a scope that exists has no inconsistent address, and nothing is written for it.
 */
function repair({ server, host, parameters }: ServerCall) {
  return forEachItem(parameters.texts('ScopeId') ?? [], (scopeId) => {
    scopeWithId(server, scopeId, messages.getScope(scopeId, host));
    return [];
  });
}

const report = reads(CLASS, repair);
const mend = changes(CLASS, repair);

/** PS_DhcpServerv4IPRecord.Repair, behind Repair- and Reconcile-DhcpServerv4IPRecord. To look is for readers, too. */
export const ipRecordMethods: ProviderMethods = {
  'PS_DhcpServerv4IPRecord.Repair': (context, parameters, output) =>
    (parameters.flag('ReportOnly') === true ? report : mend)(context, parameters, output),
};
