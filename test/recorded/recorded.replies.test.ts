import { afterAll, expect, test } from '@jest/globals';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import { describeWithFolder, readReplies } from './recordings.js';
import { PASSWORD, ReplayServer, USER_NAME } from './replay-server.js';
import { Replay, replayAll } from './replays.js';
import { isSealed, REPLY_FORMS } from './reply-forms.js';

describeWithFolder('CIMLET_RECORDED', 'Recorded replies of real servers', (folder) => {
  const replays = readReplies(folder).map((reply) => new Replay(reply));
  const sources = [...new Set(replays.map(({ reply }) => reply.source))];

  let checks = 0;
  let failed = 0;

  afterAll(() => {
    process.stderr.write(`recorded replies: ${replays.length}, ${checks} comparisons, ${failed} differences\n`);
  });

  test.each(REPLY_FORMS.flatMap((form) => sources.map((source) => ({ form, source }))))(
    'of $source, $form, are read as another reader reads them',
    async ({ form, source }) => {
      await using server = new ReplayServer(form);
      const port = await server.listen();
      await using session = await newCimSession('recorded.example', {
        connectTo: { host: '127.0.0.1', port },
        credential: { userName: USER_NAME, password: PASSWORD },
        operationTimeoutMs: 30_000,
        maxConnections: 1,
        ...(isSealed(form)
          ? { authentication: 'Ntlm' as const }
          : { authentication: 'Basic' as const, allowUnencrypted: true }),
      });
      const differences: string[] = [];
      let count = 0;
      for (const replay of replays) {
        if (replay.reply.source !== source) continue;
        // Each byte of it costs a turn; the ways to read the same elements are tried in the other forms.
        const most = form === 'byte by byte' ? 1 : undefined;
        for (const { what, difference } of await replayAll(session, server, replay, most)) {
          count++;
          if (difference !== undefined) differences.push(`${replay.reply.file}, ${what}: ${difference}`);
        }
      }
      checks += count;
      failed += differences.length;
      expect(count).toBeGreaterThan(0);
      expect(differences).toEqual([]);
    },
  );
});
