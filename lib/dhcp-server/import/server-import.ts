import type { AddressFamily } from '../export-file/file-elements.js';
import { type FileRecord, recordsOf, without } from '../export-file/file-values.js';
import type { DhcpServerv4Scope } from '../generated/classes/dhcpserverv4scope.js';
import type { DhcpServerv6Scope } from '../generated/classes/dhcpserverv6scope.js';
import type { DhcpServerVersion } from '../generated/classes/dhcpserverversion.js';
import { type ScriptCalls, serverCode } from '../script/script-calls.js';
import { isAtLeast } from '../script/server-version.js';
import type { ImportStep } from './import-steps.js';
import { OptionImport } from './option-import.js';
import { PolicyImport } from './policy-import.js';
import { ScopeImport } from './scope-import.js';

/** What of the file is wanted. */
export interface ImportChoice {
  readonly scopeIds: readonly string[] | undefined;
  readonly prefixes: readonly string[] | undefined;
  readonly leases: boolean;
  readonly overwrites: boolean;
  readonly serverOnly: boolean;
}

/** How much a file holds. */
interface FileExtent {
  readonly scopes: number;
  readonly leases: number;
}

/** ERROR_DHCP_JET_ERROR's neighbour 20014: the client is there already, as that of a reservation always is. */
const CLIENT_EXISTS = 20_014;
const TOLD_EVERY = 100;

/** Does what a file says, step by step. */
export class ServerImport {
  readonly #calls: ScriptCalls;
  readonly #version: DhcpServerVersion;
  readonly #choice: ImportChoice;
  readonly #extent: FileExtent;
  readonly #options: OptionImport;
  readonly #policies: PolicyImport;
  readonly #scopes: ScopeImport;
  #scopesDone = 0;
  /** Leases of the file that were passed, wanted or not. */
  #leasesPassed = 0;
  #leasesDone = 0;
  /** The leases of the scope that was imported last are wanted. */
  #takesLeases = false;
  readonly #existing = new Map<AddressFamily, ReadonlyMap<string, string>>();

  constructor(calls: ScriptCalls, version: DhcpServerVersion, choice: ImportChoice, extent: FileExtent) {
    this.#calls = calls;
    this.#version = version;
    this.#choice = choice;
    this.#extent = extent;
    this.#options = new OptionImport(calls);
    this.#policies = new PolicyImport(calls, this.#options);
    this.#scopes = new ScopeImport(calls, this.#options, this.#policies);
  }

  async take(step: ImportStep): Promise<void> {
    if (step.kind === 'version') return;
    if (step.kind === 'lease') this.#leasesPassed += 1;
    if (!this.#wantsFamily(step.family)) return;
    if (step.kind === 'server') await this.#server(step.family, step.record);
    else if (step.kind === 'scope') await this.#scope(step.family, step.record);
    else if (this.#takesLeases) await this.#lease(step.family, step.record);
  }

  get #isComplete(): boolean {
    return this.#choice.scopeIds === undefined && this.#choice.prefixes === undefined;
  }

  #wantsFamily(family: AddressFamily): boolean {
    return this.#isComplete || (family === 'IPv4' ? this.#choice.scopeIds : this.#choice.prefixes) !== undefined;
  }

  async #server(family: AddressFamily, record: FileRecord): Promise<void> {
    const calls = this.#calls;
    if (family === 'IPv4' && this.#isComplete) {
      const { ConflictDetectionAttempts, NapEnabled, NpsUnreachableAction, ActivatePolicies } = record;
      const settings = { ConflictDetectionAttempts, NapEnabled, NpsUnreachableAction, ActivatePolicies };
      await calls.done('Set-DhcpServerSetting', settings);
    }
    await this.#options.classes(family, recordsOf(record, 'Classes', 'Class'));
    await this.#options.definitions(family, recordsOf(record, 'OptionDefinitions', 'OptionDefinition'));
    if (!this.#isComplete) return;
    if (family === 'IPv4') await this.#policies.replace(recordsOf(record, 'Policies', 'Policy'), {});
    await this.#options.removeAll(family, {});
    await this.#options.values(family, recordsOf(record, 'OptionValues', 'OptionValue'), {});
    if (family === 'IPv4') await this.#filters(record);
    else for (const store of recordsOf(record, 'StatelessStore')) await this.#options.statelessStore(store, {});
  }

