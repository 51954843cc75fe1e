import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { isNumberType } from '../../schema/definition/takes-null.js';
import type { BindingErrorId } from '../contract/binding-error.js';

/** Types that have no null in .NET, and that PowerShell makes no value of it for. */
const WITHOUT_NULL: ReadonlySet<string> = new Set(['Boolean', 'SwitchParameter', 'TimeSpan', 'DateTime', 'Guid']);

/** True for the types of which PowerShell makes a value of null: an empty text, 0. */
export function hasEmptyValue({ type, isArray, enumeration }: CmdletParameter): boolean {
  return !isArray && enumeration === undefined && (type === 'String' || isNumberType(type));
}

/** Why PowerShell's binder refuses a null for an optional parameter, after it was converted; undefined where it takes it. */
export function refusalOfNull(parameter: CmdletParameter): BindingErrorId | undefined {
  const { allowNull, nullable, isArray, type, validateNotNull, validateNotNullOrEmpty } = parameter;
  if (allowNull || nullable) return undefined;
  if (!isArray && WITHOUT_NULL.has(type)) return 'ParameterArgumentTransformationError';
  if (hasEmptyValue(parameter))
    return type === 'String' && validateNotNullOrEmpty ? 'ParameterArgumentValidationError' : undefined;
  return validateNotNull || validateNotNullOrEmpty ? 'ParameterArgumentValidationError' : undefined;
}
