import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletOperation, ShouldProcessText } from '../../cmdlet/contract/operation.js';
import { dialectOf, instanceOf, namespaceOf, textOf } from './call-values.js';
import { type OperationTools, sessionOperation, type ToldOperation } from './session-operation.js';

/** What a cmdlet does with one instance. `instance` is on the session's server, or was made here. */
export interface InstanceWork {
  /** What it is called in the debug stream: `change`. */
  readonly verb: string;
  /** What PowerShell calls the operation, for -Verbose. */
  readonly operation: string;
  /** What it names besides the instance. */
  readonly told?: Readonly<Record<string, string>>;
  /** For ShouldProcess. Default: the cmdlet's name. */
  readonly action?: string;
  readonly run: (instance: CimInstance, tools: OperationTools) => Promise<void>;
}

/** The operation on the parameter InputObject. */
export function onInputObject(call: CallParameters, work: InstanceWork): CmdletOperation {
  const instance = instanceOf(call);
  return sessionOperation(call, {
    description: `${work.verb} ${instance}`,
    told: {
      name: work.operation,
      parameters: { namespaceName: instance.cimSystemProperties.namespace, instance: String(instance), ...work.told },
    },
    shouldProcess: textFor(instance, work),
    errorTarget: { name: String(instance), type: 'CimInstance' },
    run: (tools) => work.run(instance, tools),
  });
}

/** The operation on each instance that a query finds. Each is asked for; one that fails does not keep the others from their turn. */
export function onQueried(call: CallParameters, work: InstanceWork): CmdletOperation {
  const namespace = namespaceOf(call);
  const query = textOf(call, 'Query') ?? '';
  return sessionOperation(call, {
    description: `${work.verb} what is found by query ${namespace}: ${query}`,
    told: queryTold(namespace, query),
    shouldProcess: 'each',
    errorTarget: { name: `${namespace}:${query}`, type: 'String' },
    run(tools) {
      const { session, request, context } = tools;
      const find = () => session.queryInstances({ ...request, ...dialectOf(call), namespace, query });
      return context.each(find, async (instance) => {
        if (!(await context.shouldProcess(textFor(instance, work)))) return;
        try {
          await work.run(instance, tools);
        } catch (error) {
          context.deadline.throwIfDone();
          await context.report(error);
        }
      });
    },
  });
}

/** A query for -Verbose. */
export function queryTold(namespaceName: string, queryExpression: string, queryDialect = 'WQL'): ToldOperation {
  return { name: 'Query CimInstances', parameters: { namespaceName, queryDialect, queryExpression } };
}

function textFor(instance: CimInstance, { action }: InstanceWork): ShouldProcessText {
  return { target: String(instance), ...(action === undefined ? {} : { action }) };
}
