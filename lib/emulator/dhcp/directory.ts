import type { DhcpServer } from './dhcp-server.js';

/** An address entry of a server that may serve. */
export interface AuthorisedServer {
  readonly dnsName: string;
  readonly ipAddress: string;
}

/** The list of authorised DHCP servers: one for the whole lab, as Active Directory has one for a forest (MS-DHCPE 7). */
export class ServerDirectory {
  #servers: readonly AuthorisedServer[];

  constructor(servers: readonly AuthorisedServer[]) {
    this.#servers = servers;
  }

  get servers(): readonly AuthorisedServer[] {
    return this.#servers;
  }

  add(server: AuthorisedServer): void {
    this.#servers = [...this.#servers, server];
  }

  remove(server: AuthorisedServer): void {
    this.#servers = this.#servers.filter((one) => one !== server);
  }

  /** A server looks itself up by address or name. */
  isAuthorised({ name, address }: DhcpServer): boolean {
    return this.#servers.some(
      ({ dnsName, ipAddress }) => ipAddress === address || dnsName.toLowerCase() === name.toLowerCase(),
    );
  }
}
