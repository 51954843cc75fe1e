import { baseJson, CimletError, type CimletErrorJson, optionsOf } from '../../base/errors.js';
import { causeJson, registerErrorClass } from '../../base/text/error-json.js';
import type { Text } from '../../base/wording.js';

/** PowerShell's error ids of the parameter binder, as far as a cmdlet over CIM can raise them. */
export type BindingErrorId =
  | 'NamedParameterNotFound'
  | 'AmbiguousParameter'
  | 'PositionalParameterNotFound'
  | 'ParameterAlreadyBound'
  | 'MissingArgument'
  | 'MissingMandatoryParameter'
  | 'AmbiguousParameterSet'
  | 'ParameterArgumentTransformationError'
  | 'CannotConvertArgumentNoMessage'
  | 'ParameterArgumentValidationError'
  | 'ParameterArgumentValidationErrorNullNotAllowed'
  | 'ParameterArgumentValidationErrorEmptyStringNotAllowed'
  | 'ParameterArgumentValidationErrorEmptyArrayNotAllowed'
  | 'ActionPreferenceNotSupportedByCimCmdletAdapter'
  | 'InputObjectNotBound'
  | 'InputObjectMissingMandatory';

/** What an error says of its command: the name, and of a compiled cmdlet the type, by which PowerShell's error ids call it. */
export interface CommandName {
  readonly name: string;
  readonly commandType?: string | undefined;
}

export interface BindingErrorDetails {
  readonly cmdlet: CommandName;
  readonly errorId: BindingErrorId;
  readonly message: Text;
  /** What the caller wrote, where PowerShell's own sentence names it: a name, a value by position, a missing value's type. Never a secret. */
  readonly given?: string | undefined;
  readonly hint?: Text | undefined;
  /** The parameters that it is about, in their declared spelling where they are known. */
  readonly parameters?: readonly string[];
  readonly cause?: unknown;
}

/** A ParameterBindingError as JSON has it. */
export interface ParameterBindingErrorJson extends CimletErrorJson {
  readonly fullyQualifiedErrorId: string;
  readonly errorId: BindingErrorId;
  readonly cmdlet: string;
  readonly parameterNames: readonly string[];
}

/**
 * The parameters of a cmdlet do not fit (PowerShell's ParameterBindingException). Nothing was sent.
 * The value of a secret parameter is never part of it.
 */
export class ParameterBindingError extends CimletError {
  declare readonly code: 'ERR_PARAMETER_BINDING';
  /** As PowerShell prints it: `AmbiguousParameterSet,Add-DhcpServerv4Failover`. */
  readonly fullyQualifiedErrorId: string;
  readonly errorId: BindingErrorId;
  readonly cmdlet: string;
  readonly parameterNames: readonly string[];
  readonly given: string | undefined;

  constructor(details: BindingErrorDetails) {
    super('ERR_PARAMETER_BINDING', details.message, { hint: details.hint, cause: details.cause });
    this.errorId = details.errorId;
    this.cmdlet = details.cmdlet.name;
    this.fullyQualifiedErrorId = `${details.errorId},${details.cmdlet.commandType ?? details.cmdlet.name}`;
    this.parameterNames = details.parameters ?? [];
    this.given = details.given;
  }

  override toJSON(): ParameterBindingErrorJson {
    const { fullyQualifiedErrorId, errorId, cmdlet, parameterNames } = this;
    return { ...baseJson(this), fullyQualifiedErrorId, errorId, cmdlet, parameterNames, ...causeJson(this.cause) };
  }
}

registerErrorClass('ParameterBindingError', (fields) => {
  const { hint, cause } = optionsOf(fields);
  return new ParameterBindingError({
    cmdlet: { name: fields.text('cmdlet') ?? '', commandType: fields.text('fullyQualifiedErrorId')?.split(',')[1] },
    // A newer version may have one that this one does not know.
    errorId: (fields.text('errorId') ?? '') as BindingErrorId,
    message: fields.text('message') ?? '',
    hint,
    parameters: fields.texts('parameterNames'),
    cause,
  });
});
