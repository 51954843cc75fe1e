import type { CimSessionOptions } from '../../cim/session/session-options.js';
import { connectionTarget } from '../../client/connect-to-rules.js';
import type { SettledProfile } from '../../client/settled-profile.js';
import type { CommandIo } from '../terminal/command-io.js';
import { obtainPassword } from '../terminal/obtain-secret.js';
import type { TerminalInput } from '../terminal/terminal-input.js';
import type { CommandOptions } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';
import { commandProfile } from './command-profile.js';

/** The authentications to which a ticket is enough. */
const BY_TICKET: ReadonlySet<string> = new Set(['Default', 'Negotiate', 'Kerberos']);

/** What sessions to any computer are opened with. */
export interface RemoteSessions {
  /** Where cmdlets run that name no computer; undefined: this computer. */
  readonly computers: readonly string[] | undefined;
  readonly optionsFor: (computerName: string) => CimSessionOptions;
}

/** The options of a session to each computer. The password is asked for once, before the first connection. @throws UsageError */
export async function remoteSessions(
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
): Promise<RemoteSessions> {
  const profile = await commandProfile(options, io, input);
  const common: CimSessionOptions = { ...profile.options, ...(await logonOptions(profile, options, io, input)) };
  const port = portOf(common);
  return {
    computers: profile.computers,
    optionsFor: (computerName) => {
      const connectTo = connectionTarget(profile.connectTo, computerName, port);
      return { ...common, ...(connectTo === undefined ? {} : { connectTo }) };
    },
  };
}

/** Who logs on: with a password, with a key, or with a ticket that is there already. NTLM could take neither key nor ticket. */
async function logonOptions(
  { options: { authentication = 'Default', kerberos, ...session }, credential }: SettledProfile,
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
): Promise<Pick<CimSessionOptions, 'credential' | 'allowNtlm'>> {
  const { keytab, ticketCache } = kerberos || {};
  const takesTicket = BY_TICKET.has(authentication);
  const hasKey = takesTicket && keytab !== undefined;
  const hasCache = takesTicket && ticketCache !== undefined;
  const onlyKerberos = hasKey || hasCache ? { allowNtlm: session.allowNtlm ?? false } : {};
  if (credential === undefined) {
    if (takesTicket || (keytab ?? ticketCache) === undefined || authentication === 'Certificate') return onlyKerberos;
    throw new UsageError(
      `${ticketCache === undefined ? '--keytab' : '--ticket-cache'} is of Kerberos, and ${authentication} takes a password.`,
      'Give --auth Kerberos, or --user NAME and a password.',
    );
  }
  const { userName, domain, password } = credential;
  const name = { userName, ...(domain !== undefined && { domain }) };
  if (password !== undefined) return { credential: { ...name, password } };
  if (hasKey || hasCache) return { credential: name, ...onlyKerberos };
  const mayBeTicket = takesTicket && !options.emulator;
  if (mayBeTicket) {
    const { hasCachedTicket } = await import('../../auth/cached-ticket.js');
    if (await hasCachedTicket(userName)) return { credential: name, allowNtlm: false };
  }
  return { credential: { ...name, password: await obtainPassword(userName, io, input, mayBeTicket) } };
}

/** WinRM's port: the one given, else 5985, or 5986 over https. */
export function portOf({ port, useSsl }: Pick<CimSessionOptions, 'port' | 'useSsl'>): number {
  return port ?? (useSsl === true ? 5986 : 5985);
}
