import { expect, it } from '@jest/globals';
import { ClientMap, hasClient } from '../../../../lib/emulator/dhcp/leases/client-map.js';
import fc from '../../../fast-check.js';
import { fuzzRuns } from '../../../fuzz-runs.js';

const address = fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3');
const client = fc.constantFrom('aa-bb', 'AA-BB', 'aabb', 'aa-bc', 'no id', 'NO ID');
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), address, client }),
  fc.record({ kind: fc.constant('delete' as const), address }),
  fc.record({ kind: fc.constant('clear' as const) }),
);

it('knows after every change whose leases are there, as a search through all of them does', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      const [map, plain] = [
        new ClientMap<{ readonly clientId: string }>(),
        new Map<string, { readonly clientId: string }>(),
      ];
      for (const one of changes) {
        for (const leases of [map, plain]) {
          if (one.kind === 'set') leases.set(one.address, { clientId: one.client });
          else if (one.kind === 'delete') leases.delete(one.address);
          else leases.clear();
        }
        for (const id of ['aa-bb', 'AABC', 'no id']) expect(hasClient(map, id)).toBe(hasClient(plain, id));
        expect([...map]).toEqual([...plain]);
      }
    }),
    { numRuns: fuzzRuns(200) },
  );
});

it('finds a client in any spelling', () => {
  const leases = new ClientMap<{ readonly clientId: string }>();
  leases.set('10.0.0.1', { clientId: 'AA-BB-CC' });
  expect(['aa-bb-cc', 'aabbcc', 'AABBCC', 'aa-bb-cd'].map((id) => hasClient(leases, id))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  leases.set('10.0.0.1', { clientId: 'aa-bb-cd' });
  expect(hasClient(leases, 'aa-bb-cc')).toBe(false);
});
