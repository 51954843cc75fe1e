import { describe, expect, it } from '@jest/globals';
import * as cimFunctions from '../../lib/cim-cmdlets/cim-functions.js';
import { ParameterBindingError } from '../../lib/cmdlet/contract/binding-error.js';
import type { InvocationOptions } from '../../lib/cmdlet/contract/invocation-options.js';
import { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';

/** JavaScript lets a caller leave the parameters out where TypeScript does not. */
type AnyCall = (parameters?: undefined, options?: InvocationOptions) => Promise<readonly unknown[]>;

const options: InvocationOptions = { sessionFactory: () => Promise.reject(new Error('no session is opened here')) };

describe('a CIM cmdlet without parameters', () => {
  it.each(Object.entries(cimFunctions) as unknown as [string, AnyCall][])(
    "%s gives a result, whose failure is a cmdlet's",
    async (_name, call) => {
      const failure: unknown = await call(undefined, options).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure === undefined || failure instanceof ParameterBindingError || failure instanceof CmdletError).toBe(
        true,
      );
    },
  );

  it('names what is missing', async () => {
    await expect((cimFunctions.getCimInstance as unknown as AnyCall)()).rejects.toMatchObject({
      code: 'ERR_PARAMETER_BINDING',
      message: expect.stringMatching(/^Get-CimInstance needs ClassName/),
    });
  });
});
