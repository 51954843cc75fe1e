import { type AddressFamily, fileElement } from '../export-file/file-elements.js';
import type { FileWriter } from '../export-file/file-writer.js';
import type { DhcpServerSetting } from '../generated/classes/dhcpserversetting.js';
import type { DhcpServerv4DnsSetting } from '../generated/classes/dhcpserverv4dnssetting.js';
import type { DhcpServerv4FilterList } from '../generated/classes/dhcpserverv4filterlist.js';
import type { DhcpServerv4OptionValue } from '../generated/classes/dhcpserverv4optionvalue.js';
import type { DhcpServerv4Policy } from '../generated/classes/dhcpserverv4policy.js';
import type { DhcpServerv4Scope } from '../generated/classes/dhcpserverv4scope.js';
import type { DhcpServerv6Scope } from '../generated/classes/dhcpserverv6scope.js';
import type { DhcpServerv6StatelessStore } from '../generated/classes/dhcpserverv6statelessstore.js';
import type { DhcpServerVersion } from '../generated/classes/dhcpserverversion.js';
import type { ScriptCalls } from '../script/script-calls.js';
import { isAtLeast } from '../script/server-version.js';

type Parameters = Readonly<Record<string, unknown>>;

/** Leases after which progress is told. */
const TOLD_EVERY = 1000;

/** Writes what a server has, in the order of the file. */
export class ServerExport {
  readonly #calls: ScriptCalls;
  readonly #writer: FileWriter;
  readonly #version: DhcpServerVersion;
  readonly #leases: boolean;
  readonly #scopes: number;
  #scopesWritten = 0;
  #leasesWritten = 0;

  /** `scopes`: how many there will be. */
  constructor(calls: ScriptCalls, writer: FileWriter, version: DhcpServerVersion, leases: boolean, scopes: number) {
    this.#calls = calls;
    this.#writer = writer;
    this.#version = version;
    this.#leases = leases;
    this.#scopes = scopes;
  }

