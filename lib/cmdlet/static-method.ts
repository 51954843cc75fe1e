import type { CimMethodFinalResult, CimMethodResult, CimMethodStreamedResult } from '../cim/cim-method-result.js';
import type { CmdletDefinition, CmdletMethod } from '../schema/cmdlet-definition.js';
import type { CallParameters } from './bound-call.js';
import type { MethodInvocation, MethodInvoker } from './method-invoker.js';
import { methodOutput, returnedErrorCode, streamedOutput } from './method-output.js';
import { methodParameters } from './method-parameters.js';
import type { CmdletOperation, OperationContext } from './operation.js';
import { ReturnCodeError } from './return-code-error.js';
import { targetText } from './should-process.js';

/** The operation of a CDXML cmdlet: a static method of its class. */
export function staticMethod(
  definition: CmdletDefinition,
  method: CmdletMethod,
  call: CallParameters,
): CmdletOperation {
  const { namespace, className } = definition;
  return {
    description: `method ${namespace}/${className}.${method.methodName}`,
    shouldProcess: { target: targetText(call) ?? className },
    errorTarget: { name: className, type: 'String', sourceType: `${namespace}/${className}` },
    async *run(session, context) {
      if (session === undefined) throw new TypeError(`${definition.name} needs a session.`);
      const { computerName } = context.target;
      const invocation: MethodInvocation = {
        namespace,
        className,
        method: method.declaration,
        parameters: methodParameters(method, call, context.target),
        outputClasses: definition.outputClasses,
        repeatable: definition.verb === 'Get',
      };
      let result: CimMethodResult | undefined;
      const streamed = new Set<string>();
      for await (const part of invoke(session, invocation, definition, context)) {
        if (part.type === 'final') result = part;
        else {
          streamed.add(part.parameterName.toLowerCase());
          yield streamedOutput(part.itemValue);
        }
      }
      if (result === undefined) throw new TypeError(`${method.methodName} ended without a result.`);
      const code = returnedErrorCode(method, result);
      if (code !== undefined) throw new ReturnCodeError(className, method.methodName, code);
      yield methodOutput(method, result, computerName, streamed);
    },
  };
}

type Part = CimMethodStreamedResult | CimMethodFinalResult;

async function* invoke(
  session: MethodInvoker,
  invocation: MethodInvocation,
  definition: CmdletDefinition,
  context: OperationContext,
): AsyncIterable<Part> {
  const { invokeMethodStreaming } = session;
  if (invokeMethodStreaming === undefined || !context.isInteractive) {
    const result = await context.once(() => session.invokeMethod({ ...invocation, ...context.limit }));
    yield { type: 'final', ...result };
    return;
  }
  const customOptions = operationOptionsOf(definition, context);
  yield* context.each(() =>
    invokeMethodStreaming.call(session, { ...invocation, ...context.requestOptions, customOptions }),
  );
}

/** What PowerShell tells a provider of the cmdlet that calls it. */
function operationOptionsOf(definition: CmdletDefinition, { target }: OperationContext): Record<string, string> {
  const { name, classVersion, moduleVersion } = definition;
  return {
    ...(classVersion === '' ? {} : { MI_OPERATIONOPTIONS_PROVIDERVERSION: classVersion }),
    ...(moduleVersion === '' ? {} : { MI_OPERATIONOPTIONS_POWERSHELL_MODULEVERSION: moduleVersion }),
    MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME: name,
    MI_OPERATIONOPTIONS_POWERSHELL_COMPUTERNAME: target.computerName,
  };
}
