import { writeFile } from 'node:fs/promises';
import type { Credential } from '../auth/contract/credential.js';
import { Secret } from '../base/secret.js';
import type { DhcpServer } from './dhcp/dhcp-server.js';
import { createLab, type Lab } from './lab/lab.js';
import type { LabDescription } from './lab/lab-description.js';
import type { AuthenticationSettings } from './listener/authentication-settings.js';
import { LabAuthority } from './listener/certificates.js';
import { type EmulatedEndpoints, type LabSessionOptions, labSessionOptions } from './listener/lab-session-options.js';
import { Listener } from './listener/listener.js';

export interface EmulatorOptions {
  /** A lab, which stays the caller's to close, or what to make one from; default: the lab of PowerShell's help examples. */
  readonly lab?: Lab | LabDescription | undefined;
  /** Address to listen on. Default 127.0.0.1; the emulator is made for loopback. */
  readonly host?: string | undefined;
  /** Fixed ports instead of any free ones, for the first listener; the following ones count up. */
  readonly ports?: { readonly http: number; readonly https: number } | undefined;
  /** All servers behind one pair of listeners, told apart by the Host header. Default: from 17 servers on. */
  readonly sharedListeners?: boolean | undefined;
  readonly authentication?: AuthenticationSettings | undefined;
  /** Where to write the certificate of the lab's authority, PEM. */
  readonly caFile?: string | undefined;
}

/** A lab that listens on real sockets. */
export interface Emulator extends AsyncDisposable {
  readonly lab: Lab;
  readonly servers: readonly EmulatedEndpoints[];
  /** The lab's first account. */
  readonly credential: Credential;
  /**
   * Spread them into the options of newCimSession or of a cmdlet (`sessionOptions`): account, authority, and where each server of the lab listens.
   * Others go before them, `{ ...emulator.sessionOptions, authentication: 'Ntlm' }`, `useSsl: true`.
   */
  readonly sessionOptions: LabSessionOptions;
  /** Certificate of the authority that signed the servers', PEM. */
  readonly ca: string;
  readonly caFile?: string;
  /** The authority itself, for client certificates. */
  readonly authority: LabAuthority;
  /** Ends every connection. Idempotent. */
  close(): Promise<void>;
}

const MOST_LISTENERS_OF_THEIR_OWN = 16;

/**
 * Starts emulated Windows DHCP servers on loopback: WS-Management over http and https for each.
 * @example
 * await using emulator = await startEmulator();
 * const session = await newCimSession('dhcpserver.contoso.com', emulator.sessionOptions);
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const ownsLab = !isLab(options.lab);
  const lab = isLab(options.lab) ? options.lab : createLab(options.lab);
  const authority = new LabAuthority(Date.now(), new Map(lab.servers.map(({ name, address }) => [name, address])));
  const listeners: Listener[] = [];
  const close = once(async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
    if (ownsLab) lab.close();
  });
  try {
    const servers: EmulatedEndpoints[] = [];
    for (const [index, group] of groups(lab, options).entries()) {
      const endpoints = await open(lab, group, index, authority, options, listeners);
      servers.push(...group.map(({ name }) => ({ name, ...endpoints })));
    }
    if (options.caFile !== undefined) await writeFile(options.caFile, authority.certificate);
    const [user] = lab.users.all;
    const credential = { userName: user?.userName ?? '', password: user?.password ?? new Secret('') };
    const { authentication = {} } = options;
    return {
      lab,
      servers,
      credential,
      sessionOptions: labSessionOptions(lab, servers, credential, authority.certificate, authentication),
      ca: authority.certificate,
      ...(options.caFile !== undefined && { caFile: options.caFile }),
      authority,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The servers of a lab by the listeners that they share. */
function groups(lab: Lab, options: EmulatorOptions): (readonly DhcpServer[])[] {
  const shared = options.sharedListeners ?? lab.servers.length > MOST_LISTENERS_OF_THEIR_OWN;
  return shared ? [lab.servers] : lab.servers.map((server) => [server]);
}

async function open(
  lab: Lab,
  servers: readonly DhcpServer[],
  index: number,
  authority: LabAuthority,
  options: EmulatorOptions,
  listeners: Listener[],
): Promise<Omit<EmulatedEndpoints, 'name'>> {
  const host = options.host ?? '127.0.0.1';
  const start = async (port: number, secure: boolean) => {
    const listener = new Listener({
      lab,
      servers,
      host,
      port: port === 0 ? 0 : port + index,
      authentication: options.authentication ?? {},
      authority,
      secure,
    });
    const opened = await listener.open();
    listeners.push(listener);
    return { host, port: opened };
  };
  const { http = 0, https = 0 } = options.ports ?? {};
  return { http: await start(http, false), https: await start(https, true) };
}

function isLab(value: Lab | LabDescription | undefined): value is Lab {
  return value !== undefined && 'transport' in value;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= action();
    return done;
  };
}
