import { describe, expect, it } from '@jest/globals';
import { readControlJob, readSiteJob } from '../../../lib/fleet/worker/job-data.js';

const RUN = 'c0ffee00-0000-4000-8000-000000000000';

describe('the data of a job', () => {
  it('is read as it was written', () => {
    const data = { v: 1, run: RUN, targets: [3, 4], tries: { 3: { n: 1, w: 0, at: 5 } } };
    expect(readSiteJob(data)).toEqual(data);
    const step = { v: 1, run: RUN, stage: 1, from: 10, round: 0, added: true, failedBefore: 2 };
    expect(readControlJob(step)).toEqual(step);
  });

  it('of a newer version is left to newer workers', () => {
    expect([readSiteJob({ v: 2 }), readControlJob({ v: 2 })]).toEqual(['newer', 'newer']);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'x'],
    ['no version', { run: RUN, targets: [1] }],
    ['a run that is a key of its own', { v: 1, run: `${RUN}:state`, targets: [1] }],
    ['no target', { v: 1, run: RUN, targets: [] }],
    ['names', { v: 1, run: RUN, targets: ['evil.example'] }],
    ['negative numbers', { v: 1, run: RUN, targets: [-1] }],
    ['too many', { v: 1, run: RUN, targets: Array.from({ length: 1_001 }, (_, index) => index) }],
  ])('is none: %s', (_, data) => {
    expect(readSiteJob(data)).toBeUndefined();
  });

  it('has tries that are numbers, whatever stands there', () => {
    const read = readSiteJob({ v: 1, run: RUN, targets: [1], tries: { 1: { n: -5, w: 'x', at: null } } });
    expect(read).toMatchObject({ tries: { 1: { n: 0, w: 0, at: 0 } } });
  });
});
