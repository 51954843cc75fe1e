import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { CommandIo } from '../../../lib/cli/terminal/command-io.js';
import { writeText } from '../../../lib/cli/terminal/command-io.js';
import { ProgressLine } from '../../../lib/cli/terminal/progress.js';
import { TerminalHost } from '../../../lib/cli/terminal/terminal-host.js';
import { TerminalInput } from '../../../lib/cli/terminal/terminal-input.js';
import type { ConfirmationPrompt } from '../../../lib/cmdlet/contract/host.js';

const PROMPT: ConfirmationPrompt = {
  kind: 'critical',
  caption: 'Confirm',
  message: 'Go on?',
  choices: ['yes', 'yesToAll', 'no', 'noToAll'],
  defaultChoice: 'yes',
  cmdlet: 'Add-DhcpServerv4Failover',
  computerName: 'dhcpserver',
};

function terminal(answers: string, suspend?: () => void) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = new PassThrough();
  stdin.end(answers);
  const io: CommandIo = {
    stdin,
    stdout: new PassThrough(),
    stderr,
    env: {},
    signal: new AbortController().signal,
    ...(suspend === undefined ? {} : { suspend }),
  };
  return { host: new TerminalHost(io, new TerminalInput(stdin)), text: () => String(stderr.read() ?? '') };
}

describe('TerminalHost', () => {
  it.each([
    ['\n', 'yes'],
    ['y\n', 'yes'],
    ['A\r\n', 'yesToAll'],
    ['no\n', 'no'],
    ['No to All\n', 'noToAll'],
    ['maybe\n?\nL\n', 'noToAll'],
  ] as const)('takes %j as %s', async (answers, expected) => {
    await expect(terminal(answers).host.confirm(PROMPT)).resolves.toBe(expected);
  });

  it('shows only the choices that the question has', async () => {
    const { host, text } = terminal('y\n');
    await host.confirm({ ...PROMPT, choices: ['yes', 'no'], defaultChoice: 'no' });
    expect(text()).toBe('\nConfirm\nGo on?\n[Y] Yes  [N] No  [?] Help (default is "N"): ');
  });

  it('suspends and asks again', async () => {
    let suspended = 0;
    const { host } = terminal('s\nn\n', () => {
      suspended += 1;
    });
    await expect(host.confirm(PROMPT)).resolves.toBe('no');
    expect(suspended).toBe(1);
  });

  it('stops the call when nobody answers', async () => {
    await expect(terminal('').host.confirm(PROMPT)).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  });

  it('keeps later answers for later questions', async () => {
    const { host } = terminal('n\ny\n');
    await expect(host.confirm(PROMPT)).resolves.toBe('no');
    await expect(host.confirm(PROMPT)).resolves.toBe('yes');
  });
});

describe('TerminalInput', () => {
  const inputOf = (...chunks: (string | Buffer)[]) => {
    const source = new PassThrough();
    for (const chunk of chunks) source.write(chunk);
    source.end();
    return new TerminalInput(source);
  };

  it('reads lines whatever their ends and however they are cut', async () => {
    const euro = Buffer.from('€uro');
    const input = inputOf('a\r', '\nb\n', euro.subarray(0, 1), euro.subarray(1), '\nlast');
    const lines = [];
    for (let line = await input.readLine(); line !== undefined; line = await input.readLine()) lines.push(line);
    expect(lines).toEqual(['a', 'b', '€uro', 'last']);
  });

  it('reads UTF-16 by its mark, and no mark as a part of the first line', async () => {
    const text = Buffer.from('\uFEFFGet-DhcpServerVersion\r\n€', 'utf16le');
    const input = inputOf(text.subarray(0, 1), text.subarray(1, 4), text.subarray(4));
    expect([await input.readLine(), await input.readLine()]).toEqual(['Get-DhcpServerVersion', '€']);
    expect(await inputOf(Buffer.from('\uFEFFa\n')).readLine()).toBe('a');
  });

  it.each([
    ['secret\r', 'secret'],
    ['secrex\u007ft\n', 'secret'],
    ['wrong\u0015secret\r', 'secret'],
    ['p\u{1F600}\u007f\r', 'p'],
    ['abc\u0003', undefined],
    ['\u0004', undefined],
  ])('edits the hidden line %j', async (typed, expected) => {
    const raw: boolean[] = [];
    const source = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => raw.push(on) });
    source.end(typed);
    await expect(new TerminalInput(source).readSecret()).resolves.toBe(expected);
    expect(raw).toEqual([true, false]);
  });

  it('stops waiting when its signal aborts, and leaves no listener behind', async () => {
    const source = new PassThrough();
    const controller = new AbortController();
    const reading = new TerminalInput(source).readLine(controller.signal);
    controller.abort();
    await expect(reading).resolves.toBeUndefined();
    expect(source.listenerCount('data')).toBe(0);
  });
});

