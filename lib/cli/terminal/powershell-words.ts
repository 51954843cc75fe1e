import type { BindingErrorId, ParameterBindingError } from '../../cmdlet/contract/binding-error.js';

type Sentence = (error: ParameterBindingError) => string;

const first = ({ parameterNames }: ParameterBindingError): string => parameterNames[0] ?? '';

/** Sentences that say all there is; our own message would say it again. */
const WHOLE: Readonly<Partial<Record<BindingErrorId, Sentence>>> = {
  NamedParameterNotFound: ({ given, message }) =>
    given === undefined ? message : `A parameter cannot be found that matches parameter name '${given}'.`,
  AmbiguousParameter: ({ given, parameterNames }) =>
    `Parameter cannot be processed because the parameter name '${given ?? ''}' is ambiguous. Possible matches include: ${parameterNames.map((name) => `-${name}`).join(' ')}.`,
  PositionalParameterNotFound: ({ given }) =>
    `A positional parameter cannot be found that accepts ${given === undefined ? 'one of the arguments' : `argument '${given}'`}.`,
  ParameterAlreadyBound: (error) =>
    `Cannot bind parameter because parameter '${first(error)}' is specified more than once.`,
  MissingArgument: (error) =>
    `Missing an argument for parameter '${first(error)}'. Specify a parameter of type '${error.given ?? 'System.Object'}' and try again.`,
  MissingMandatoryParameter: ({ parameterNames }) =>
    `Cannot process command because of one or more missing mandatory parameters: ${parameterNames.join(' ')}.`,
  AmbiguousParameterSet: () => 'Parameter set cannot be resolved using the specified named parameters.',
  ParameterArgumentValidationErrorNullNotAllowed: (error) =>
    `Cannot bind argument to parameter '${first(error)}' because it is null.`,
  ParameterArgumentValidationErrorEmptyStringNotAllowed: (error) =>
    `Cannot bind argument to parameter '${first(error)}' because it is an empty string.`,
  ParameterArgumentValidationErrorEmptyArrayNotAllowed: (error) =>
    `Cannot bind argument to parameter '${first(error)}' because it is an empty array.`,
};

/** How the sentences begin that our own message ends. */
const BEGINNINGS: Readonly<Partial<Record<BindingErrorId, Sentence>>> = {
  ParameterArgumentTransformationError: (error) =>
    `Cannot process argument transformation on parameter '${first(error)}'.`,
  ParameterArgumentValidationError: (error) => `Cannot validate argument on parameter '${first(error)}'.`,
  CannotConvertArgumentNoMessage: (error) => `Cannot bind parameter '${first(error)}'.`,
  InputObjectNotBound: () =>
    'The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.',
  InputObjectMissingMandatory: ({ parameterNames }) =>
    `The input object cannot be bound because it did not contain the information required to bind all mandatory parameters: ${parameterNames.join(' ')}.`,
};

/**
 * What PowerShell says of an error of its parameter binder (ParameterBinderStrings.resx), word by word, since that is what people search for; the hint, which
 * is ours, follows it. `message`: our own.
 */
export function inPowerShellsWords(error: ParameterBindingError, message: string): string {
  const whole = WHOLE[error.errorId];
  if (whole !== undefined) return whole(error);
  const beginning = BEGINNINGS[error.errorId];
  const isAboutSeveral = error.parameterNames.length !== 1 && !error.errorId.startsWith('InputObject');
  if (beginning === undefined || isAboutSeveral) return message;
  const own = message.startsWith(`${first(error)}: `) ? message.slice(first(error).length + 2) : message;
  // What begins with a value in quotation marks stays as it is.
  return `${beginning(error)} ${own.charAt(0).toUpperCase()}${own.slice(1)}`;
}
