import type { Deadline } from '../../base/deadline.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import type { ResourceTarget } from '../../wsman/wsman-client.js';
import type { XmlElement } from '../../xml/element.js';
import type { CimInput } from '../cim-input.js';
import type { CimInstance } from '../cim-instance.js';
import type { CimMethodFinalResult, CimMethodResult, CimMethodStreamedResult } from '../cim-method-result.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../class-declaration.js';
import { writeMethodInput } from '../codec/method-input.js';
import { inferMethod, withReturnType } from '../codec/method-on-wire.js';
import { readMethodOutput } from '../codec/method-output.js';
import type { ReadContext } from '../codec/read-context.js';
import { instanceTarget } from '../codec/reference.js';
import { readStreamedValue } from '../codec/streamed-value.js';
import { resourceTarget } from '../resource-uri.js';
import { type CimInteraction, converse, finalBody, interactiveOptions, isInteractive } from './interaction.js';
import { Patience } from './iteration.js';
import {
  checkClassName,
  checkNamespace,
  type OperationChannel,
  readContext,
  requestOptions,
  withResourceUri,
} from './operation-channel.js';
import type { CimRequestOptions } from './operation-options.js';

/** What every invocation has. */
export interface CimMethodInvocation extends CimRequestOptions, CimInteraction {
  /** Its declaration, or its name: then it is looked up in the class, which is fetched once a session. */
  readonly method: CimMethodDeclaration | string;
  /** By name, whatever its case. `undefined` is left out, null is sent as null. A Secret stands for its string. */
  readonly parameters?: Readonly<Record<string, CimInput | undefined>>;
  /** Declarations of the classes whose instances come back; others are read by what the server says of them. */
  readonly outputClasses?: readonly CimClassDeclaration[] | undefined;
  /** The server may run the method twice without harm, so it is sent again when the connection broke. Default false. */
  readonly repeatable?: boolean | undefined;
}

/** A static method of a class. */
export interface CimStaticInvocation extends CimMethodInvocation {
  readonly namespace: string;
  readonly className: string;
  readonly instance?: undefined;
}

/** A method of one instance, named by its keys. */
export interface CimInstanceInvocation extends CimMethodInvocation {
  readonly instance: CimInstance;
  /** Default: the instance's. */
  readonly namespace?: string | undefined;
  /** Default: the instance's. */
  readonly className?: string | undefined;
}

export type CimInvocation = CimStaticInvocation | CimInstanceInvocation;

export async function invokeMethod(
  channel: OperationChannel,
  invocation: CimInvocation,
  deadline: Deadline,
): Promise<CimMethodResult> {
  const call = await prepare(channel, invocation, deadline);
  const { client } = channel;
  if (!isInteractive(invocation)) {
    return call.readOutput(await client.invoke({ ...call.request, repeatable: invocation.repeatable ?? false }));
  }
  const repeatable = invocation.repeatable ?? false;
  const interactive = interactiveOptions(invocation);
  const events = client.invokeInteractive({ ...call.request, repeatable, interactive });
  return call.readOutput(await finalBody(converse(events, invocation, channel.origin)));
}

/** The values of streamed out parameters as they come, the result last. */
export async function* invokeMethodStreaming(
  channel: OperationChannel,
  invocation: CimInvocation,
  patienceMs: number,
): AsyncGenerator<CimMethodStreamedResult | CimMethodFinalResult, void, undefined> {
  using patience = new Patience(invocation, patienceMs);
  try {
    const { deadline } = patience;
    channel.checkOpen();
    deadline.throwIfDone();
    patience.wait();
    const call = await prepare(channel, invocation, deadline);
    const interactive = interactiveOptions(invocation, true);
    const repeatable = invocation.repeatable ?? false;
    const events = channel.client.invokeInteractive({ ...call.request, repeatable, interactive });
    for await (const outcome of converse(events, invocation, channel.origin)) {
      patience.rest();
      if (outcome.type === 'final') yield { type: 'final', ...call.readOutput(outcome.body) };
      else if (outcome.type === 'streamingOutput') {
        yield {
          type: 'item',
          parameterName: outcome.name,
          itemValue: readStreamedValue(outcome, call.method, call.context),
          itemType: outcome.cimType,
        };
      }
      patience.wait();
    }
  } catch (error) {
    throw channel.translate(error);
  }
}

interface PreparedCall {
  readonly method: CimMethodDeclaration;
  readonly context: ReadContext & { readonly className: string };
  readonly request: {
    readonly target: ResourceTarget;
    readonly method: string;
    readonly body: string;
    readonly options: ReturnType<typeof requestOptions>;
    readonly deadline: Deadline;
  };
  readonly readOutput: (output: XmlElement | undefined) => CimMethodResult;
}

async function prepare(
  channel: OperationChannel,
  invocation: CimInvocation,
  deadline: Deadline,
): Promise<PreparedCall> {
  const { instance, outputClasses, parameters = {} } = invocation;
  const namespace = checkNamespace(invocation.namespace ?? instance?.namespace);
  const className = checkClassName(invocation.className ?? instance?.cimClass.className);
  const { method, isDeclared } = await methodOf(channel, invocation, namespace, className, deadline);
  if (instance === undefined && !method.isStatic) {
    throw invalidArgument(`${className}.${method.name}`, 'class', 'This is a method of an instance: give instance.');
  }
  const { spelling } = channel;
  const target =
    method.isStatic || instance === undefined
      ? resourceTarget(namespace, className, { spelling })
      : instanceTarget(instance, { spelling, namespace, className });
  const addressed = withResourceUri(target, invocation);
  const context = { ...readContext(channel, namespace, { classes: outputClasses }), className };
  return {
    method,
    context,
    request: {
      target: addressed,
      method: method.name,
      body: writeMethodInput({ resourceUri: addressed.resourceUri, method, parameters }),
      options: requestOptions(invocation),
      deadline,
    },
    readOutput: (output) => {
      if (output === undefined) {
        throw new CimletError('ERR_PROTOCOL', `The response to ${className}.${method.name} has an empty body.`);
      }
      return readMethodOutput(output, isDeclared ? method : withReturnType(method, output), context);
    },
  };
}

/** The declaration: given, the instance's class's, or the fetched class's; without metadata made up from the values. */
async function methodOf(
  channel: OperationChannel,
  { method, instance, parameters = {} }: CimInvocation,
  namespace: string,
  className: string,
  deadline: Deadline,
): Promise<{ readonly method: CimMethodDeclaration; readonly isDeclared: boolean }> {
  if (typeof method !== 'string') return { method, isDeclared: true };
  const declared =
    findMethod(instance?.cimClass, method) ??
    findMethod(await channel.classes.find(namespace, className, deadline), method);
  if (declared !== undefined) return { method: declared, isDeclared: true };
  const known = channel.classes.lookup(namespace)(className);
  if (known !== undefined) {
    const names = known.methods.map(({ name }) => name);
    throw invalidArgument(
      `${className}.method`,
      method,
      names.length === 0 ? 'The class has no method.' : `The class has ${names.join(', ')}.`,
    );
  }
  if (!/^[A-Za-z_]\w*$/.test(method)) throw invalidArgument('method', method, 'Give the name of a method.');
  return { method: inferMethod(method, instance === undefined, parameters), isDeclared: false };
}

function findMethod(declaration: CimClassDeclaration | undefined, name: string): CimMethodDeclaration | undefined {
  const lower = name.toLowerCase();
  return declaration?.methods.find((method) => method.name.toLowerCase() === lower);
}
