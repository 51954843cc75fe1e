import type { CmdletDefinition } from '../definition/cmdlet-definition.js';

/** Names that generated code gives to what the schemas name. */

/** `Add-DhcpServerv4Failover` → `addDhcpServerv4Failover`. */
export function functionName(cmdlet: Pick<CmdletDefinition, 'verb' | 'noun'>): string {
  return cmdlet.verb.toLowerCase() + cmdlet.noun;
}

/** `Add-DhcpServerv4Failover` → `AddDhcpServerv4Failover`, to which `Parameters` and the like are added. */
export function typeStem(cmdlet: Pick<CmdletDefinition, 'verb' | 'noun'>): string {
  return cmdlet.verb + cmdlet.noun;
}

/** `PS_DhcpServerv4Failover` → `psDhcpServerv4FailoverClass`. */
export function classConstant(className: string): string {
  return `${camel(className)}Class`;
}

/** `PS_DhcpServerv4Failover`, `GetByName` → `psDhcpServerv4FailoverGetByName`. */
export function methodConstant(className: string, methodName: string): string {
  return camel(className) + methodName;
}

/** `DhcpServerv4Failover` → `DhcpServerv4FailoverInstance`. */
export function instanceType(className: string): string {
  return `${className}Instance`;
}

/** `Add-DhcpServerv4Failover` → `addDhcpServerv4FailoverDefinition`. */
export function definitionConstant(cmdlet: Pick<CmdletDefinition, 'verb' | 'noun'>): string {
  return `${functionName(cmdlet)}Definition`;
}

/** Module path below the output folder, without extension. */
export function classPath(className: string): string {
  return `classes/${className.toLowerCase().replaceAll('_', '-')}`;
}

/** Where the definitions of the cmdlets over a class stand. */
export function definitionsPath(className: string): string {
  return `definitions/${className.toLowerCase().replaceAll('_', '-')}`;
}

/** `PS_DhcpServerv4Failover` → `psDhcpServerv4FailoverCmdlets`, the function that loads the definitions. */
export function definitionsLoader(className: string): string {
  return `${camel(className)}Cmdlets`;
}

export function cmdletPath(cmdlet: Pick<CmdletDefinition, 'name'>): string {
  return `cmdlets/${cmdlet.name.toLowerCase()}`;
}

function camel(name: string): string {
  const [first = '', ...rest] = name.split('_');
  const head = rest.length > 0 ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1);
  return head + rest.join('');
}
