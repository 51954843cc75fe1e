import type { CallParameters } from './bound-call.js';
import type { BoundCommonParameters } from './bound-common-parameters.js';
import { isMethodInvoker, type MethodInvoker } from './method-invoker.js';
import { isEngineOwned } from './session-pool.js';

/** One place where a call runs. */
export interface InvocationTarget {
  readonly computerName: string;
  /** The caller's session; absent: one is opened to `computerName` for the call. */
  readonly session?: MethodInvoker;
  /** Texts about it begin with the computer's name, as PowerShell's do for a CimSession. */
  readonly prefixed: boolean;
  /** The method parameter ComputerName is left out: the connection goes to that computer already, and needs no second hop. */
  readonly omitComputerName: boolean;
}

const COMPUTER_NAME = 'ComputerName';

/**
 * Where one bound call runs: on the given sessions; else on the computer named by the parameter ComputerName; else where the input
 * instance came from; else on localhost. PowerShell differs in ComputerName, which it always passes on to a provider that then makes
 * the second hop itself; here that happens only beside a CimSession.
 */
export function targetsOf(call: CallParameters, common: BoundCommonParameters): InvocationTarget[] {
  if (common.CimSession !== undefined) {
    return common.CimSession.map((session) =>
      typeof session === 'string'
        ? { computerName: session, prefixed: true, omitComputerName: false }
        : { computerName: session.computerName, session, prefixed: true, omitComputerName: false },
    );
  }
  const computerName = call.parameters.get(COMPUTER_NAME)?.value;
  if (typeof computerName === 'string') return [{ computerName, prefixed: false, omitComputerName: true }];
  return [originOf(call.source) ?? { computerName: 'localhost', prefixed: false, omitComputerName: true }];
}

/** True for the parameter that only says where to connect. */
export function isLeftOut(target: InvocationTarget, parameterName: string): boolean {
  return target.omitComputerName && parameterName === COMPUTER_NAME;
}

/** `COMPUTER: text` where the target was given as a session. */
export function prefixedText(target: InvocationTarget, text: string): string {
  return target.prefixed ? `${target.computerName}: ${text}` : text;
}

function originOf(source: object | undefined): InvocationTarget | undefined {
  if (source === undefined || !('cimInstanceProperties' in source)) return undefined;
  const { cimSession, PSComputerName } = source as { readonly cimSession?: unknown; readonly PSComputerName?: unknown };
  if (isMethodInvoker(cimSession) && !isEngineOwned(cimSession)) {
    return { computerName: cimSession.computerName, session: cimSession, prefixed: true, omitComputerName: true };
  }
  return typeof PSComputerName === 'string'
    ? { computerName: PSComputerName, prefixed: true, omitComputerName: true }
    : undefined;
}
