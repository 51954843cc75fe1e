import { describe, expect, it } from '@jest/globals';
import { inPowerShellsWords } from '../../../lib/cli/terminal/powershell-words.js';
import { type BindingErrorId, ParameterBindingError } from '../../../lib/cmdlet/contract/binding-error.js';

const words = (errorId: BindingErrorId, message: string, parameters: readonly string[] = ['Name'], given?: string) =>
  inPowerShellsWords(
    new ParameterBindingError({ cmdlet: { name: 'Get-X' }, errorId, message, parameters, given }),
    message,
  );

// ParameterBinderStrings.resx and Metadata.resx.
describe('the words of PowerShell’s binder', () => {
  it.each<[BindingErrorId, string | undefined, string]>([
    ['NamedParameterNotFound', 'Mode', "A parameter cannot be found that matches parameter name 'Mode'."],
    ['PositionalParameterNotFound', 'b', "A positional parameter cannot be found that accepts argument 'b'."],
    [
      'MissingArgument',
      'System.String[]',
      "Missing an argument for parameter 'Name'. Specify a parameter of type 'System.String[]' and try again.",
    ],
    ['ParameterAlreadyBound', undefined, "Cannot bind parameter because parameter 'Name' is specified more than once."],
    [
      'ParameterArgumentValidationErrorNullNotAllowed',
      undefined,
      "Cannot bind argument to parameter 'Name' because it is null.",
    ],
  ])('%s stands for our own', (errorId, given, sentence) => {
    expect(words(errorId, 'ours', ['Name'], given)).toBe(sentence);
  });

  it('name all that is meant', () => {
    expect(words('AmbiguousParameter', 'ours', ['ComputerName', 'CimSession'], 'C')).toBe(
      "Parameter cannot be processed because the parameter name 'C' is ambiguous. Possible matches include: -ComputerName -CimSession.",
    );
    expect(words('MissingMandatoryParameter', 'ours', ['Name', 'ScopeId'])).toBe(
      'Cannot process command because of one or more missing mandatory parameters: Name ScopeId.',
    );
  });

  it('begin what our own message ends', () => {
    expect(words('ParameterArgumentTransformationError', 'Name: "x" is not a number.')).toBe(
      'Cannot process argument transformation on parameter \'Name\'. "x" is not a number.',
    );
    expect(words('ParameterArgumentTransformationError', 'Name: an array of 2 is not a single value.')).toBe(
      "Cannot process argument transformation on parameter 'Name'. An array of 2 is not a single value.",
    );
    expect(words('ParameterArgumentValidationError', 'a rule about two', ['Name', 'ScopeId'])).toBe('a rule about two');
  });

  it('leave a value that may be secret out', () => {
    expect(words('PositionalParameterNotFound', 'ours')).toBe(
      'A positional parameter cannot be found that accepts one of the arguments.',
    );
  });
});
