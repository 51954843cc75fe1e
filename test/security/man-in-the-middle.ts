import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import type { Emulator } from '../../lib/emulator/emulator.js';
import { REPLY_CHANGES } from './reply-changes.js';
import { type Response, TamperingProxy } from './tampering-proxy.js';
import { isSealed, scopesOf, sessionThrough } from './under-attack.js';

/** What is not sealed in a reply may change without harm: its content is the server's all the same. */
const HARMLESS: ReadonlySet<string> = new Set(['status 202', 'another charset']);

/** Each logon, with what names the account, and each change of a man in the middle to a sealed reply. */
export function describeManInTheMiddle(
  logons: readonly (readonly [string, (emulator: Emulator) => CimSessionOptions])[],
  start: () => Promise<Emulator>,
): void {
  describe.each(logons)('a sealed reply over http, %s', (scheme, options) => {
    let emulator: Emulator;
    let proxy: TamperingProxy;
    let honest: unknown;

    beforeAll(async () => {
      emulator = await start();
      const [server] = emulator.servers;
      if (server === undefined) throw new Error('The lab has no server.');
      proxy = await TamperingProxy.open(server.http);
      await using session = await open();
      honest = await scopesOf(session);
      expect(honest).toMatchObject({ scopes: expect.stringContaining('10.') });
    });
    afterAll(async () => {
      await proxy[Symbol.asyncDispose]();
      await emulator.close();
    });

    const open = () => sessionThrough(proxy, emulator.servers[0]?.name ?? '', options(emulator));

    it.each(Object.entries(REPLY_CHANGES))('is never taken with other content: %s', async (name, change) => {
      await using session = await open();
      // The first call fetches the class, and its replies are what a later one may be replaced by.
      let earlier: Response | undefined;
      proxy.arm((response) => {
        if (isSealed(response)) earlier = response;
        return undefined;
      });
      expect(await scopesOf(session)).toEqual(honest);
      let changed = 0;
      proxy.arm((response) => {
        if (changed > 0 || !isSealed(response)) return undefined;
        changed++;
        return change(response, earlier);
      });
      const got = await scopesOf(session);
      expect(changed).toBe(1);
      // CredSSP's records hold their own proof; the length before them is only said.
      const mayPass = HARMLESS.has(name) || (scheme === 'CredSsp' && name === 'no signature');
      if (mayPass) expect([honest, { refused: expect.any(String) }]).toContainEqual(got);
      else expect(got).toEqual({ refused: expect.stringMatching(/^ERR_/) });
    });
  });
}
