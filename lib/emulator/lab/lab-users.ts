import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Secret } from '../../base/secret.js';
import type { DhcpServer } from '../dhcp/dhcp-server.js';
import type { ServerAccess } from '../dhcp/provider/provider-context.js';
import type { UserDescription } from './lab-description.js';

/** An account of the lab. */
export interface LabUser {
  /** As described: `CONTOSO\\dhcpadmin`. */
  readonly userName: string;
  readonly password: Secret;
  accessTo(server: DhcpServer): ServerAccess;
  readonly changesDirectory: boolean;
}

/** The accounts of a lab, found by `DOMAIN\user`, `user@realm`, or user and domain apart, in any case. */
export class LabUsers {
  readonly #users = new Map<string, LabUser>();
  readonly #tried = new Map<string, number>();

  constructor(descriptions: readonly UserDescription[]) {
    for (const description of descriptions) this.#users.set(keyOf(description.userName), labUser(description));
  }

  get all(): readonly LabUser[] {
    return [...this.#users.values()];
  }

  find(userName: string, domain = ''): LabUser | undefined {
    const qualified = domain === '' ? userName : `${domain}\\${userName}`;
    return this.#users.get(keyOf(qualified));
  }

  /**
   * How many times a password was tried for an account at the lab's servers, right or wrong, which is what a domain locks accounts by: by NTLM,
   * within Negotiate and CredSSP as well, and by Basic with every request. Also of accounts that the lab does not have.
   */
  logons(userName: string): number {
    return this.#tried.get(keyOf(userName)) ?? 0;
  }

  /** @internal The account whose password somebody is trying. */
  tried(userName: string, domain = ''): LabUser | undefined {
    const key = keyOf(domain === '' ? userName : `${domain}\\${userName}`);
    this.#tried.set(key, (this.#tried.get(key) ?? 0) + 1);
    return this.#users.get(key);
  }

  /** The account, when the password is its own. */
  authenticate(userName: string, password: string): LabUser | undefined {
    const user = this.tried(userName);
    return user !== undefined && sameText(user.password.reveal(), password) ? user : undefined;
  }
}

/** Domain and user in lower case; a DNS domain counts by its first label, as `contoso.com` and `CONTOSO` are one domain here. */
function keyOf(userName: string): string {
  const lower = userName.toLowerCase();
  const at = lower.lastIndexOf('@');
  const [domain = '', user = ''] = lower.includes('\\')
    ? lower.split('\\', 2)
    : at > 0
      ? [lower.slice(at + 1), lower.slice(0, at)]
      : ['', lower];
  const netbios = domain === '.' ? '' : (domain.split('.')[0] ?? '');
  return `${netbios}\\${user}`;
}

function labUser(description: UserDescription): LabUser {
  const accessTo = new Map(
    Object.entries(description.accessTo ?? {}).map(([name, access]) => [name.toLowerCase(), access]),
  );
  return {
    userName: description.userName,
    password: new Secret(description.password ?? randomPassword()),
    changesDirectory: description.changesDirectory ?? (description.access ?? 'administrator') === 'administrator',
    accessTo: (server) => accessTo.get(server.name.toLowerCase()) ?? description.access ?? 'administrator',
  };
}

/** 20 letters, digits, - and _, which no shell takes for something else. */
function randomPassword(): string {
  return randomBytes(15).toString('base64url');
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
