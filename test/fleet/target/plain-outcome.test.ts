import { expect, it } from '@jest/globals';
import { KnownCmdlets } from '../../../lib/fleet/plan/known-cmdlets.js';
import { plainOutput } from '../../../lib/fleet/target/plain-outcome.js';

it('output loses what is a secret by the schema or by its name, and keeps the rest', () => {
  const output = [{ Name: 'a', SharedSecret: 'hunter2', AdminPassword: 'hunter2', EnableAuth: true, Big: 2n ** 60n }];
  const plain = plainOutput(output, new KnownCmdlets().get('Add-DhcpServerv4Failover'));
  expect(plain).toEqual([{ Name: 'a', EnableAuth: true, Big: '1152921504606846976' }]);
});
