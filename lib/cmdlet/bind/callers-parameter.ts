import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
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

/**
 * Where a call goes, what it may do and what is secret is the caller's to say, and never that of whoever sent an instance. Of a switch that is a property of
 * what the cmdlet makes, an object tells the state of its like: NapEnable, MultiValued.
 */
export function isCallersParameter(
  { name, aliases, type, secret }: CmdletParameter,
  outputClasses: readonly CimClassDeclaration[],
): boolean {
  const isState = outputClasses.some(({ properties }) => properties.some((property) => property.name === name));
  return (
    secret === true ||
    (type === 'SwitchParameter' && !isState) ||
    [name, ...aliases].some((spelling) => CALLERS.has(spelling.toLowerCase()))
  );
}
