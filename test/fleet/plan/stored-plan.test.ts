import { describe, expect, it } from '@jest/globals';
import { decodePlan, decodeTarget, encodeTarget, type StoredPlan } from '../../../lib/fleet/plan/stored-plan.js';

const PLAN: StoredPlan = {
  v: 1,
  cmdlet: 'Get-DhcpServerVersion',
  changes: false,
  parameters: {},
  credential: 'audit',
  site: 'default',
  stages: [{ share: 1 }],
  probes: false,
  timeoutMs: 1,
  attempts: 1,
  attemptDelayMs: 1,
  graceMs: 0,
  jobSize: 1,
  retentionDays: 1,
};

describe('a stored plan', () => {
  it('is read as it was written', () => {
    expect(decodePlan(JSON.stringify(PLAN))).toEqual(PLAN);
  });

  it('of a newer version is left to newer workers', () => {
    expect(decodePlan(JSON.stringify({ v: 2, anything: true }))).toBe('newer');
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no version', JSON.stringify({ ...PLAN, v: undefined })],
    ['no cmdlet', JSON.stringify({ ...PLAN, cmdlet: '' })],
    ['a limit that is none', JSON.stringify({ ...PLAN, timeoutMs: -1 })],
    ['endless tries', JSON.stringify({ ...PLAN, attempts: 1e9 })],
    ['parameters that are none', JSON.stringify({ ...PLAN, parameters: [] })],
    ['ten megabytes', JSON.stringify({ ...PLAN, parameters: { Name: 'x'.repeat(10_000_000) } })],
  ])('is none: %s', (_, text) => {
    expect(decodePlan(text)).toBeUndefined();
  });
});

describe('a stored target', () => {
  it.each([
    [{ computer: 'a' }, 'a'],
    [{ computer: 'a', site: 'EMEA' }, '{"c":"a","s":"EMEA"}'],
    [{ computer: 'a', parameters: { Name: 'x' } }, '{"c":"a","p":{"Name":"x"}}'],
  ])('%j is %s', (target, text) => {
    expect(encodeTarget(target)).toBe(text);
    expect(decodeTarget(text)).toEqual(target);
  });

  it.each(['', '{', '{}', '{"c":1}', '{"c":"a","p":[]}', '{"c":"a","s":1}', `{"c":"${'x'.repeat(70_000)}"}`])(
    'is none: %s',
    (text) => {
      expect(decodeTarget(text)).toBeUndefined();
    },
  );
});
