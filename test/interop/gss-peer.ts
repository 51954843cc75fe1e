// Drives test/interop/python/gss_peer.py: gss-ntlmssp alone or inside of MIT's SPNEGO, as initiator or acceptor.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

export interface GssPeerOptions {
  readonly role: 'initiator' | 'acceptor';
  /** `Kerberos`: inside of SPNEGO, with the keytab. */
  readonly mechanism: 'NTLM' | 'SPNEGO' | 'Kerberos';
  /** Of an acceptor of Kerberos. */
  readonly keytab?: string;
  /** `DOMAIN\user` of the initiator, or the only account that the acceptor knows. */
  readonly user: string;
  readonly password: string;
  /** `tls-server-end-point` application data. */
  readonly bindings?: Uint8Array | undefined;
}

interface Answer {
  readonly data?: string;
  readonly complete?: boolean;
  readonly initiator?: string;
  readonly error?: string;
}

export class GssPeer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  readonly #folder: string;
  complete = false;
  /** The name that the acceptor found. */
  initiator: string | undefined;

  private constructor(options: GssPeerOptions) {
    this.#folder = mkdtempSync(join(tmpdir(), 'cimlet-ntlm-'));
    const [domain = '', user = ''] = options.user.split('\\');
    const userFile = join(this.#folder, 'users');
    if (options.role === 'acceptor')
      writeFileSync(userFile, `${domain}:${user}:${options.password}\n`, { mode: 0o600 });
    this.#process = spawn('/usr/bin/python3', [join(process.cwd(), 'test/interop/python/gss_peer.py')], {
      env: {
        PATH: process.env['PATH'],
        LANG: 'C.UTF-8',
        NTLM_USER_FILE: userFile,
        LM_COMPAT_LEVEL: '5',
        KRB5_CONFIG: process.env['KRB5_CONFIG'],
        KRB5_KTNAME: options.keytab,
      },
    });
    this.#process.stderr.pipe(process.stderr);
    this.#reader = createInterface(this.#process.stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  static async start(options: GssPeerOptions): Promise<GssPeer> {
    const peer = new GssPeer(options);
    const { bindings, ...rest } = options;
    await peer.#ask({
      do: 'start',
      target: 'HTTP@dhcpserver.contoso.com',
      ...rest,
      ...(bindings && { bindings: Buffer.from(bindings).toString('base64') }),
    });
    return peer;
  }

  async step(token?: Uint8Array): Promise<Uint8Array | undefined> {
    const answer = await this.#ask({ do: 'step', data: encode(token) });
    this.complete = answer.complete ?? false;
    this.initiator = answer.initiator;
    return answer.data ? Buffer.from(answer.data, 'base64') : undefined;
  }

  /** gss_wrap: signature and sealed data in one. */
  async wrap(message: Uint8Array): Promise<Uint8Array> {
    return Buffer.from((await this.#ask({ do: 'wrap', data: encode(message) })).data ?? '', 'base64');
  }

  async unwrap(message: Uint8Array): Promise<Uint8Array> {
    return Buffer.from((await this.#ask({ do: 'unwrap', data: encode(message) })).data ?? '', 'base64');
  }

  stop(): void {
    this.#reader.close();
    this.#process.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ask(request: Record<string, unknown>): Promise<Answer> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`gss_peer.py ended with ${this.#process.exitCode}`);
    const answer = JSON.parse(line.value) as Answer;
    if (answer.error !== undefined) throw new Error(`GSSAPI: ${answer.error}`);
    return answer;
  }
}

function encode(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('base64');
}
