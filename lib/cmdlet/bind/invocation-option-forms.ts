import { CimletError } from '../../base/errors.js';
import {
  ANYTHING,
  BOOLEAN,
  checkOptionForms,
  FUNCTION,
  NUMBER,
  OBJECT,
  type OptionForm,
  SIGNAL,
} from '../../base/option-forms.js';
import type { InvocationOptions } from '../contract/invocation-options.js';

export const INVOCATION_OPTION_FORMS: Readonly<Record<keyof InvocationOptions<object>, OptionForm>> = {
  timeoutMs: NUMBER,
  signal: SIGNAL,
  onError: FUNCTION,
  onWarning: FUNCTION,
  onVerbose: FUNCTION,
  onDebug: FUNCTION,
  onProgress: FUNCTION,
  onWhatIf: FUNCTION,
  host: OBJECT,
  confirmPreference: ANYTHING,
  input: ANYTHING,
  sessionOptions: OBJECT,
  sessionFactory: FUNCTION,
  keepSessions: BOOLEAN,
  enhanced: BOOLEAN,
  sessions: OBJECT,
  attempts: NUMBER,
  attemptDelayMs: NUMBER,
  clock: OBJECT,
  random: FUNCTION,
};

/** Refuses call options of an unknown name (`timeoutMS`) or a wrong type. @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function checkInvocationOptions(options: InvocationOptions<object>): void {
  checkOptionForms(options, INVOCATION_OPTION_FORMS, 'option of a call');
  if (options.keepSessions === true && options.sessionFactory === undefined) {
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      'keepSessions is for the sessions of a sessionFactory, and there is none.',
      {
        hint: 'Sessions that the call opens by itself are closed by it. Open them with newCimSession and give them as CimSession to keep them.',
      },
    );
  }
}
