import { CREDENTIAL, type OptionPart, type Wording, wording } from '../../base/wording.js';
import { SESSION_OPTION_FORMS } from '../../cim/session/session-option-forms.js';
import { functionNameOf } from '../contract/function-name.js';
import { INVOCATION_OPTION_FORMS } from './invocation-option-forms.js';

/** Of the session's options, those that are asked for among the parameters and have a name on a command line, too. */
const NAMED: Readonly<Partial<Record<keyof typeof SESSION_OPTION_FORMS, OptionPart>>> = {
  allowNtlm: { option: 'allowNtlm' },
  authentication: { option: 'authentication' },
  connectTo: { option: 'connectTo' },
  credential: CREDENTIAL,
  proxy: { option: 'proxy' },
  skipCACheck: { option: 'skipCACheck' },
  skipCNCheck: { option: 'skipCNCheck' },
  useSsl: { option: 'useSsl', value: true },
};

/** Where an option of the call, or of its session, belongs that was given among the parameters; undefined for other names. */
export function misplacedOption(cmdlet: string, name: string): Wording | undefined {
  const call = named(INVOCATION_OPTION_FORMS, name);
  const called = functionNameOf(cmdlet);
  if (call !== undefined) {
    const code = `${call} is an option of the call, beside the parameters: ${called}({ … }, { ${call} }). `;
    return wording`${{ clause: wording`${{ code }}` }}`;
  }
  const session = named(SESSION_OPTION_FORMS, name);
  if (session === undefined) return undefined;
  const code = `in newCimSession('…', { ${session} }), or ${called}({ … }, { sessionOptions: { ${session} } })`;
  const part = NAMED[session];
  if (part === undefined) return wording`${{ clause: wording`The session has it: ${{ code }}. ` }}`;
  return wording`The session has it: ${part}${{ clause: wording`, ${{ code }}` }}. `;
}

/** Who comes from PowerShell writes `Credential`. */
function named<Name extends string>(forms: Readonly<Record<Name, unknown>>, name: string): Name | undefined {
  return (Object.keys(forms) as Name[]).find((option) => option.toLowerCase() === name.toLowerCase());
}
