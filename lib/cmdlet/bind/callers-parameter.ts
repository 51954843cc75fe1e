import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';

/** What engines and shells add to cmdlets, whatever a definition says of it. */
const CALLERS = new Set([
  'computername',
  'cimsession',
  'credential',
  'force',
  'confirm',
  'whatif',
  'throttlelimit',
  'asjob',
  'passthru',
]);

/** Where a call goes, what it may do and what is secret is the caller's to say, and never that of whoever sent an instance. */
export function isCallersParameter({ name, aliases, type, secret }: CmdletParameter): boolean {
  return (
    secret === true ||
    type === 'SwitchParameter' ||
    [name, ...aliases].some((spelling) => CALLERS.has(spelling.toLowerCase()))
  );
}
