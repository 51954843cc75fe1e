import { PLAIN_PARAMETER } from '../../schema/definition/complete-definition.js';
import { type CommandName, ParameterBindingError } from '../contract/binding-error.js';
import { type CmdletSession, isCmdletSession } from '../contract/cmdlet-session.js';
import type { ActionPreference } from '../contract/engine-parameters.js';
import { ConversionFailure, refusalOf } from '../convert/conversion-error.js';
import { CONVERTERS } from '../convert/convert-scalar.js';
import type { EngineParameter } from './engine-parameter-definitions.js';

/** The engine's own parameters of one call, converted. Absent: not given. */
export interface BoundEngineParameters {
  readonly CimSession?: readonly (CmdletSession | string)[];
  readonly ThrottleLimit?: number;
  readonly AsJob?: boolean;
  readonly ErrorAction?: ActionPreference;
  readonly WarningAction?: ActionPreference;
  readonly Verbose?: boolean;
  readonly Debug?: boolean;
  readonly WhatIf?: boolean;
  readonly Confirm?: boolean;
}

/** By the number that stands for each in PowerShell's enumeration. */
const PREFERENCES: readonly ActionPreference[] = ['SilentlyContinue', 'Stop', 'Continue', 'Inquire', 'Ignore'];

/** None of the engine's parameters holds a secret. */
const own = (name: string) => ({ name, secret: false });

/** Converts the value of an engine parameter. @throws ParameterBindingError. */
export function convertEngineValue(cmdlet: CommandName, parameter: EngineParameter, value: unknown): unknown {
  if (parameter.name === 'CimSession') return convertSessions(cmdlet, value);
  if (parameter.name === 'ErrorAction' || parameter.name === 'WarningAction')
    return convertPreference(cmdlet, parameter.name, value);
  const type = parameter.isSwitch ? 'SwitchParameter' : 'Int32';
  try {
    return CONVERTERS[type](value, { ...PLAIN_PARAMETER, name: parameter.name, type });
  } catch (error) {
    if (!(error instanceof ConversionFailure)) throw error;
    const errorId = parameter.isCommon ? 'CannotConvertArgumentNoMessage' : 'ParameterArgumentTransformationError';
    throw refusalOf(cmdlet, own(parameter.name), value)(errorId, error.message, error.remedy);
  }
}

function convertSessions(cmdlet: CommandName, value: unknown): readonly (CmdletSession | string)[] {
  const parameter = own('CimSession');
  const sessions: readonly unknown[] = Array.isArray(value) ? value : [value];
  const remedy = 'Give a CimSession, the name of a computer, or an array of these.';
  if (
    sessions.length === 0 ||
    sessions.some((session) => session === null || session === undefined || session === '')
  ) {
    const refuse = refusalOf(cmdlet, parameter, value);
    throw refuse('ParameterArgumentValidationError', 'is empty or holds nothing.', remedy);
  }
  return sessions.map((session) => {
    if (isCmdletSession(session)) return session;
    if (typeof session === 'string' && session.trim() !== '') return session.trim();
    const refuse = refusalOf(cmdlet, parameter, session);
    throw refuse('ParameterArgumentTransformationError', 'is not a valid session.', remedy);
  });
}

/** The preference that a name, in any case, its beginning where no other begins so, or a number (`-ErrorAction 0`) stands for; undefined for none. */
export function actionPreference(value: unknown): ActionPreference | undefined {
  const wanted = String(value).trim().toLowerCase();
  const exact = PREFERENCES.find(
    (candidate, number) => candidate.toLowerCase() === wanted || String(number) === wanted,
  );
  if (exact !== undefined || wanted === '') return exact;
  // Suspend is one of PowerShell's, which cmdlets do not take.
  const [only, ...more] = [...PREFERENCES, 'Suspend'].filter((candidate) => candidate.toLowerCase().startsWith(wanted));
  return more.length === 0 ? PREFERENCES.find((candidate) => candidate === only) : undefined;
}

function convertPreference(
  cmdlet: CommandName,
  name: 'ErrorAction' | 'WarningAction',
  value: unknown,
): ActionPreference {
  const preference = actionPreference(value);
  if (preference === undefined) {
    const remedy = `Give one of ${PREFERENCES.join(', ')}.`;
    const refuse = refusalOf(cmdlet, own(name), value);
    throw refuse('CannotConvertArgumentNoMessage', 'is not a valid action preference.', remedy);
  }
  // cimCmdletInvocationContext.cs: a CIM cmdlet cannot stop or ask on the warning of a server that goes on meanwhile.
  if (name === 'WarningAction' && (preference === 'Stop' || preference === 'Inquire')) {
    throw new ParameterBindingError({
      cmdlet,
      errorId: 'ActionPreferenceNotSupportedByCimCmdletAdapter',
      message: `WarningAction: ${preference} is not supported by cmdlets over CIM.`,
      hint: 'Use Continue, SilentlyContinue or Ignore.',
      parameters: [name],
    });
  }
  return preference;
}