describe('ProgressLine', () => {
  const event = { activity: 'Get-X', completed: 50, failed: 3, total: 200, percentComplete: 25, computerName: 'a' };

  function sink(isTTY: boolean) {
    const written: string[] = [];
    const stream = new PassThrough();
    stream.on('data', (chunk: Buffer) => written.push(String(chunk)));
    return { stream: Object.assign(stream, { isTTY, columns: 80 }), written };
  }

  it('says how far the call is, within the width of the terminal', () => {
    const shown = (columns: number) => {
      const { stream, written } = sink(true);
      new ProgressLine(Object.assign(stream, { columns })).update(event);
      return written.join('');
    };
    expect(shown(80)).toBe('\r\u001b[KGet-X [#####               ] 50 of 200, 3 failed');
    expect(shown(10)).toBe('\r\u001b[KGet-X [##');
    // A terminal that does not say how wide it is.
    expect(shown(0)).toBe(shown(80));
  });

  it('says what a server tells of its work on one computer, and obeys none of its controls', () => {
    const operation = {
      activity: 'Replicating',
      currentOperation: '',
      statusDescription: '10.20.20.0\u001b[2J\n',
      percentComplete: 50,
      secondsRemaining: 12,
    };
    const { stream, written } = sink(true);
    const one = { ...event, total: 1, completed: 0, failed: 0, activity: 'Replicating' };
    new ProgressLine(stream).update({ ...one, operation });
    new ProgressLine(stream).update({ ...one, operation: { ...operation, percentComplete: undefined } });
    expect(written).toEqual([
      '\r\u001b[KReplicating [##########          ] 50 % 10.20.20.0\\u001b[2J , 12 s left',
      '\r\u001b[KReplicating 10.20.20.0\\u001b[2J , 12 s left',
    ]);
  });

  it('is shown on a terminal only, not too often, and taken away', () => {
    let now = 0;
    const shown = sink(true);
    const line = new ProgressLine(shown.stream, () => now);
    line.update(event);
    line.update(event);
    expect(shown.written).toHaveLength(1);
    now = 1000;
    line.update(event);
    line.clear();
    line.clear();
    expect(shown.written).toHaveLength(3);
    expect(shown.written[2]).toBe('\r\u001b[K');
    const hidden = sink(false);
    new ProgressLine(hidden.stream).update(event);
    new ProgressLine(sink(true).stream).update({ ...event, total: 1 });
    expect(hidden.written).toEqual([]);
  });
});

describe('writeText', () => {
  it('waits for a slow reader, and says when it has gone', async () => {
    const slow = new PassThrough({ highWaterMark: 1 });
    const writing = writeText(slow, 'much text');
    slow.resume();
    await expect(writing).resolves.toBe(true);
    const gone = new PassThrough({ highWaterMark: 1 });
    const blocked = writeText(gone, 'much text');
    gone.destroy();
    await expect(blocked).resolves.toBe(false);
    await expect(writeText(gone, 'more')).resolves.toBe(false);
  });
});
