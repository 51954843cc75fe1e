import type { CimMethodStreamedResult } from '../cim/cim-method-result.js';
import type { CmdletDefinition, CmdletMethod } from '../schema/cmdlet-definition.js';
import type { CallParameters } from './bound-call.js';
import type { MethodInvocation } from './method-invoker.js';
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
    async run(session, context) {
      if (session === undefined) throw new TypeError(`${definition.name} needs a session.`);
      const { computerName } = context.target;
      const streamed = new Set<string>();
      const takeOutput = ({ parameterName, itemValue }: CimMethodStreamedResult) => {
        streamed.add(parameterName.toLowerCase());
        return context.emit(streamedOutput(itemValue));
      };
      const invocation: MethodInvocation = context.complete({
        namespace,
        className,
        method: method.declaration,
        parameters: methodParameters(method, call, context.target),
        outputClasses: definition.outputClasses,
        repeatable: definition.verb === 'Get',
        customOptions: context.isInteractive ? operationOptionsOf(definition, context) : undefined,
        onOutput: context.isInteractive ? takeOutput : undefined,
      });
      const result = await context.once(() => session.invokeMethod(invocation));
      const code = returnedErrorCode(method, result);
      if (code !== undefined) throw new ReturnCodeError(className, method.methodName, code);
      await context.emit(methodOutput(method, result, computerName, streamed));
    },
  };
}

/** What PowerShell tells a provider of the cmdlet that calls it. */
function operationOptionsOf(definition: CmdletDefinition, { target }: OperationContext): Record<string, string> {
  const { name, classVersion, moduleVersion } = definition;
  const options: Record<string, string> = {};
  if (classVersion !== '') options['MI_OPERATIONOPTIONS_PROVIDERVERSION'] = classVersion;
  if (moduleVersion !== '') options['MI_OPERATIONOPTIONS_POWERSHELL_MODULEVERSION'] = moduleVersion;
  options['MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME'] = name;
  options['MI_OPERATIONOPTIONS_POWERSHELL_COMPUTERNAME'] = target.computerName;
  return options;
}
