import { expect, it } from '@jest/globals';
import type { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { LabDescription } from '../../../lib/emulator/lab/lab-description.js';
import { propertiesOf } from '../../support/values-of.js';
import { A, Pair, type Parameters } from '../pair.js';

/** A call of `Class.Method`, without the `PS_DhcpServer` before it. */
export type Step = readonly [method: string, parameters: Parameters];

/** A fact of the reference, with the tag of its source, and a call that shows it. */
export interface FactRow {
  readonly source: string;
  readonly fact: string;
  readonly lab?: LabDescription;
  /** Calls that go before, all of which must succeed. */
  readonly before?: readonly Step[];
  readonly call: Step;
  /** The server that is asked in the end; A when not named. */
  readonly server?: string;
  /** The errors, `DHCP 20005` and so on; none when not named. */
  readonly ids?: readonly string[];
  /** The sentences of the errors; not looked at when not named. */
  readonly says?: readonly string[];
  /** The objects that are given out, each by some of its properties, or texts; not looked at when not named. */
  readonly gives?: readonly (Readonly<Record<string, unknown>> | string)[];
}

const call = (pair: Pair, [method, parameters]: Step, server = A) =>
  pair.call(server, `PS_DhcpServer${method}`, parameters);

/** A test for each fact; a call that fails must leave everything as it was. */
export function testFacts(rows: readonly FactRow[]): void {
  it.each(rows.map((row) => [row.source, row.fact, row] as const))('%s %s', async (_source, _fact, row) => {
    const pair = new Pair(row.lab);
    for (const step of row.before ?? []) expect((await call(pair, step)).ids).toEqual([]);
    const before = pair.snapshot();
    const { ids, output, messages } = await call(pair, row.call, row.server);
    expect(ids).toEqual(row.ids ?? []);
    if (row.says !== undefined) expect(messages).toEqual(row.says);
    if (row.gives !== undefined) {
      const given = output.map((value) => (typeof value === 'string' ? value : propertiesOf(value as CimInstance)));
      expect(given).toEqual(
        row.gives.map((wanted) => (typeof wanted === 'string' ? wanted : expect.objectContaining(wanted))),
      );
    }
    if ((row.ids ?? []).length > 0 && output.length === 0) expect(pair.snapshot()).toBe(before);
  });
}
