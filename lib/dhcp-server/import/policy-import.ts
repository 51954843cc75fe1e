import { type FileRecord, recordsOf, without } from '../export-file/file-values.js';
import type { DhcpServerv4Policy } from '../generated/classes/dhcpserverv4policy.js';
import type { ScriptCalls } from '../script/script-calls.js';
import type { OptionImport } from './option-import.js';

/** The policies of a server, or of a scope. */
export class PolicyImport {
  readonly #calls: ScriptCalls;
  readonly #options: OptionImport;

  constructor(calls: ScriptCalls, options: OptionImport) {
    this.#calls = calls;
    this.#options = options;
  }

  async replace(policies: readonly FileRecord[], level: { readonly ScopeId?: string }): Promise<void> {
    const existing = await this.#calls.all<DhcpServerv4Policy>('Get-DhcpServerv4Policy', level);
    const names = existing.map(({ Name }) => Name);
    if (names.length > 0) await this.#calls.done('Remove-DhcpServerv4Policy', { ...level, Name: names });
    await this.add(policies, level);
  }

  async add(policies: readonly FileRecord[], level: { readonly ScopeId?: string }): Promise<void> {
    let keepsOrder = true;
    for (const policy of policies) {
      const left = ['DnsSuffix', 'IPRanges', 'OptionValues', ...(keepsOrder ? [] : ['ProcessingOrder'])];
      const isAdded = await this.#calls.done('Add-DhcpServerv4Policy', { ...without(policy, ...left), ...level });
      // The places of those behind it would leave a gap, which the server refuses.
      if (isAdded) await this.#belongings(policy, level);
      else keepsOrder = false;
    }
  }

  async #belongings(policy: FileRecord, level: { readonly ScopeId?: string }): Promise<void> {
    const Name = String(policy['Name']);
    const { DnsSuffix } = policy;
    if (DnsSuffix !== undefined && DnsSuffix !== '') {
      await this.#calls.done('Set-DhcpServerv4DnsSetting', { ...level, PolicyName: Name, DnsSuffix });
    }
    if (level.ScopeId !== undefined) {
      for (const { StartRange, EndRange } of recordsOf(policy, 'IPRanges', 'IPRange')) {
        await this.#calls.done('Add-DhcpServerv4PolicyIPRange', { ...level, Name, StartRange, EndRange });
      }
    }
    const values = recordsOf(policy, 'OptionValues', 'OptionValue');
    await this.#options.values('IPv4', values, { ...level, PolicyName: Name });
  }
}
