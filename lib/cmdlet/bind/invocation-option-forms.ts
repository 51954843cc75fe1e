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

const FORMS: Readonly<Record<keyof InvocationOptions, OptionForm>> = {
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
  enhanced: BOOLEAN,
  sessions: OBJECT,
  clock: OBJECT,
  random: FUNCTION,
};

/** Refuses call options of an unknown name (`timeoutMS`) or a wrong type. @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function checkInvocationOptions(options: InvocationOptions): void {
  checkOptionForms(options, FORMS, 'option of a call');
}
