import type { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { CimInput } from '../../lib/cim/value/cim-input.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import { defaultLabDescription, type LabDescription } from '../../lib/emulator/lab/lab-description.js';
import type { Caller } from '../../lib/emulator/request/request-handler.js';
import { propertiesOf } from '../support/values-of.js';
import { call } from './call.js';

export const A = 'dhcpserver.contoso.com';
export const B = 'dhcpserver2.contoso.com';
/** A server beside the pair. */
export const THIRD = 'third.contoso.com';
export const SCOPES = ['10.10.10.0', '10.20.20.0'];
export const NAME = 'SFO-SIN-Failover';

export type Parameters = Readonly<Record<string, CimInput | undefined>>;

/** What a call gave, in short. */
export interface Outcome {
  readonly output: readonly CimValue[];
  /** `DHCP 20114` and so on, in order. */
  readonly ids: readonly string[];
  readonly messages: readonly string[];
  readonly errors: readonly CimInstance[];
}

/** The default lab on a clock that stands still, and short ways to its methods. */
export class Pair {
  readonly lab: Lab;

  constructor(description: LabDescription = {}) {
    const merged = { ...defaultLabDescription, now: Date.UTC(2026, 10, 24), ...description };
    const third = { name: THIRD, address: '10.10.10.4' };
    this.lab = createLab({ ...merged, servers: [...(merged.servers ?? []), third] }, { follow: null });
  }

  async call(server: string, method: string, parameters: Parameters = {}, caller?: Partial<Caller>): Promise<Outcome> {
    const { output, errors, fault } = await call(this.lab.transport(server, caller), method, parameters);
    if (fault !== undefined && errors.length === 0) throw new Error(`Fault without error instance: ${method}`);
    return {
      output,
      errors,
      ids: errors.map((error) => String(propertiesOf(error)['MessageID'])),
      messages: errors.map((error) => String(propertiesOf(error)['Message'])),
    };
  }

  add(parameters: Parameters = {}, server = A): Promise<Outcome> {
    const hotStandby = 'ReservePercent' in parameters || 'ServerRole' in parameters;
    return this.call(server, `PS_DhcpServerv4Failover.AddBy${hotStandby ? 'HotStandby' : 'LoadBalance'}`, {
      Name: NAME,
      PartnerServer: B,
      ScopeId: SCOPES,
      ...parameters,
    });
  }

  set(parameters: Parameters, server = A): Promise<Outcome> {
    return this.call(server, 'PS_DhcpServerv4Failover.Set', { Name: NAME, ...parameters });
  }

  /** The relationships of a server, as Get shows them to its administrator. */
  async relationships(server: string): Promise<Record<string, CimValue>[]> {
    const { output } = await this.call(server, 'PS_DhcpServerv4Failover.GetByName');
    return output.map((instance) => ({ ...propertiesOf(instance as CimInstance) }));
  }

  async relationship(server: string): Promise<Record<string, CimValue>> {
    const [first] = await this.relationships(server);
    if (first === undefined) throw new Error(`${server} has no relationship.`);
    return first;
  }

  /** The state of the one relationship on both servers. */
  states(): [string, string] {
    const state = (name: string) => [...this.lab.server(name).relationships.values()][0]?.state ?? '(none)';
    return [state(A), state(B)];
  }

  /** Everything that both servers hold, to see whether anything changed. */
  snapshot(): string {
    return JSON.stringify(this.lab.save().servers);
  }
}

export const hours = (count: number): number => count * 3_600_000;
export const minutes = (count: number): number => count * 60_000;
export const seconds = (count: number): number => count * 1000;
