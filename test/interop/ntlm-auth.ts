// Drives Samba's ntlm_auth: lines of a command and a token, either side of NTLM or SPNEGO.
import type { ChildProcess } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';

export interface NtlmAuthAnswer {
  /** `TT`: go on; `AF`: accepted; `NA`: refused; `BH`: broken; as a client `YR` and `KK`: send this. */
  readonly kind: string;
  readonly token: Uint8Array | undefined;
  /** What follows: the user, or the reason. */
  readonly text: string;
}

export class NtlmAuth {
  readonly #process: ChildProcess;
  readonly #reader: Interface;
  readonly #lines: AsyncIterator<string>;

  constructor(process: ChildProcess) {
    const { stdout } = process;
    if (stdout === null) throw new Error('ntlm_auth has no standard output');
    this.#process = process;
    this.#reader = createInterface(stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  async ask(command: string, token?: Uint8Array): Promise<NtlmAuthAnswer> {
    const argument = token === undefined ? '' : ` ${Buffer.from(token).toString('base64')}`;
    this.#process.stdin?.write(`${command}${argument}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error('ntlm_auth has ended');
    const [kind = '', first = '', ...rest] = line.value.split(' ');
    const isToken = /^[A-Za-z0-9+/]{8,}={0,2}$/.test(first) && first.length % 4 === 0;
    return {
      kind,
      token: isToken ? Buffer.from(first, 'base64') : undefined,
      text: (isToken || first === '*' ? rest : [first, ...rest]).join(' '),
    };
  }

  stop(): void {
    this.#reader.close();
    this.#process.stdin?.end();
    this.#process.kill();
  }
}
