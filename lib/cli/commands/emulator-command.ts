import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../emulator/emulator.js';
import { openLab } from '../sessions/open-lab.js';
import { type CommandIo, writeText } from '../terminal/command-io.js';
import type { CommandOptions } from '../usage/options.js';

/** What `cimlet emulator --json` prints first, as one line. The password is the lab's own, a new one in each run unless a lab file gives it. */
export interface EmulatorAddresses {
  readonly servers: readonly {
    readonly name: string;
    readonly http: { readonly host: string; readonly port: number };
    readonly https: { readonly host: string; readonly port: number };
  }[];
  readonly credential: { readonly userName: string; readonly password: string };
  /** File of the certificate authority that signed the servers' certificates (PEM). */
  readonly ca: string;
}

/** Runs a lab until it is interrupted, and says first where it listens. */
export async function runEmulator(options: CommandOptions, io: CommandIo): Promise<number> {
  const lab = await openLab(options);
  const directory = await mkdtemp(join(tmpdir(), 'cimlet-emulator-'));
  let emulator: Emulator | undefined;
  try {
    const caFile = join(directory, 'ca.pem');
    emulator = await startEmulator({ lab, caFile });
    const addresses = addressesOf(emulator, caFile);
    await writeText(io.stdout, options.json ? `${JSON.stringify(addresses)}\n` : describe(addresses));
    await interrupted(io.signal);
    if (options.state !== undefined) await lab.saveTo(options.state);
    return 0;
  } finally {
    await emulator?.close();
    lab.close();
    await rm(directory, { recursive: true, force: true });
  }
}

function addressesOf(emulator: Emulator, ca: string): EmulatorAddresses {
  return {
    servers: emulator.servers.map(({ name, http, https }) => ({
      name,
      http: { host: http.host, port: http.port },
      https: { host: https.host, port: https.port },
    })),
    credential: { userName: emulator.credential.userName, password: emulator.credential.password.reveal() },
    ca,
  };
}

function describe({ servers, credential, ca }: EmulatorAddresses): string {
  const width = Math.max(...servers.map(({ name }) => name.length));
  const connectTo = servers.map(({ name, http }) => `--connect-to ${name}:5985:${http.host}:${http.port}`).join(' ');
  const first = servers[0]?.name ?? '';
  return [
    'The lab is running. Press Ctrl-C to end it.',
    '',
    ...servers.map(
      ({ name, http, https }) =>
        `  ${name.padEnd(width)}  http ${http.host}:${http.port}  https ${https.host}:${https.port}`,
    ),
    '',
    `  user      ${credential.userName}`,
    `  password  ${credential.password}`,
    `  ca        ${ca}`,
    '',
    'For example:',
    `  LAB_PASSWORD='${credential.password}' cimlet --auth CredSsp --ca '${ca}' --user '${credential.userName}' --password-env LAB_PASSWORD ${connectTo} 'Get-DhcpServerv4Scope -ComputerName ${first}'`,
    '',
    '',
  ].join('\n');
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
