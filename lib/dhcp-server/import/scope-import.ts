import type { AddressFamily } from '../export-file/file-elements.js';
import { type FileRecord, recordsOf, without } from '../export-file/file-values.js';
import type { ScriptCalls } from '../script/script-calls.js';
import type { OptionImport } from './option-import.js';
import type { PolicyImport } from './policy-import.js';

type Where = { readonly ScopeId: string } | { readonly Prefix: string };

const LISTS = ['ExclusionRanges', 'Policies', 'OptionValues', 'Reservations', 'StatelessStore'] as const;

/** A scope, with all that belongs to it but its leases. */
export class ScopeImport {
  readonly #calls: ScriptCalls;
  readonly #options: OptionImport;
  readonly #policies: PolicyImport;

  constructor(calls: ScriptCalls, options: OptionImport, policies: PolicyImport) {
    this.#calls = calls;
    this.#options = options;
    this.#policies = policies;
  }

  /** False when the scope itself was refused, so that nothing of it could be added. */
  async take(family: AddressFamily, record: FileRecord, how: 'add' | 'change'): Promise<boolean> {
    const isMade =
      how === 'add'
        ? await this.#calls.done(`Add-DhcpServer${version(family)}Scope`, without(record, 'ScopeId', ...LISTS))
        : await this.#calls.done(`Set-DhcpServer${version(family)}Scope`, without(record, 'SubnetMask', ...LISTS));
    if (!isMade && how === 'add') return false;
    const where: Where =
      family === 'IPv4' ? { ScopeId: String(record['ScopeId']) } : { Prefix: String(record['Prefix']) };
    if (how === 'change') await this.#clear(family, where);
    for (const range of recordsOf(record, 'ExclusionRanges', 'IPRange')) {
      await this.#calls.done(`Add-DhcpServer${version(family)}ExclusionRange`, { ...where, ...without(range) });
    }
    const policies = recordsOf(record, 'Policies', 'Policy');
    if ('ScopeId' in where) {
      if (how === 'change') await this.#policies.replace(policies, where);
      else await this.#policies.add(policies, where);
    }
    if (how === 'change') await this.#options.removeAll(family, where);
    await this.#options.values(family, recordsOf(record, 'OptionValues', 'OptionValue'), where);
    if (how === 'change') await this.#calls.done(`Remove-DhcpServer${version(family)}Reservation`, where);
    for (const each of recordsOf(record, 'Reservations', 'Reservation')) await this.#reservation(family, each, where);
    if ('Prefix' in where) {
      for (const store of recordsOf(record, 'StatelessStore')) await this.#options.statelessStore(store, where);
    }
    return true;
  }

  async #clear(family: AddressFamily, where: Where): Promise<void> {
    const ranges = await this.#calls.all<{ readonly StartRange: string; readonly EndRange: string }>(
      `Get-DhcpServer${version(family)}ExclusionRange`,
      where,
    );
    for (const { StartRange, EndRange } of ranges) {
      const range = { ...where, StartRange, EndRange };
      await this.#calls.done(`Remove-DhcpServer${version(family)}ExclusionRange`, range);
    }
  }

  async #reservation(family: AddressFamily, record: FileRecord, where: Where): Promise<void> {
    const parameters = { ...where, ...without(record, 'OptionValues') };
    if (!(await this.#calls.done(`Add-DhcpServer${version(family)}Reservation`, parameters))) return;
    const values = recordsOf(record, 'OptionValues', 'OptionValue');
    await this.#options.values(family, values, { ReservedIP: String(record['IPAddress']) });
  }
}

function version(family: AddressFamily): string {
  return family === 'IPv4' ? 'v4' : 'v6';
}
