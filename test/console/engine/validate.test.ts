import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from '@jest/globals';
import { LIMITS, METHODS, type Method, type Params } from '../../../examples/console/bridge.js';
import { checkedParams } from '../../../examples/console/engine/validate.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { SIGN_IN, startFixture } from '../console-fixture.js';
import { resultOf, runToEnd } from '../engine-run.js';

/** One of each form that a method takes. */
const VALID: { readonly [M in Method]: readonly Params[M][] } = {
  state: [{}],
  signIn: [SIGN_IN],
  signOut: [{ forget: true }],
  servers: [{ add: 'a b', remove: [] }],
  fleet: [{ servers: null }, { servers: ['a'] }],
  pairs: [{ servers: null, compare: true }],
  pair: [{ key: 'k' }],
  compare: [{ key: 'k', reservationOptions: ['10.0.0.1'] }],
  entries: [
    { kind: 'scopes', servers: null },
    { kind: 'addresses', server: 'a', scopeId: '10.0.0.0' },
  ],
  find: [{ text: 'x', servers: null }],
  check: [{ kind: 'why', key: 'k' }],
  plan: [
    { change: { kind: 'replicate', relationships: [{ key: 'k', from: 'a' }], scopeIds: null } },
    { change: { kind: 'remove', key: 'k', keeper: 'a', force: false } },
    { change: { kind: 'takeOut', key: 'k', keeper: 'a', scopeIds: ['10.0.0.0'] } },
    { change: { kind: 'partnerDown', key: 'k', survivor: 'a' } },
    { change: { kind: 'lease', server: 'a', scopeId: '10.0.0.0', address: '10.0.0.1', on: null } },
    {
      change: {
        kind: 'option',
        action: 'set',
        server: 'a',
        scopeId: '10.0.0.0',
        optionId: 6,
        value: ['x'],
        on: ['a', 'b'],
      },
    },
    { change: { kind: 'putBack', id: 'x' } },
    { change: { kind: 'keep', key: 'x', owner: 'a', items: ['["replicated","option","10.0.0.0","[]"]'] } },
  ],
  apply: [{ id: 'x', typed: null }],
  activity: [{ key: null, id: null }],
  save: [{ what: 'fleet' }, { what: 'addresses', server: 'a', scopeId: '10.0.0.0', filter: '' }],
};

const codeOf = (method: unknown, params: unknown): unknown => {
  try {
    checkedParams(method as 'state', params as Params['state']);
    return 'taken';
  } catch (error) {
    return Reflect.get(Object(Reflect.get(Object(error), 'problem')), 'code');
  }
};

const TOO_LONG = 'x'.repeat(LIMITS.bytes + 1);
const TOO_MANY = Array.from({ length: LIMITS.items + 1 }, () => 'a');

