import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { cimCmdletDefinitions } from '../../lib/cim-cmdlets/index.js';
import { openLabSessions } from '../../lib/cli/sessions/lab-sessions.js';
import type { Cmdlet } from '../../lib/cmdlet/contract/cmdlet.js';
import { cmdletDefinitions } from '../../lib/dhcp-server/index.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import { SERVE_LIMITS, type ServeLimits } from '../../lib/serve/line/protocol.js';
import { serve } from '../../lib/serve/serve.js';

/** One line from the process. */
export interface Reply {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
}

/** `cimlet serve` in the test's own process, over streams, with a lab of its own. */
export interface ServeHarness extends AsyncDisposable {
  readonly lab: Lab;
  readonly replies: readonly Reply[];
  readonly code: Promise<number>;
  send(...messages: readonly (object | string)[]): void;
  /** Resolves with all lines of this call when its last has come. */
  ended(id: string): Promise<readonly Reply[]>;
  /** Resolves with the first line of this kind, at once if it has come. */
  reply(id: string, kind: string): Promise<Reply>;
  end(): void;
}

export const LAB_SERVER = 'dhcpserver.contoso.com';

/** What calls a cmdlet, in scope `s`. */
export function callOf(id: string, cmdlet: string, parameters: object = {}, more: object = {}): object {
  return { id, scope: 's', cmdlet, parameters: { ComputerName: LAB_SERVER, ...parameters }, ...more };
}

export interface ServeHarnessOptions {
  readonly limits?: Partial<ServeLimits>;
  readonly lab?: Lab;
  readonly isGreeted?: boolean;
  readonly output?: PassThrough;
  /** The answer to every question of these calls. */
  readonly answers?: Readonly<Record<string, 'yes' | 'no'>>;
}

export async function startServe({
  limits,
  lab = createLab(),
  isGreeted = true,
  output = new PassThrough(),
  answers = {},
}: ServeHarnessOptions = {}): Promise<ServeHarness> {
  const sessions = await openLabSessions(lab, () => ({}));
  const input = new PassThrough();
  const replies: Reply[] = [];
  let rest = '';
  const wakers: (() => void)[] = [];
  const send = (...messages: readonly (object | string)[]) => {
    for (const message of messages) input.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
  };
  output.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, id = '', kind = '', json = ''] = /^(\S+) (\S) (.*)$/.exec(line) ?? [];
      replies.push({ id, kind, payload: JSON.parse(json) });
      if (kind === 'q' && answers[id] !== undefined) send({ id, answer: answers[id] });
    }
    for (const wake of wakers.splice(0)) wake();
  });
  const code = serve({
    definitions: new Map<string, Cmdlet>([...cmdletDefinitions, ...cimCmdletDefinitions]),
    openSession: (computerName, own) => sessions.open(computerName, own),
    version: '1.2.3',
    input,
    output,
    limits: { ...SERVE_LIMITS, ...limits },
  });
  if (isGreeted) send({ protocol: 1 });
  const reply = async (id: string, kind: string): Promise<Reply> => {
    for (;;) {
      const found = replies.find((one) => one.id === id && one.kind === kind);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => wakers.push(resolve));
    }
  };
  return {
    lab,
    replies,
    code,
    send,
    reply,
    async ended(id) {
      await reply(id, 'x');
      return replies.filter((one) => one.id === id);
    },
    end: () => void input.end(),
    async [Symbol.asyncDispose]() {
      if (!input.writableEnded) input.end();
      await code;
      await sessions.close();
      lab.close();
      if (!output.destroyed) {
        output.end();
        await once(output, 'close');
      }
    },
  };
}
