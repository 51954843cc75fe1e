import { TimeSpan } from '../../cim/value/time-span.js';
import type { AddressFamily } from '../export-file/file-elements.js';
import { type FileRecord, without } from '../export-file/file-values.js';
import type { DhcpServerv4Class } from '../generated/classes/dhcpserverv4class.js';
import type { DhcpServerv4OptionDefinition } from '../generated/classes/dhcpserverv4optiondefinition.js';
import type { DhcpServerv4OptionValue } from '../generated/classes/dhcpserverv4optionvalue.js';
import type { ScriptCalls } from '../script/script-calls.js';

/** Where values stand: a scope, a reservation, a policy; nothing for the server. */
export interface OptionLevel {
  readonly ScopeId?: string;
  readonly Prefix?: string;
  readonly ReservedIP?: string;
  readonly PolicyName?: string;
}

/** Classes, option definitions and option values. */
export class OptionImport {
  readonly #calls: ScriptCalls;

  constructor(calls: ScriptCalls) {
    this.#calls = calls;
  }

  /** Those whose data the server does not have. */
  async classes(family: AddressFamily, classes: readonly FileRecord[]): Promise<void> {
    if (classes.length === 0) return;
    const [get, add] = cmdlets(family, 'Class', 'Get', 'Add');
    const existing = new Set((await this.#calls.all<DhcpServerv4Class>(get)).map(({ Data }) => Data));
    for (const each of classes) {
      if (!existing.has(String(each['Data']))) await this.#calls.done(add, without(each));
      else this.#calls.context.verbose(`Class ${each['Name']} is on server ${this.#calls.server} already.`);
    }
  }

  /** Those whose number, within a vendor class, the server does not know. */
  async definitions(family: AddressFamily, definitions: readonly FileRecord[]): Promise<void> {
    if (definitions.length === 0) return;
    const [get, add] = cmdlets(family, 'OptionDefinition', 'Get', 'Add');
    const key = (id: unknown, vendorClass: unknown) => `${id} ${String(vendorClass ?? '').toLowerCase()}`;
    const known = await this.#calls.all<DhcpServerv4OptionDefinition>(get, { All: true });
    const existing = new Set(known.map(({ OptionId, VendorClass }) => key(OptionId, VendorClass)));
    for (const each of definitions) {
      if (!existing.has(key(each['OptionId'], each['VendorClass']))) await this.#calls.done(add, without(each));
      else this.#calls.context.verbose(`Option definition ${each['Name']} is on server ${this.#calls.server} already.`);
    }
  }

  async removeAll(family: AddressFamily, level: OptionLevel): Promise<void> {
    const [get, remove] = cmdlets(family, 'OptionValue', 'Get', 'Remove');
    const existing = await this.#calls.all<DhcpServerv4OptionValue>(get, { ...level, All: true, Brief: true });
    for (const { OptionId, VendorClass, UserClass, PolicyName } of existing) {
      // That of a policy went with it, or has come with it.
      if (PolicyName) continue;
      const classes = { ...(VendorClass ? { VendorClass } : {}), ...(UserClass ? { UserClass } : {}) };
      await this.#calls.done(remove, { ...level, OptionId, ...classes });
    }
  }

  async values(family: AddressFamily, values: readonly FileRecord[], level: OptionLevel): Promise<void> {
    const [set] = cmdlets(family, 'OptionValue', 'Set');
    for (const each of values) {
      if (each['Value'] === undefined) {
        const where = Object.values(level).join(', ') || this.#calls.server;
        this.#calls.context.warning(`Option value ${each['OptionId']} of ${where} was not imported: it has no value.`);
        continue;
      }
      await this.#calls.done(set ?? '', { ...without(each), ...level, Force: true });
    }
  }

  /** Where the interval is zero the server has never set one, and takes none. */
  async statelessStore(store: FileRecord, level: { readonly Prefix?: string }): Promise<void> {
    if (TimeSpan.parse(String(store['PurgeInterval'])).ticks === 0n) return;
    await this.#calls.done('Set-DhcpServerv6StatelessStore', { ...without(store), ...level });
  }
}

function cmdlets(family: AddressFamily, noun: string, ...verbs: readonly string[]): [string, string] {
  const [first = '', second = ''] = verbs.map((verb) => `${verb}-DhcpServer${family === 'IPv4' ? 'v4' : 'v6'}${noun}`);
  return [first, second];
}
