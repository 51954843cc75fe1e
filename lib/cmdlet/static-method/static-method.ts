import type { CimClassDeclaration, CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import type { CmdletDefinition, CmdletMethod } from '../../schema/definition/cmdlet-definition.js';
import { targetText } from '../confirm/should-process.js';
import type { CallParameters } from '../contract/bound-call.js';
import type { CmdletSession, MethodInvocation } from '../contract/cmdlet-session.js';
import type { CmdletOperation, OperationContext, ShouldProcessText } from '../contract/operation.js';
import { ReturnCodeError } from '../contract/return-code-error.js';
import { methodOutput, returnedErrorCode, streamedOutput } from './method-output.js';
import { methodParameters } from './method-parameters.js';

/** The operation of a CDXML cmdlet: a static method of its class. */
export class StaticMethod implements CmdletOperation {
  readonly description: string;
  readonly errorTarget: CmdletOperation['errorTarget'];
  readonly #definition: CmdletDefinition;
  readonly #method: CmdletMethod;
  readonly #call: CallParameters;

  constructor(definition: CmdletDefinition, method: CmdletMethod, call: CallParameters) {
    const { namespace, className } = definition;
    this.description = `method ${namespace}/${className}.${method.methodName}`;
    this.errorTarget = { name: className, type: 'String', sourceType: `${namespace}/${className}` };
    this.#definition = definition;
    this.#method = method;
    this.#call = call;
  }

  /** Only WhatIf, Confirm and Verbose want it. */
  get shouldProcess(): ShouldProcessText {
    return { target: targetText(this.#call) ?? this.#definition.className };
  }

  async run(session: CmdletSession | undefined, context: OperationContext): Promise<void> {
    const method = this.#method;
    const { name, className } = this.#definition;
    if (session === undefined) throw new TypeError(`${name} needs a session.`);
    const request = new StaticMethodRequest(this.#definition, method, methodParameters(method, this.#call, context));
    let streamed: Set<string> | undefined;
    if (context.isEnhanced) {
      request.customOptions = operationOptionsOf(this.#definition, context);
      request.onOutput = ({ parameterName, itemValue }) => {
        streamed ??= new Set();
        streamed.add(parameterName.toLowerCase());
        return context.emit(streamedOutput(itemValue));
      };
    }
    context.complete(request);
    const result = await context.once(() => session.invokeMethod(request));
    const code = returnedErrorCode(method, result);
    if (code !== undefined) throw new ReturnCodeError(className, method.methodName, code);
    const emitted = context.emit(methodOutput(method, result, context.target.computerName, streamed));
    if (emitted !== undefined) await emitted;
  }
}

/**
 * No literal: V8 takes one that lives as long as a call for one that will live long, and then keeps every call, with its output, until
 * its next full collection.
 */
class StaticMethodRequest implements MethodInvocation {
  readonly namespace: string;
  readonly className: string;
  readonly method: CimMethodDeclaration;
  readonly parameters: MethodInvocation['parameters'];
  readonly outputClasses: readonly CimClassDeclaration[];
  readonly repeatable: boolean;
  customOptions: MethodInvocation['customOptions'];
  onOutput: MethodInvocation['onOutput'];

  constructor(definition: CmdletDefinition, method: CmdletMethod, parameters: MethodInvocation['parameters']) {
    this.namespace = definition.namespace;
    this.className = definition.className;
    this.method = method.declaration;
    this.parameters = parameters;
    this.outputClasses = definition.outputClasses;
    this.repeatable = definition.verb === 'Get';
  }
}

let latest:
  | { definition: CmdletDefinition; computerName: string; options: Readonly<Record<string, string>> }
  | undefined;

/** What PowerShell tells a provider of the cmdlet that calls it; the same object while one cmdlet calls one computer. */
function operationOptionsOf(
  definition: CmdletDefinition,
  { target: { computerName } }: OperationContext,
): Readonly<Record<string, string>> {
  if (latest?.definition !== definition || latest.computerName !== computerName) {
    latest = { definition, computerName, options: Object.freeze(operationOptions(definition, computerName)) };
  }
  return latest.options;
}

function operationOptions(definition: CmdletDefinition, computerName: string): Record<string, string> {
  const { name, classVersion, moduleVersion } = definition;
  const options: Record<string, string> = {};
  if (classVersion !== '') options['MI_OPERATIONOPTIONS_PROVIDERVERSION'] = classVersion;
  if (moduleVersion !== '') options['MI_OPERATIONOPTIONS_POWERSHELL_MODULEVERSION'] = moduleVersion;
  options['MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME'] = name;
  options['MI_OPERATIONOPTIONS_POWERSHELL_COMPUTERNAME'] = computerName;
  return options;
}
