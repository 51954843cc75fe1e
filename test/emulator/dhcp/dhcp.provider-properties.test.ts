import { describe, expect, it } from '@jest/globals';
import type { CimInput } from '../../../lib/cim/value/cim-input.js';
import type { CimMethodDeclaration, CimParameterDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { dhcpClasses } from '../../../lib/emulator/dhcp/dhcp-classes.js';
import { findProviderMethod } from '../../../lib/emulator/dhcp/provider/provider-methods.js';
import fc from '../../fast-check.js';
import { A, Pair, type Parameters } from '../pair.js';

const answered = dhcpClasses.flatMap(({ className, methods }) =>
  methods
    .filter(({ name }) => findProviderMethod(className, name) !== undefined)
    .map((method) => ({ className, method })),
);

/** Texts that mean something to some parameter, and some that mean nothing to any. */
const texts = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('10.10.10.0', '10.20.20.0', '10.10.10.31', '10.10.10.40', '10.10.10.77') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('2001:db8::', '2001:db8::5', 'Phones', 'video', 'Lab', 'campus', 'Ethernet'),
  },
  { weight: 2, arbitrary: fc.constantFrom('00-15-5d-0a-0a-28', 'F0DEF17A005E', 'aa', 'EQ', 'contoso.com') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('', '0', '999.1.1.1', '::', '0x', '255.255.255.0', '224.1.1.1', '__proto__', '*'),
  },
  {
    weight: 1,
    arbitrary: fc.string({
      maxLength: 300,
      unit: fc.constantFrom('a', '-', '0', '.', ':', 'ä', '\u{1F600}', ' ', '"'),
    }),
  },
);
const times = fc.integer({ min: -1e11, max: 4e12 }).map((ms) => new Date(ms));
const spans = fc.constantFrom(TimeSpan.parse('0:00:00'), TimeSpan.parse('8.00:00:00'), TimeSpan.maxValue);

function numbers(max: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constantFrom(0, 1, 3, 6, 51, 81, 255), fc.integer({ min: 0, max }));
}

function single(parameter: CimParameterDeclaration): fc.Arbitrary<CimInput> {
  switch (parameter.type) {
    case 'boolean':
      return fc.boolean();
    case 'uint8':
      return numbers(255);
    case 'uint16':
      return numbers(65_535);
    case 'uint32':
      return numbers(0xffff_ffff);
    case 'datetime':
      return parameter.interval === true ? spans : fc.oneof(times, spans);
    default: {
      const listed = parameter.values ?? [];
      return listed.length > 0 ? fc.oneof(fc.constantFrom(...listed), texts) : texts;
    }
  }
}

function anyValueOf(parameter: CimParameterDeclaration): fc.Arbitrary<CimInput | undefined> {
  const one = single(parameter);
  const value = parameter.isArray === true ? fc.array(one as fc.Arbitrary<string>, { maxLength: 3 }) : one;
  return fc.option(value, { nil: undefined, freq: 4 });
}

function callOf({ className, method }: { className: string; method: CimMethodDeclaration }) {
  const inputs = method.parameters.filter(({ direction, name }) => direction === 'in' && name !== 'ComputerName');
  const values = fc.record(Object.fromEntries(inputs.map((parameter) => [parameter.name, anyValueOf(parameter)])));
  return values.map((parameters) => ({ name: `${className}.${method.name}`, parameters: parameters as Parameters }));
}

describe('the provider', () => {
  it('answers every method of the module', () => {
    const declared = dhcpClasses.reduce((count, { methods }) => count + methods.length, 0);
    expect(answered).toHaveLength(declared);
    // The methods of dhcp-classes.json, by count.
    expect(declared).toBe(138);
  });

  it.each(answered.map((one) => [`${one.className}.${one.method.name}`, one] as const))(
    '%s answers whatever it is given with objects or errors, in a state that can be saved',
    async (_name, one) => {
      await fc.assert(
        fc.asyncProperty(fc.array(callOf(one), { minLength: 1, maxLength: 4 }), async (calls) => {
          const pair = new Pair();
          for (const { name, parameters } of calls) {
            // Throws for a fault that is no provider's: a crash.
            const { ids, output } = await pair.call(A, name, parameters);
            for (const id of ids) expect(id).toMatch(/^(?:DHCP 20\d{3}|WIN32 \d+|HRESULT 0x8004102f)$/);
            const keys = parameters['IPAddress'];
            // Nothing asked for by its address is passed over in silence.
            if (one.method.name === 'GetByIPAddress' && Array.isArray(keys)) {
              expect(ids.length + output.length).toBeGreaterThanOrEqual(Math.min(keys.length, 1));
            }
          }
          const saved = pair.lab.save();
          expect(JSON.parse(JSON.stringify(saved))).toEqual(saved);
        }),
        { numRuns: Number(process.env['CIMLET_RUNS'] ?? 40) },
      );
    },
  );
});
