import type { CimScalar, CimValue } from '../../../cim/value/cim-value.js';
import type { CimMethodDeclaration } from '../../../cim/value/class-declaration.js';
import type { MethodCall, MethodImplementation, RequestScope } from '../../cim/class-definition.js';
import { MethodArguments } from './method-arguments.js';
import { failedOperation } from './operation-sentences.js';
import type { OutputInstances } from './output-instances.js';
import { promptOf } from './prompts.js';
import type { ProviderContext } from './provider-context.js';
import type { ProviderMethod } from './provider-method.js';
import { findProviderMethod } from './provider-methods.js';
import { replicationSteps } from './replicate-failover.js';

/** What the methods of a server's PS_ classes run with. */
export interface DhcpMethodsOptions {
  readonly context: (scope: RequestScope) => ProviderContext;
  readonly output: OutputInstances;
  readonly replicationMsPerScope: number;
}

/** Parameters whose values are items of their own: each is asked for, done and reported by itself. */
const ITEMS: ReadonlyMap<string, string> = new Map([
  ['PS_DhcpServerv4Failover.GetByName', 'Name'],
  ['PS_DhcpServerv4Failover.GetByScopeId', 'ScopeId'],
  ['PS_DhcpServerv4Failover.Remove', 'Name'],
  ['PS_DhcpServerv4Scope.Get', 'ScopeId'],
  ['PS_DhcpServerv4Scope.Remove', 'ScopeId'],
]);

/** A method of a PS_ class as the service runs it; undefined for one that the emulator does not have. */
export function dhcpMethod(
  className: string,
  method: CimMethodDeclaration,
  options: DhcpMethodsOptions,
): MethodImplementation | undefined {
  const run = findProviderMethod(className, method.name);
  if (run === undefined) return undefined;
  const output = method.parameters.find((parameter) => parameter.direction !== 'in');
  const write = async ({ operation }: MethodCall, value: CimScalar) => {
    if (output !== undefined) await operation.output(output.name, output.isArray === true ? [value] : value);
  };
  if (className === 'PS_DhcpServerv4FailoverReplication') return replication(className, method, options, write);
  const itemsName = ITEMS.get(`${className}.${method.name}`);
  return async (call) => {
    for (const parameters of split(call.parameters, itemsName)) {
      const context = contextOf(options, call, className, method, parameters);
      const prompt = promptOf(className, method.name, parameters, context);
      if (prompt !== undefined && !(await call.operation.confirm(prompt.text, prompt.promptType))) continue;
      if (!(await runOnce(run, context, parameters, options.output, call, write))) break;
    }
    return {};
  };
}

/** The context of one call, which says by the operation's own message that its server is of no use. */
function contextOf(
  options: DhcpMethodsOptions,
  { scope }: MethodCall,
  className: string,
  method: CimMethodDeclaration,
  parameters: MethodArguments,
): ProviderContext {
  const spelled = (name: string) => parameters.spelled(name);
  return {
    ...options.context(scope),
    failedOperation: (host) => failedOperation(`${className}.${method.name}`, spelled, host),
  };
}

/** False: the client wants no more after an error. */
async function runOnce(
  run: ProviderMethod,
  context: ProviderContext,
  parameters: MethodArguments,
  output: OutputInstances,
  call: MethodCall,
  write: (call: MethodCall, value: CimScalar) => Promise<void>,
): Promise<boolean> {
  const result = run(context, parameters, output);
  for (const warning of result.warnings ?? []) await call.operation.text('warning', warning);
  const [only] = result.errors;
  if (only !== undefined && result.output.length === 0 && isSingle(call)) throw only;
  for (const error of result.errors) if (!(await call.operation.error(error))) return false;
  for (const value of result.output) if (value !== null && !isArray(value)) await write(call, value);
  return true;
}

function replication(
  className: string,
  method: CimMethodDeclaration,
  options: DhcpMethodsOptions,
  write: (call: MethodCall, value: CimScalar) => Promise<void>,
): MethodImplementation {
  return async (call) => {
    const { operation } = call;
    const parameters = new MethodArguments(call.parameters);
    const context = contextOf(options, call, className, method, parameters);
    const prompt = promptOf(className, method.name, parameters, context);
    if (prompt !== undefined && !(await operation.confirm(prompt.text, prompt.promptType))) return {};
    const steps = replicationSteps(context, {
      computerName: parameters.text('ComputerName'),
      ...(method.name === 'InvokeByScopeId'
        ? { scopeId: parameters.texts('ScopeId') }
        : { name: parameters.texts('Name') }),
    });
    for (const step of steps) {
      operation.signal.throwIfAborted();
      if (step.kind === 'next') {
        await operation.progress({
          activity: 'Replicating failover scopes',
          currentOperation: step.scopeId,
          statusDescription: `${step.index} of ${step.total} scopes replicated`,
          percentComplete: Math.floor((step.index * 100) / step.total),
          secondsRemaining: Math.ceil(((step.total - step.index) * options.replicationMsPerScope) / 1000),
        });
        if (options.replicationMsPerScope > 0) await operation.delay(options.replicationMsPerScope);
      } else if (step.kind === 'replicated') {
        await operation.text('verbose', `The scope ${step.scopeId} was replicated to ${step.partner}.`);
        await write(call, step.scopeId);
      } else if (isSingle(call)) {
        throw step.error;
      } else if (!(await operation.error(step.error))) {
        break;
      }
    }
    return {};
  };
}

/** What fails is all that the call was for: then the operation itself fails. */
function isSingle({ parameters }: MethodCall): boolean {
  return Object.values(parameters).every((value) => !isArray(value) || value.length < 2);
}

/** The parameters of a call, once for each item; once when there are no items. */
function split(values: Readonly<Record<string, CimValue>>, itemsName: string | undefined): MethodArguments[] {
  const items = itemsName === undefined ? undefined : values[itemsName];
  if (itemsName === undefined || !isArray(items) || items.length < 2) return [new MethodArguments(values)];
  return items.map((item) => new MethodArguments({ ...values, [itemsName]: [item] }));
}

function isArray(value: CimValue | undefined): value is readonly (CimScalar | null)[] {
  return Array.isArray(value);
}
