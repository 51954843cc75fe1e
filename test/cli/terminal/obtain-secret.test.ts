import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { obtainSecret } from '../../../lib/cli/terminal/obtain-secret.js';
import { TerminalInput } from '../../../lib/cli/terminal/terminal-input.js';
import { commandIo } from '../command-io.js';

const PASSWORD = { kind: 'password', of: 'me', env: undefined, stdin: false } as const;

/** A terminal whose user has typed this ahead; `events` has in order what happened to it. */
function typedAhead(typed: string) {
  const events: string[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (on: boolean) => events.push(on ? 'hidden' : 'shown'),
  });
  const stderr = new PassThrough();
  stderr.on('data', (chunk: Buffer) => events.push(chunk.toString()));
  stdin.write(typed);
  const { io } = commandIo();
  return { io: { ...io, stdin, stderr }, input: new TerminalInput(stdin), events };
}

describe('a secret that is asked for on the terminal', () => {
  it('is asked for when what is typed is shown no longer', async () => {
    const { io, input, events } = typedAhead('hunter2\r');
    const secret = await obtainSecret(PASSWORD, io, input);
    expect(secret.reveal()).toBe('hunter2');
    expect(events).toEqual(['hidden', 'Password for me: ', 'shown', '\n']);
  });

  it('of a proxy names the one option that it has', async () => {
    const { io } = commandIo();
    const asked = obtainSecret({ ...PASSWORD, kind: 'proxy-password' }, io, new TerminalInput(io.stdin));
    await expect(asked).rejects.toMatchObject({
      message: 'The password of me is needed, and standard input is not a terminal to ask on.',
      hint: 'Give --proxy-password-env VAR.',
    });
  });
});
