import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SafeStorage } from 'electron';
import { ElectronKeyStore } from '../../../examples/console/electron/key-store.js';

type Store = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;
type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>;

const CANARY = 'canary-password-91c';
const KEPT = { account: 'CONTOSO\\dhcpadmin', logon: 'CredSsp', password: CANARY, servers: ['dhcp-a'] } as const;

/** As Electron's, with a cipher that is none, but shows no plain text. */
function storeOf(backend: Backend, isAvailable: boolean | Error): Store & { encrypted: number } {
  const turned = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xa5));
  const store = {
    encrypted: 0,
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: async () => {
      if (isAvailable instanceof Error) throw isAvailable;
      return isAvailable;
    },
    encryptStringAsync: async (text: string) => {
      store.encrypted += 1;
      return turned(Buffer.from(text));
    },
    decryptStringAsync: async (bytes: Buffer) => ({
      shouldReEncrypt: store.encrypted === 1,
      result: turned(bytes).toString(),
    }),
  };
  return store;
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimlet-console-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('rule 9: the key store', () => {
  it.each<[string, Backend, boolean | Error, string]>([
    ['the backend is basic_text', 'basic_text', true, 'linux'],
    ['the backend is not known', 'unknown', true, 'linux'],
    ['there is no encryption', 'gnome_libsecret', false, 'linux'],
    ['Windows has no key', 'unknown', false, 'win32'],
    ['asking fails', 'kwallet6', new Error('no bus'), 'linux'],
  ])('rule 9: nothing is offered, and nothing written, where %s', async (_, backend, isAvailable, platform) => {
    const keyStore = new ElectronKeyStore(storeOf(backend, isAvailable), join(folder, 'logon'), platform);
    expect(await keyStore.canRemember()).toBe(false);
    await keyStore.save(KEPT);
    expect([await keyStore.load(), readdirSync(folder)]).toEqual([undefined, []]);
  });

  it.each<[string, Backend, string]>([
    ['libsecret', 'gnome_libsecret', 'linux'],
    ['the keychain', 'unknown', 'darwin'],
    ['Windows', 'unknown', 'win32'],
  ])(
    'rule 9: with %s it is kept, readable by the owner alone, and the file has no canary',
    async (_, backend, platform) => {
      const file = join(folder, 'deep', 'logon');
      const store = storeOf(backend, true);
      const keyStore = new ElectronKeyStore(store, file, platform);
      await keyStore.save(KEPT);
      expect(readFileSync(file).includes(CANARY)).toBe(false);
      expect(readFileSync(file, 'latin1')).not.toContain('dhcpadmin');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(await keyStore.load()).toEqual(KEPT);
      // The key was rotated: it is written anew.
      expect(store.encrypted).toBe(2);
      await keyStore.forget();
      expect([await keyStore.load(), readdirSync(join(folder, 'deep'))]).toEqual([undefined, []]);
    },
  );

  it('rule 9: what cannot be read any more is nothing, and neither is a logon that does not say for which servers', async () => {
    const file = join(folder, 'logon');
    const { servers, ...older } = KEPT;
    await new ElectronKeyStore(storeOf('kwallet6', true), file, 'linux').save({
      ...older,
      servers: undefined as never,
    });
    expect(await new ElectronKeyStore(storeOf('kwallet6', true), file, 'linux').load()).toBeUndefined();
    expect(servers).toEqual(['dhcp-a']);
    await new ElectronKeyStore(storeOf('kwallet6', true), file, 'linux').save({ ...KEPT, logon: 'Other' as 'CredSsp' });
    expect(await new ElectronKeyStore(storeOf('kwallet6', true), file, 'linux').load()).toBeUndefined();
  });
});