/** Puts something wrong at some place of a value. */
const broken = (value: unknown): fc.Arbitrary<unknown> => {
  const own =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [
          fc.constant({ ...value, extra: 1 }),
          fc.constant(JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(value).slice(1)}`.replace(',}', '}'))),
          fc.constant(Object.assign(Object.create({ inherited: true, deeper: Object.create({}) }), { ...value, x: 1 })),
          ...Object.keys(value).map((name) =>
            fc.constant(Object.fromEntries(Object.entries(value).filter(([one]) => one !== name))),
          ),
          ...Object.entries(value).map(([name, inner]) => broken(inner).map((wrong) => ({ ...value, [name]: wrong }))),
        ]
      : [];
  const others = [
    fc.constantFrom<unknown>(
      undefined,
      Number.NaN,
      1.5,
      -1,
      '\u0000',
      10n,
      Symbol('x'),
      () => 1,
      new Date(),
      new Map(),
      [[]],
      { a: 1 },
    ),
    fc.constant(TOO_LONG),
    fc.constant(TOO_MANY),
  ];
  return fc.oneof(...own, ...others);
};

/** Where a text is any text, a control character is one. */
const isTaken = (method: Method, params: unknown): boolean => codeOf(method, params) === 'taken';

describe('rule 6: params are validated per method', () => {
  it.each(METHODS.flatMap((method) => VALID[method].map((params, index) => [method, index, params] as const)))(
    'rule 6: %s, form %i, is taken as it stands, and after JSON and a clone',
    (method, _, params) => {
      expect(checkedParams(method, params)).toEqual(params);
      expect(checkedParams(method, JSON.parse(JSON.stringify(params)))).toEqual(params);
      expect(checkedParams(method, structuredClone(params))).toEqual(params);
    },
  );

  it.each(METHODS)('rule 6: %s refuses what is wrong anywhere in it', (method) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VALID[method]).chain((params) => broken(params)),
        (wrong) => {
          const code = codeOf(method, wrong);
          // The one kind of change that leaves it right: a text in place of another.
          if (code === 'taken') return isTaken(method, JSON.parse(JSON.stringify(wrong)));
          return code === 'REFUSED';
        },
      ),
      { numRuns: fuzzRuns(100) },
    );
  });

  it.each([
    ['an unknown method', 'delete', {}],
    ['a method of Object', 'constructor', {}],
    ['no method', undefined, {}],
    ['an unknown field', 'fleet', { servers: null, more: 1 }],
    ['a missing field', 'fleet', {}],
    ['a wrong type', 'fleet', { servers: 'all' }],
    ['undefined in place of null', 'fleet', { servers: undefined }],
    ['__proto__', 'fleet', JSON.parse('{"servers":null,"__proto__":{"admin":true}}')],
    ['__proto__ within', 'plan', JSON.parse('{"change":{"kind":"putBack","id":"x","__proto__":{}}}')],
    ['an unknown kind', 'plan', { change: { kind: 'format' } }],
    ['a kind of Object', 'plan', { change: { kind: 'constructor' } }],
    ['65 KiB', 'servers', { add: 'x'.repeat(LIMITS.bytes), remove: [] }],
    ['10,001 items', 'fleet', { servers: Array.from({ length: 10_001 }, () => 'a') }],
    ['an address that is none', 'entries', { kind: 'addresses', server: 'a', scopeId: '10.0.0' }],
    ['a share over 100', 'check', { kind: 'protect', share: 101 }],
    ['more in apply than a plan and what was typed', 'apply', { id: 'x', typed: null, change: { kind: 'remove' } }],
    ['a circle', 'fleet', circle()],
  ])('rule 6: %s', (_, method, params) => {
    expect(codeOf(method, params)).toBe('REFUSED');
  });

  it('rule 6: whatever is refused, the lab sees no request', async () => {
    const { engine } = await startFixture();
    await resultOf(engine, 'signIn', SIGN_IN);
    let requests = 0;
    const count = () => {
      requests += 1;
    };
    subscribe('cimlet:request:start', count);
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...METHODS),
          fc.constantFrom(...METHODS),
          fc.jsonValue(),
          async (method, other, value) => {
            const wrong = [
              value,
              { ...VALID[other][0], extra: value },
              { servers: value, key: value, change: value, kind: value },
            ];
            for (const params of wrong) {
              if (codeOf(method, params) === 'taken') continue;
              const { how, problem } = await runToEnd(engine, method, params as never);
              expect([how, problem?.code]).toEqual(['failed', 'REFUSED']);
            }
          },
        ),
        { numRuns: fuzzRuns(30) },
      );
    } finally {
      unsubscribe('cimlet:request:start', count);
    }
    expect(requests).toBe(0);
    subscribe('cimlet:request:start', count);
    await runToEnd(engine, 'fleet', { servers: null });
    unsubscribe('cimlet:request:start', count);
    // The count can count.
    expect(requests).toBeGreaterThan(0);
  });
});

function circle(): unknown {
  const value: Record<string, unknown> = { servers: null };
  value['self'] = value;
  return value;
}
