import { describe, expect, it } from '@jest/globals';
import { type CmdletFunction, cmdletFunction } from '../../lib/cmdlet/cmdlet-function.js';
import { CimJob } from '../../lib/cmdlet/result/cim-job.js';
import { CmdletResult } from '../../lib/cmdlet/result/result.js';
import { parameter, testCmdlet } from './definitions.js';

interface Parameters {
  readonly Name?: string;
  readonly WhatIf?: boolean;
  readonly CimSession?: string;
}

const definition = testCmdlet([parameter('Name', 'String')]);

describe('cmdletFunction', () => {
  it('loads a definition with the first call, and once', async () => {
    let loaded = 0;
    const testThing: CmdletFunction<Parameters, string> = cmdletFunction<Parameters, string>(() => {
      loaded += 1;
      return definition;
    });
    expect(loaded).toBe(0);
    const first = testThing({ WhatIf: true, CimSession: 'a' });
    expect(await first).toEqual([]);
    await testThing({ WhatIf: true, CimSession: 'a' });
    expect(first).toBeInstanceOf(CmdletResult);
    expect(first.whatIfTexts).toHaveLength(1);
    expect(loaded).toBe(1);
  });

  it('takes a definition, gives a job for AsJob, and refuses at once what does not fit', async () => {
    const testThing = cmdletFunction<Parameters, string>(definition);
    expect(() => testThing({ AsJob: true, Nmae: 'x' } as { readonly AsJob: true })).toThrow(
      expect.objectContaining({ errorId: 'NamedParameterNotFound' }),
    );
    const sessionFactory = () => Promise.reject(new Error('no server'));
    const job = testThing({ AsJob: true, CimSession: 'a' }, { sessionFactory });
    expect(job).toBeInstanceOf(CimJob);
    expect(await job.wait()).toBe('Failed');
  });
});