  async #filters(record: FileRecord): Promise<void> {
    const calls = this.#calls;
    const [filters] = recordsOf(record, 'Filters');
    const existing = await calls.all<{ readonly MacAddress: string }>('Get-DhcpServerv4Filter');
    for (const { MacAddress } of existing) await calls.done('Remove-DhcpServerv4Filter', { MacAddress });
    if (filters === undefined) return;
    await calls.done('Set-DhcpServerv4FilterList', { Allow: filters['Allow'], Deny: filters['Deny'] });
    for (const filter of recordsOf(filters, 'Filter')) await calls.done('Add-DhcpServerv4Filter', without(filter));
  }

  async #scope(family: AddressFamily, record: FileRecord): Promise<void> {
    this.#takesLeases = false;
    this.#scopesDone += 1;
    if (this.#choice.serverOnly) return;
    const name = String(record[family === 'IPv4' ? 'ScopeId' : 'Prefix']);
    if (!this.#isComplete) {
      const wanted = (family === 'IPv4' ? this.#choice.scopeIds : this.#choice.prefixes) ?? [];
      if (!wanted.some((each) => each.toLowerCase() === name.toLowerCase())) return;
    }
    this.#progress(`scope ${name}`);
    const how = await this.#wayFor(family, record, name);
    if (how === undefined) return;
    this.#calls.context.verbose(`Importing scope ${name} on server ${this.#calls.server}.`);
    this.#takesLeases = (await this.#scopes.take(family, record, how)) && this.#choice.leases;
  }

  /** A scope that is there is left alone, changed, or deleted and made anew. Undefined: left alone. */
  async #wayFor(family: AddressFamily, record: FileRecord, name: string): Promise<'add' | 'change' | undefined> {
    const mask = (await this.#existingScopes(family)).get(name.toLowerCase());
    if (mask === undefined || mask !== String(record['SubnetMask'] ?? '')) return 'add';
    const { context, server } = this.#calls;
    const there = `Scope ${name} exists on server ${server}.`;
    if (!this.#choice.overwrites) {
      context.warning(`${there} This scope will not be imported.`);
      return undefined;
    }
    if (!this.#choice.leases) {
      context.verbose(`${there} It will be overwritten with the data of the file.`);
      return 'change';
    }
    context.verbose(`${there} It will be deleted, and imported from the data of the file.`);
    if (family === 'IPv4') await this.#calls.done('Remove-DhcpServerv4Scope', { ScopeId: name, Force: true });
    else await this.#calls.done('Remove-DhcpServerv6Scope', { Prefix: name, Force: true });
    return 'add';
  }

  /** By address, with the mask; DHCPv6 has none. */
  async #existingScopes(family: AddressFamily): Promise<ReadonlyMap<string, string>> {
    const known = this.#existing.get(family);
    if (known !== undefined) return known;
    const found = new Map<string, string>();
    if (family === 'IPv4') {
      for (const { ScopeId, SubnetMask } of await this.#calls.all<DhcpServerv4Scope>('Get-DhcpServerv4Scope')) {
        found.set(ScopeId, SubnetMask);
      }
    } else {
      for (const { Prefix } of await this.#calls.all<DhcpServerv6Scope>('Get-DhcpServerv6Scope')) {
        found.set(Prefix.toLowerCase(), '');
      }
    }
    this.#existing.set(family, found);
    return found;
  }

  async #lease(family: AddressFamily, lease: FileRecord): Promise<void> {
    // It comes with its reservation.
    if (lease['AddressState'] === 'InactiveReservation') return;
    const parameters = without(lease);
    // 2012 knows no registration of the address alone.
    if (parameters['DnsRR'] === 'A' && !isAtLeast(this.#version, 6, 3)) parameters['DnsRR'] = 'AandPTR';
    const { errors } = await this.#calls.tried(
      family === 'IPv4' ? 'Add-DhcpServerv4Lease' : 'Add-DhcpServerv6Lease',
      parameters,
    );
    if (serverCode(errors[0]) !== CLIENT_EXISTS) await this.#calls.tell(errors);
    this.#leasesDone += 1;
    if (this.#leasesDone % TOLD_EVERY === 0) this.#progress('leases');
  }

  /** A lease takes as long as a scope: a call each. */
  #progress(currentOperation: string): void {
    const { scopes, leases } = this.#extent;
    const passed = this.#scopesDone - 1 + (this.#choice.leases ? this.#leasesPassed : 0);
    const total = scopes + (this.#choice.leases ? leases : 0);
    this.#calls.context.progress({
      activity: `Import to ${this.#calls.server}`,
      currentOperation,
      statusDescription: `${this.#scopesDone} of ${scopes} scopes, ${this.#leasesDone} leases`,
      percentComplete: Math.floor((100 * passed) / total),
      secondsRemaining: undefined,
    });
  }
}
