import type { ErrorCategory } from '../../cim/error/error-category.js';
import type { BindingErrorId } from '../contract/binding-error.js';

/** How PowerShell files an error of its parameter binder, and the exception that it throws (ParameterBinderBase.cs). */
export function categoryOfBinding(errorId: BindingErrorId): {
  readonly category: ErrorCategory;
  readonly reason: string;
} {
  if (errorId === 'ParameterArgumentTransformationError')
    return { category: 'InvalidData', reason: 'ParameterBindingArgumentTransformationException' };
  if (errorId.startsWith('ParameterArgumentValidationError'))
    return { category: 'InvalidData', reason: 'ParameterBindingValidationException' };
  if (errorId === 'ActionPreferenceNotSupportedByCimCmdletAdapter')
    return { category: 'NotImplemented', reason: 'ArgumentException' };
  return { category: 'InvalidArgument', reason: 'ParameterBindingException' };
}
