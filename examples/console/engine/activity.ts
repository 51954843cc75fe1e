import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedConfiguration } from 'cimlet/pairs';
import type { ActivityRow, Change } from '../bridge.js';

export const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
const FILE = 'activity.json';
const MOST = 5000;

/** One entry, and what it took from servers, which goes back by a plan. */
export interface Entry {
  readonly row: ActivityRow;
  readonly saved: readonly SavedConfiguration[];
  /** Changes that undo it, where it is a setting. */
  readonly undo: readonly Change[];
}

/** What this console did, and the states it saw. Kept 30 days in the user's folder, readable by its owner alone. No secret is ever in it. */
export class Activity {
  readonly #folder: string | null;
  readonly #now: () => number;
  #entries: Entry[];
  #writing: Promise<void> = Promise.resolve();

  private constructor(folder: string | null, now: () => number, entries: readonly Entry[]) {
    this.#folder = folder;
    this.#now = now;
    this.#entries = [...entries];
  }

  static async of(folder: string | null, now: () => number): Promise<Activity> {
    return new Activity(folder, now, folder === null ? [] : await entriesOf(join(folder, FILE)));
  }

  /** The newest first. */
  get entries(): readonly Entry[] {
    this.#forgetOld();
    return [...this.#entries].reverse();
  }

  find(id: string): Entry | undefined {
    this.#forgetOld();
    return this.#entries.find(({ row }) => row.id === id);
  }

  /** Keeps an entry, or another version of one. */
  add(
    row: Omit<ActivityRow, 'id' | 'at' | 'putBackBy'>,
    more: Partial<Omit<Entry, 'row'>> = {},
    id: string = randomUUID(),
  ): string {
    const before = this.find(id);
    const at = before?.row.at ?? new Date(this.#now()).toISOString();
    const entry: Entry = {
      row: { ...row, id, at, putBackBy: before?.row.putBackBy ?? null },
      saved: more.saved ?? before?.saved ?? [],
      undo: more.undo ?? before?.undo ?? [],
    };
    if (before === undefined) this.#entries.push(entry);
    else this.#entries = this.#entries.map((one) => (one === before ? entry : one));
    this.#write();
    return id;
  }

  /** It was put back by another one. */
  markPutBack(id: string, by: string): void {
    this.#entries = this.#entries.map((one) =>
      one.row.id === id ? { ...one, row: { ...one.row, putBackBy: by, canPutBack: false } } : one,
    );
    this.#write();
  }

  /** Ends when all is on the disk. */
  async written(): Promise<void> {
    await this.#writing;
  }

  #forgetOld(): void {
    const oldest = new Date(this.#now() - KEPT_DAYS * DAY_MS).toISOString();
    this.#entries = this.#entries.filter(({ row }) => row.at >= oldest).slice(-MOST);
  }

  #write(): void {
    this.#forgetOld();
    const folder = this.#folder;
    if (folder === null) return;
    this.#writing = this.#writing.then(async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, FILE);
      await writeFile(`${file}.unfinished`, JSON.stringify(this.#entries), { mode: 0o600 });
      await rename(`${file}.unfinished`, file);
    });
    // A full disk does not stop the work; `written` tells of it.
    this.#writing.catch(() => undefined);
  }
}

/** A file that is not ours, or torn, counts as empty. */
async function entriesOf(file: string): Promise<readonly Entry[]> {
  try {
    const found: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(found) ? found.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  const { row, saved, undo } = Object(value) as {
    readonly row?: unknown;
    readonly saved?: unknown;
    readonly undo?: unknown;
  };
  const { id, at } = Object(row) as { readonly id?: unknown; readonly at?: unknown };
  return typeof id === 'string' && typeof at === 'string' && Array.isArray(saved) && Array.isArray(undo);
}
