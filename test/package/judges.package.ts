// The package as the field's own judges see it.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PackedPackage, ROOT } from './packed-package.js';

const judge = (name: string) => join(ROOT, 'node_modules/.bin', name);

describe('the packed tarball', () => {
  let packed: PackedPackage;
  beforeAll(() => {
    packed = new PackedPackage();
  });
  afterAll(() => packed.remove());

  it('passes publint', () => {
    expect(packed.run(judge('publint'), ['run', '--strict', packed.tarball])).toContain('All good!');
  });

  it('passes are-the-types-wrong in every resolution mode, the one without exports too', () => {
    const report = packed.run(judge('attw'), [packed.tarball, '--format', 'json', '--no-definitely-typed']);
    const { analysis } = JSON.parse(report) as { analysis: { problems: { kind: string }[] } };
    expect(analysis.problems).toEqual([]);
  });
});
