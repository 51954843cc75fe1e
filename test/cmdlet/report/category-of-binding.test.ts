import { expect, it } from '@jest/globals';
import type { BindingErrorId } from '../../../lib/cmdlet/contract/binding-error.js';
import { categoryOfBinding } from '../../../lib/cmdlet/report/category-of-binding.js';

// As PowerShell 7.6 prints them.
it.each<[BindingErrorId, string, string]>([
  ['ParameterArgumentTransformationError', 'InvalidData', 'ParameterBindingArgumentTransformationException'],
  ['ParameterArgumentValidationError', 'InvalidData', 'ParameterBindingValidationException'],
  ['ParameterArgumentValidationErrorNullNotAllowed', 'InvalidData', 'ParameterBindingValidationException'],
  ['NamedParameterNotFound', 'InvalidArgument', 'ParameterBindingException'],
  ['CannotConvertArgumentNoMessage', 'InvalidArgument', 'ParameterBindingException'],
  ['InputObjectNotBound', 'InvalidArgument', 'ParameterBindingException'],
  ['ActionPreferenceNotSupportedByCimCmdletAdapter', 'NotImplemented', 'ArgumentException'],
])('%s is %s, %s', (errorId, category, reason) => {
  expect(categoryOfBinding(errorId)).toEqual({ category, reason });
});
