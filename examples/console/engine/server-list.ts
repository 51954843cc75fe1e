import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Results, ServerRow } from '../bridge.js';
import { partnerProblem } from '../fields.js';

const FILE = 'servers.json';
const MOST = 10_000;

/** The servers that this console looks after, in the order in which they were added; kept in the user's folder. */
export class ServerList {
  #folder: string | null;
  #rows: readonly ServerRow[];

  constructor(folder: string | null, rows: readonly ServerRow[]) {
    this.#folder = folder;
    this.#rows = rows;
  }

  /** The list of a folder; what stands there and is no list counts as none. */
  static async of(folder: string | null): Promise<ServerList> {
    if (folder === null) return new ServerList(null, []);
    const text = await readFile(join(folder, FILE), 'utf8').catch(() => '[]');
    try {
      const found: unknown = JSON.parse(text);
      return new ServerList(folder, Array.isArray(found) ? found.filter(isRow).slice(0, MOST) : []);
    } catch {
      return new ServerList(folder, []);
    }
  }

  /** From now on nothing is written: a lab has servers that are not the user's. */
  forgetFolder(): void {
    this.#folder = null;
  }

  get rows(): readonly ServerRow[] {
    return this.#rows;
  }

  get names(): string[] {
    return this.#rows.map(({ server }) => server);
  }

  /** By its whole name. A short form would do for a reader, and not for a credential: `dhcp-a` is another computer in another domain. */
  has(server: string): boolean {
    return this.#rows.some((row) => sameName(row.server, server));
  }

  siteOf(server: string): string | null {
    return this.#rows.find((row) => sameName(row.server, server))?.site ?? null;
  }

  /** The name in the list that means this server: the same one, or one of the two is the short form of the other. */
  nameOf(server: string): string | undefined {
    return this.names.find((name) => sameName(name, server)) ?? this.names.find((name) => isShortOf(name, server));
  }

  /** Those of the list among these; all of it for null. What is not in the list is not asked. */
  chosen(servers: readonly string[] | null): string[] {
    if (servers === null) return this.names;
    const wanted = new Set(servers.map((name) => name.toLowerCase()));
    return this.names.filter((name) => wanted.has(name.toLowerCase()));
  }

  async add(text: string): Promise<Results['servers']> {
    const added: string[] = [];
    const refused: { text: string; why: string }[] = [];
    const rows = [...this.#rows];
    for (const line of text.split(/[\r\n]+/)) {
      const [names = '', ...comment] = line.split('#');
      const site = comment.join('#').trim() || null;
      for (const name of names.split(/[\s,;]+/).filter((one) => one !== '')) {
        const why = rows.length >= MOST ? `The list holds ${MOST} servers.` : partnerProblem(name, '');
        if (why !== null) refused.push({ text: name.slice(0, 200), why });
        else if (!rows.some((row) => sameName(row.server, name))) {
          rows.push({ server: name, site });
          added.push(name);
        }
      }
    }
    if (added.length > 0) await this.#keep(rows);
    return { added, refused };
  }

  async remove(servers: readonly string[]): Promise<void> {
    const gone = new Set(servers.map((name) => name.toLowerCase()));
    const rows = this.#rows.filter(({ server }) => !gone.has(server.toLowerCase()));
    if (rows.length < this.#rows.length) await this.#keep(rows);
  }

  async #keep(rows: readonly ServerRow[]): Promise<void> {
    this.#rows = rows;
    if (this.#folder === null) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = join(this.#folder, FILE);
    await writeFile(`${file}.unfinished`, `${JSON.stringify(rows, null, 1)}\n`, { mode: 0o600 });
    await rename(`${file}.unfinished`, file);
  }
}

export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** `dhcp-a` and `dhcp-a.contoso.com`; of addresses only equal ones. */
function isShortOf(one: string, other: string): boolean {
  if (/^[\d.]+$/.test(one) || /^[\d.]+$/.test(other)) return false;
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a.split('.')[0] === b.split('.')[0] && (a.startsWith(`${b}.`) || b.startsWith(`${a}.`));
}

function isRow(value: unknown): value is ServerRow {
  const { server, site } = Object(value) as { readonly server?: unknown; readonly site?: unknown };
  return (
    typeof server === 'string' && partnerProblem(server, '') === null && (site === null || typeof site === 'string')
  );
}
