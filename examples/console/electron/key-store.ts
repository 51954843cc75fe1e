import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SafeStorage } from 'electron';
import type { Logon } from '../bridge.js';

/** A logon as main keeps it. */
export interface KeptLogon {
  readonly account: string;
  readonly logon: Logon;
  readonly password: string;
  /** It is shown to no other one. */
  readonly servers: readonly string[];
}

type Store = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

const LOGONS: readonly Logon[] = ['CredSsp', 'Kerberos', 'Negotiate'];
/** Backends of Linux that keep the key where everybody finds it, or nobody knows where. */
const UNREAL: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

/** Remembers a logon, encrypted by the system's key store; where that is none, nothing is remembered. */
export class ElectronKeyStore {
  readonly #store: Store;
  readonly #file: string;
  readonly #platform: string;

  constructor(store: Store, file: string, platform: string) {
    this.#store = store;
    this.#file = file;
    this.#platform = platform;
  }

  async canRemember(): Promise<boolean> {
    if (this.#platform === 'linux' && UNREAL.has(this.#store.getSelectedStorageBackend())) return false;
    return await this.#store.isAsyncEncryptionAvailable().catch(() => false);
  }

  async save(kept: KeptLogon): Promise<void> {
    if (!(await this.canRemember())) return;
    const { account, logon, password, servers } = kept;
    const encrypted = await this.#store.encryptStringAsync(JSON.stringify({ account, logon, password, servers }));
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    await writeFile(`${this.#file}.unfinished`, encrypted, { mode: 0o600 });
    await rename(`${this.#file}.unfinished`, this.#file);
  }

  /** Undefined where nothing is kept, or what is kept cannot be read any more. */
  async load(): Promise<KeptLogon | undefined> {
    if (!(await this.canRemember())) return undefined;
    try {
      const { result, shouldReEncrypt } = await this.#store.decryptStringAsync(await readFile(this.#file));
      const found = Object(JSON.parse(result)) as { readonly [N in keyof KeptLogon]?: unknown };
      const { account, logon, password, servers } = found;
      const known = LOGONS.find((one) => one === logon);
      if (typeof account !== 'string' || typeof password !== 'string' || known === undefined) return undefined;
      if (!Array.isArray(servers) || !servers.every((one) => typeof one === 'string')) return undefined;
      const kept = { account, logon: known, password, servers };
      if (shouldReEncrypt) await this.save(kept);
      return kept;
    } catch {
      return undefined;
    }
  }

  async forget(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}
