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
}

/** The accounts of a lab, found by `DOMAIN\user`, `user@realm`, or user and domain apart, in any case. */
export class LabUsers {
  readonly #users = new Map<string, LabUser>();

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

  /** The account, when the password is its own. */
  authenticate(userName: string, password: string): LabUser | undefined {
    const user = this.find(userName);
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