  async ipv4(scopes: readonly DhcpServerv4Scope[]): Promise<void> {
    const writer = this.#writer;
    writer.open('IPv4');
    const [setting] = await this.#calls.must<DhcpServerSetting>('Get-DhcpServerSetting');
    if (setting !== undefined) writer.leaves(fileElement('IPv4').children, setting);
    await this.#classes('IPv4');
    await this.#optionDefinitions('IPv4');
    if (isAtLeast(this.#version, 6, 2)) await this.#policies({});
    await this.#optionValues('IPv4', {});
    if (isAtLeast(this.#version, 6, 1)) await this.#filters();
    if (scopes.length > 0) {
      writer.open('Scopes');
      for (const scope of scopes) await this.#ipv4Scope(scope);
      writer.close();
    }
    writer.close();
  }

  async ipv6(scopes: readonly DhcpServerv6Scope[]): Promise<void> {
    const writer = this.#writer;
    writer.open('IPv6');
    await this.#classes('IPv6');
    await this.#optionDefinitions('IPv6');
    await this.#optionValues('IPv6', {});
    await this.#statelessStore({});
    if (scopes.length > 0) {
      writer.open('Scopes');
      for (const scope of scopes) await this.#ipv6Scope(scope);
      writer.close();
    }
    writer.close();
  }

  async #ipv4Scope(scope: DhcpServerv4Scope): Promise<void> {
    const { ScopeId } = scope;
    this.#begin(ScopeId);
    this.#writer.open('Scope');
    this.#writer.leaves(fileElement('IPv4', 'Scopes', 'Scope').children, scope);
    await this.#ranges('ExclusionRanges', 'Get-DhcpServerv4ExclusionRange', { ScopeId });
    if (isAtLeast(this.#version, 6, 2)) await this.#policies({ ScopeId });
    await this.#optionValues('IPv4', { ScopeId });
    await this.#reservations('IPv4', { ScopeId });
    if (this.#leases) await this.#writeLeases('IPv4', { ScopeId, AllLeases: true });
    this.#writer.close();
    this.#scopesWritten += 1;
  }

  async #ipv6Scope(scope: DhcpServerv6Scope): Promise<void> {
    const { Prefix } = scope;
    this.#begin(Prefix);
    this.#writer.open('Scope');
    this.#writer.leaves(fileElement('IPv6', 'Scopes', 'Scope').children, scope);
    await this.#ranges('ExclusionRanges', 'Get-DhcpServerv6ExclusionRange', { Prefix });
    await this.#optionValues('IPv6', { Prefix });
    await this.#reservations('IPv6', { Prefix });
    await this.#statelessStore({ Prefix });
    if (this.#leases) await this.#writeLeases('IPv6', { Prefix });
    this.#writer.close();
    this.#scopesWritten += 1;
  }

  async #classes(family: AddressFamily): Promise<void> {
    const classes = await this.#calls.all<object>(
      family === 'IPv4' ? 'Get-DhcpServerv4Class' : 'Get-DhcpServerv6Class',
    );
    await this.#list('Classes', 'Class', classes, fileElement(family, 'Classes', 'Class').children);
  }

  async #optionDefinitions(family: AddressFamily): Promise<void> {
    const cmdlet = family === 'IPv4' ? 'Get-DhcpServerv4OptionDefinition' : 'Get-DhcpServerv6OptionDefinition';
    const definitions = await this.#calls.all<object>(cmdlet, { All: true });
    if (definitions.length === 0) return;
    const { children } = fileElement(family, 'OptionDefinitions', 'OptionDefinition');
    await this.#list('OptionDefinitions', 'OptionDefinition', definitions, children);
  }

  /** At the level that `where` says. */
  async #optionValues(family: AddressFamily, where: Parameters & { readonly PolicyName?: string }): Promise<void> {
    const cmdlet = family === 'IPv4' ? 'Get-DhcpServerv4OptionValue' : 'Get-DhcpServerv6OptionValue';
    const values = await this.#calls.all<DhcpServerv4OptionValue>(cmdlet, { ...where, All: true, Brief: true });
    // The values of policies stand with their policies.
    const own = values.filter(({ PolicyName }) => (PolicyName || undefined) === where.PolicyName);
    if (own.length === 0) return;
    const sorted = own.sort(
      (left, right) => left.OptionId - right.OptionId || compare(left.UserClass ?? '', right.UserClass ?? ''),
    );
    const { children } = fileElement(family, 'OptionValues', 'OptionValue');
    await this.#list('OptionValues', 'OptionValue', sorted, children);
  }

  async #policies(where: { readonly ScopeId?: string }): Promise<void> {
    const policies = await this.#calls.all<DhcpServerv4Policy>('Get-DhcpServerv4Policy', where);
    if (policies.length === 0) return;
    const sorted = [...policies].sort((left, right) => left.ProcessingOrder - right.ProcessingOrder);
    const { children } = fileElement('IPv4', 'Policies', 'Policy');
    this.#writer.open('Policies');
    for (const policy of sorted) {
      const { Name } = policy;
      this.#writer.open('Policy');
      const [dns] = await this.#calls.all<DhcpServerv4DnsSetting>('Get-DhcpServerv4DnsSetting', {
        ...where,
        PolicyName: Name,
      });
      const Condition = policy.Condition.toUpperCase();
      this.#writer.leaves(children, policy, { Condition, DnsSuffix: dns?.DnsSuffix || undefined });
      if (where.ScopeId !== undefined)
        await this.#ranges('IPRanges', 'Get-DhcpServerv4PolicyIPRange', { ...where, Name });
      await this.#optionValues('IPv4', { ...where, PolicyName: Name });
      this.#writer.close();
    }
    this.#writer.close();
  }

  async #ranges(name: string, cmdlet: string, parameters: Parameters): Promise<void> {
    const ranges = await this.#calls.all<object>(cmdlet, parameters);
    if (ranges.length === 0) return;
    const { children } = fileElement('IPv4', 'Scopes', 'Scope', 'ExclusionRanges', 'IPRange');
    await this.#list(name, 'IPRange', ranges, children);
  }

  async #filters(): Promise<void> {
    const { children } = fileElement('IPv4', 'Filters');
    const [state] = await this.#calls.all<DhcpServerv4FilterList>('Get-DhcpServerv4FilterList');
    this.#writer.open('Filters');
    this.#writer.leaves(children, state ?? { Allow: false, Deny: false });
    const filter = fileElement('IPv4', 'Filters', 'Filter').children;
    await this.#calls.each<object>('Get-DhcpServerv4Filter', {}, (item) => this.#item('Filter', item, filter));
    this.#writer.close();
  }

  async #statelessStore(where: Parameters): Promise<void> {
    if (!isAtLeast(this.#version, 6, 2)) return;
    const [store] = await this.#calls.all<DhcpServerv6StatelessStore>('Get-DhcpServerv6StatelessStore', where);
    if (store === undefined) return;
    this.#writer.open('StatelessStore');
    this.#writer.leaves(fileElement('IPv6', 'StatelessStore').children, store);
    this.#writer.close();
  }

  async #reservations(family: AddressFamily, where: Parameters): Promise<void> {
    const cmdlet = family === 'IPv4' ? 'Get-DhcpServerv4Reservation' : 'Get-DhcpServerv6Reservation';
    const reservations = await this.#calls.all<{ readonly IPAddress: string }>(cmdlet, where);
    if (reservations.length === 0) return;
    const { children } = fileElement(family, 'Scopes', 'Scope', 'Reservations', 'Reservation');
    this.#writer.open('Reservations');
    for (const reservation of reservations) {
      this.#writer.open('Reservation');
      this.#writer.leaves(children, reservation);
      await this.#optionValues(family, { ReservedIP: reservation.IPAddress });
      this.#writer.close();
      await this.#writer.flush();
    }
    this.#writer.close();
  }

  /** As they come: the server waits while the file is behind. */
  async #writeLeases(family: AddressFamily, parameters: Parameters): Promise<void> {
    const { children } = fileElement(family, 'Scopes', 'Scope', 'Leases', 'Lease');
    this.#writer.open('Leases');
    const cmdlet = family === 'IPv4' ? 'Get-DhcpServerv4Lease' : 'Get-DhcpServerv6Lease';
    await this.#calls.each<object>(cmdlet, parameters, (lease) => {
      this.#leasesWritten += 1;
      if (this.#leasesWritten % TOLD_EVERY === 0) this.#progress('leases');
      return this.#item('Lease', lease, children);
    });
    this.#writer.close();
  }

  async #list(name: string, itemName: string, items: readonly object[], children: Children): Promise<void> {
    this.#writer.open(name);
    for (const item of items) await this.#item(itemName, item, children);
    this.#writer.close();
  }

  #item(name: string, item: object, children: Children): Promise<void> | undefined {
    this.#writer.open(name);
    this.#writer.leaves(children, item);
    this.#writer.close();
    return this.#writer.flush();
  }

  #begin(scope: string): void {
    this.#calls.context.verbose(`Exporting scope ${scope} from server ${this.#calls.server}.`);
    this.#progress(`scope ${scope}`);
  }

  #progress(currentOperation: string): void {
    this.#calls.context.progress({
      activity: `Export of ${this.#calls.server}`,
      currentOperation,
      statusDescription: `${this.#scopesWritten} of ${this.#scopes} scopes, ${this.#leasesWritten} leases`,
      percentComplete: Math.floor((100 * this.#scopesWritten) / this.#scopes),
      secondsRemaining: undefined,
    });
  }
}

type Children = ReturnType<typeof fileElement>['children'];

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
