import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { BoundEngineParameters } from '../bind/bound-engine-parameters.js';
import type { BoundCall } from '../contract/bound-call.js';
import { BoundObject } from '../contract/bound-value.js';
import { type CmdletSession, isCmdletSession } from '../contract/cmdlet-session.js';
import { COMPUTER_NAME, type InvocationTarget } from '../contract/invocation-target.js';
import { isEngineOwned } from './session-pool.js';

/**
 * Where one bound call runs: on the given sessions; else on the computer named by the parameter ComputerName; else where the input
 * instance came from; else on localhost. PowerShell differs in ComputerName, which it always passes on to a provider that then makes
 * the second hop itself; here that happens only beside a CimSession.
 */
export function targetsOf(call: BoundCall, engineParameters: BoundEngineParameters): InvocationTarget[] {
  const targets = allTargets(call, engineParameters);
  const [only, ...more] = targets;
  // The CIM cmdlets put no computer before what they say (CimCommandBase.cs); here they do where there are several.
  return 'operations' in call.definition && only !== undefined && more.length === 0
    ? [{ ...only, prefixed: false }]
    : targets;
}

function allTargets(call: BoundCall, engineParameters: BoundEngineParameters): InvocationTarget[] {
  const { withoutSession } = call.operation;
  if (withoutSession !== undefined) {
    return withoutSession.map((computerName) => ({ computerName, prefixed: false, omitComputerName: true }));
  }
  const sessions = engineParameters.CimSession ?? ownSessions(call);
  if (sessions !== undefined) {
    return sessions.map((session) =>
      typeof session === 'string'
        ? { computerName: session, prefixed: true, omitComputerName: false }
        : { computerName: session.computerName, session, prefixed: true, omitComputerName: false },
    );
  }
  const named = call.parameters.get(COMPUTER_NAME)?.value;
  const computerNames = Array.isArray(named) ? named : [named];
  const targets = computerNames.filter((name) => typeof name === 'string');
  if (targets.length > 0) {
    return targets.map((computerName) => ({ computerName, prefixed: targets.length > 1, omitComputerName: true }));
  }
  return [
    originOf(inputObject(call) ?? call.source) ?? {
      computerName: 'localhost',
      prefixed: false,
      omitComputerName: true,
    },
  ];
}

/** A cmdlet may have a parameter CimSession of its own, with sets that want it. */
function ownSessions(call: BoundCall): readonly (CmdletSession | string)[] | undefined {
  const value = call.parameters.get('CimSession')?.value;
  if (value === undefined || value === null) return undefined;
  return (Array.isArray(value) ? value : [value]).map((item) =>
    item instanceof BoundObject ? (item.value as CmdletSession | string) : String(item),
  );
}

/** The instance that the call is about, given by name or piped. */
function inputObject(call: BoundCall): object | undefined {
  for (const { parameter, value } of call.parameters.values()) {
    if (parameter.valueFromPipeline === true && parameter.type === 'CimInstance' && typeof value === 'object') {
      return value ?? undefined;
    }
  }
  return undefined;
}

/** Of an instance what its session was told, whatever was written onto it since; of a copy (a spread, a clone, JSON) its data. */
function computerOf(source: object): string | undefined {
  const { PSComputerName } = source as { readonly PSComputerName?: unknown };
  const computer = source instanceof CimInstance ? source.cimSystemProperties.serverName : PSComputerName;
  return typeof computer === 'string' && computer !== '' ? computer : undefined;
}

function originOf(source: object | undefined): InvocationTarget | undefined {
  if (source === undefined) return undefined;
  const { cimSession } = source as { readonly cimSession?: unknown };
  if (source instanceof CimInstance && isCmdletSession(cimSession) && !isEngineOwned(cimSession)) {
    return { computerName: cimSession.computerName, session: cimSession, prefixed: true, omitComputerName: true };
  }
  const computerName = computerOf(source);
  return computerName === undefined ? undefined : { computerName, prefixed: true, omitComputerName: true };
}
