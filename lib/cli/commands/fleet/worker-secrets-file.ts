import { readFile } from 'node:fs/promises';
import { CimletError } from '../../../base/errors.js';
import { Secret } from '../../../base/secret.js';
import type { CimSessionOptions } from '../../../cim/session/session-options.js';
import type { FleetCredential, FleetSecret } from '../../../fleet/index.js';
import type { CommandIo } from '../../terminal/command-io.js';
import { systemErrorCode } from '../../usage/system-error-code.js';
import { UsageError } from '../../usage/usage-error.js';
import { readGivenFile } from './fleet-tools.js';

/** What the names in plans stand for, out of a file that itself holds no secret. */
export interface WorkerSecrets {
  readonly credentials: Readonly<Record<string, FleetCredential>>;
  readonly secrets: Readonly<Record<string, FleetSecret>>;
}

type Entry = Readonly<Record<string, unknown>>;

const CREDENTIAL_KEYS = ['userName', 'domain', 'passwordEnv', 'passwordFile', 'keytab', 'ticketCache'];
const SECRET_KEYS = ['env', 'file'];

/**
 * Reads `{ "credentials": { NAME: { "userName", "passwordEnv" | "passwordFile" | "keytab" | "ticketCache" } }, "secrets": { NAME: { "env" | "file" } } }`.
 * A credential without all of these is the logon of the process itself. Passwords are read whenever they are needed, so that they may change.
 * @throws UsageError
 */
export async function readWorkerSecrets(path: string, env: CommandIo['env']): Promise<WorkerSecrets> {
  const file = parsed(path, await readGivenFile('--credentials', path));
  refuseUnknown(path, '', file, ['credentials', 'secrets']);
  const credentials = Object.entries(entriesOf(path, file, 'credentials')).map(
    ([name, entry]) => [name, credentialOf(path, name, entry, env)] as const,
  );
  const secrets = Object.entries(entriesOf(path, file, 'secrets')).map(([name, entry]) => {
    refuseUnknown(path, `secrets.${name}`, entry, SECRET_KEYS);
    return [name, secretSource(path, `secrets.${name}`, entry['env'], entry['file'], env)] as const;
  });
  return { credentials: Object.fromEntries(credentials), secrets: Object.fromEntries(secrets) };
}

function credentialOf(path: string, name: string, entry: Entry, env: CommandIo['env']): FleetCredential {
  const where = `credentials.${name}`;
  refuseUnknown(path, where, entry, CREDENTIAL_KEYS);
  const [userName, domain, keytab, ticketCache] = ['userName', 'domain', 'keytab', 'ticketCache'].map((key) =>
    textOf(path, where, entry, key),
  );
  const account = userName === undefined ? undefined : { userName, ...(domain === undefined ? {} : { domain }) };
  const { passwordEnv, passwordFile } = entry;
  if (passwordEnv === undefined && passwordFile === undefined) {
    const sessionOptions: CimSessionOptions = {
      ...(account === undefined ? {} : { credential: account }),
      ...(keytab === undefined && ticketCache === undefined
        ? {}
        : { kerberos: { ...(keytab && { keytab }), ...(ticketCache && { ticketCache }) }, allowNtlm: false }),
    };
    return { sessionOptions };
  }
  if (account === undefined) throw refused(path, `${where} has a password and no userName`, 'Give both.');
  const read = secretSource(path, where, passwordEnv, passwordFile, env);
  return async () => ({ ...account, password: await read() });
}

/** Reads the secret when it is needed. What cannot be had is said at once where that can be known. */
function secretSource(
  path: string,
  where: string,
  variable: unknown,
  file: unknown,
  env: CommandIo['env'],
): () => Promise<Secret> {
  if ((variable === undefined) === (file === undefined) || ![variable, file].some((one) => typeof one === 'string'))
    throw refused(path, `${where} does not say where the secret is`, 'Name an environment variable, or a file.');
  if (typeof variable === 'string') {
    const value = env[variable];
    if (value === undefined || value === '')
      throw refused(path, `${where}: the environment variable ${variable} is not set`, 'Export it before the call.');
    return async () => new Secret(value);
  }
  const secretFile = String(file);
  return async () => {
    const text = await readFile(secretFile, 'utf8').catch((cause: unknown) => {
      const code = systemErrorCode(cause) ?? 'unreadable';
      throw new CimletError('ERR_FILE', `The file ${JSON.stringify(secretFile)} cannot be read: ${code}.`);
    });
    return new Secret(text.replace(/\r?\n$/, ''));
  };
}

function entriesOf(path: string, file: Entry, key: string): Readonly<Record<string, Entry>> {
  const all = file[key] ?? {};
  if (!isObject(all)) throw refused(path, `${key} is no object`, `Write { "${key}": { "NAME": { … } } }.`);
  for (const [name, entry] of Object.entries(all))
    if (!isObject(entry))
      throw refused(path, `${key}.${name} is no object`, 'A secret itself has no place in this file.');
  return all as Readonly<Record<string, Entry>>;
}

function refuseUnknown(path: string, where: string, entry: Entry, known: readonly string[]): void {
  const unknown = Object.keys(entry).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const isSecret = /password|secret/i.test(unknown);
  throw refused(
    path,
    `${where === '' ? '' : `${where}.`}${unknown} is not known`,
    isSecret
      ? 'A secret itself has no place in this file: name a variable or a file of its own.'
      : `There is ${known.join(', ')}.`,
  );
}

function textOf(path: string, where: string, entry: Entry, key: string): string | undefined {
  const value = entry[key];
  if (value === undefined || typeof value === 'string') return value;
  throw refused(path, `${where}.${key} is no text`, 'Put it between quotation marks.');
}

function parsed(path: string, text: string): Entry {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // What the parser says quotes the text, and somebody may have put a secret there.
  }
  throw refused(path, 'it is not JSON with an object', 'docs/fleets.md shows one.');
}

function isObject(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(path: string, problem: string, remedy: string): UsageError {
  return new UsageError(`--credentials: ${JSON.stringify(path)}: ${problem}.`, remedy);
}
