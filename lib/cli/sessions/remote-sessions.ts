import type { CimSessionOptions } from '../../cim/session/session-options.js';
import type { CommandIo } from '../terminal/command-io.js';
import { obtainPassword } from '../terminal/obtain-secret.js';
import type { TerminalInput } from '../terminal/terminal-input.js';
import type { AuthenticationName, CommandOptions, ConnectTo } from '../usage/options.js';
import { systemErrorCode } from '../usage/system-error-code.js';
import { UsageError } from '../usage/usage-error.js';

/** The authentications to which a ticket is enough. */
const BY_TICKET: ReadonlySet<AuthenticationName> = new Set(['Default', 'Negotiate', 'Kerberos']);

/** The options of a session to each computer. The password is asked for once, before the first connection. */
export async function remoteSessionOptions(
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
): Promise<(computerName: string) => CimSessionOptions> {
  const [ca, cert, key] = await Promise.all([
    readOption('--ca', options.ca),
    readOption('--cert', options.cert),
    readOption('--key', options.key),
  ]);
  const common: CimSessionOptions = {
    useSsl: options.useSsl,
    allowUnencrypted: options.allowUnencrypted,
    ...(options.auth === undefined ? {} : { authentication: options.auth }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.timeoutSeconds === undefined ? {} : { operationTimeoutMs: options.timeoutSeconds * 1000 }),
    ...(options.skipCaCheck ? { skipCACheck: true } : {}),
    ...(options.skipCnCheck ? { skipCNCheck: true } : {}),
    ...kerberosOptions(options),
    ...(options.credSspNtlmOnly ? { credSsp: { allowNtlmOnly: true } } : {}),
    ...(options.trustedHosts === undefined ? {} : { trustedHosts: options.trustedHosts }),
    ...(ca === undefined && cert === undefined && options.pin === undefined
      ? {}
      : {
          tls: {
            ...(ca === undefined ? {} : { ca }),
            ...(options.pin === undefined ? {} : { fingerprint256: options.pin }),
            ...(cert === undefined ? {} : { cert, key: key ?? cert }),
          },
        }),
    ...(await credentialOptions(options, io, input)),
  };
  const port = portOf(options);
  return (computerName) => {
    const connectTo = connectionTarget(options.connectTo, computerName, port);
    return { ...common, ...(connectTo === undefined ? {} : { connectTo }) };
  };
}

/** Who logs on: with a password, or with a ticket that is there already, which NTLM could not take. */
async function credentialOptions(
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
): Promise<Pick<CimSessionOptions, 'credential' | 'allowNtlm'>> {
  const { user: userName, auth = 'Default', keytab, passwordEnv, passwordStdin } = options;
  if (userName === undefined) return {};
  if (keytab !== undefined) return { credential: { userName, password: '' } };
  const mayBeTicket = passwordEnv === undefined && !passwordStdin && BY_TICKET.has(auth) && !options.emulator;
  if (mayBeTicket) {
    const { hasCachedTicket } = await import('../../auth/cached-ticket.js');
    if (await hasCachedTicket(userName)) return { credential: { userName }, allowNtlm: false };
  }
  return { credential: { userName, password: await obtainPassword(options, io, input, mayBeTicket) } };
}

/** A keytab stands for a password, which NTLM would need. */
function kerberosOptions({
  delegate,
  keytab,
  noNtlm,
}: CommandOptions): Pick<CimSessionOptions, 'kerberos' | 'allowNtlm'> {
  return {
    ...(delegate !== false || keytab !== undefined
      ? { kerberos: { delegate, ...(keytab !== undefined && { keytab }) } }
      : {}),
    ...(noNtlm || keytab !== undefined ? { allowNtlm: false } : {}),
  };
}

/** WinRM's port: the one given, else 5985, or 5986 over https. */
export function portOf(options: Pick<CommandOptions, 'port' | 'useSsl'>): number {
  return options.port ?? (options.useSsl ? 5986 : 5985);
}

/** Where the first fitting --connect-to sends a connection to `host:port`; undefined when none fits. */
export function connectionTarget(
  rules: readonly ConnectTo[],
  host: string,
  port: number,
): { readonly host: string; readonly port: number } | undefined {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  const rule = rules.find((one) => (one.host === '' || one.host === name) && (one.port ?? port) === port);
  return rule && { host: rule.toHost === '' ? name : rule.toHost, port: rule.toPort ?? port };
}

async function readOption(option: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    const { readFile } = await import('node:fs/promises');
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = systemErrorCode(cause) ?? 'unreadable';
    throw new UsageError(
      `${option}: ${JSON.stringify(path)} cannot be read (${code}).`,
      'Give the path of a PEM file.',
    );
  }
}
