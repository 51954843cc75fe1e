import { suggestion } from '../../base/text/suggestion.js';
import type { CimAuthentication } from '../../cim/session/session-options.js';
import type { ProfileProxy } from '../../client/profile-settings.js';
import type { LabSeed } from './lab-seeds.js';
import { OPTION_DEFINITIONS, type OptionDefinition } from './option-definitions.js';
import {
  type ColorMode,
  checkedConnectTo,
  parseAttempts,
  parseAuthentication,
  parseColor,
  parsePort,
  parseSeconds,
  parseSeed,
  parseWidth,
  readProxy,
} from './option-values.js';
import { UsageError } from './usage-error.js';

/** What stands before the PowerShell line. */
export interface CommandOptions {
  readonly emulator: boolean;
  readonly json: boolean;
  /** Say what the line would do, and do nothing. */
  readonly explain: boolean;
  /** File with PowerShell lines, `-` for standard input. */
  readonly file?: string;
  /** JSON file that describes the lab of --emulator and of `cimlet emulator`. */
  readonly lab?: string;
  /** Name of a lab that comes with cimlet, instead of the built-in one. */
  readonly seed?: LabSeed;
  /** JSON file in which `cimlet emulator` keeps the lab's state from one run to the next. */
  readonly state?: string;
  readonly verbose: boolean;
  /** When colours are used; absent: on a terminal. */
  readonly color?: ColorMode;
  /** Characters in a line of the views; absent: as wide as the terminal, or 120. */
  readonly width?: number;
  readonly help: boolean;
  readonly version: boolean;
  readonly user?: string;
  readonly passwordEnv?: string;
  readonly passwordStdin: boolean;
  /** Environment variable of the secret parameters that stand without a value. */
  readonly secretEnv?: string;
  readonly secretStdin: boolean;
  readonly auth?: CimAuthentication;
  /** Forward a Kerberos ticket; `always`: whatever the realm says of the server. */
  readonly delegate: boolean | 'always';
  /** NTLM must not be used. */
  readonly noNtlm: boolean;
  /** CredSSP may give the password to a server that only NTLM vouches for. */
  readonly credSspNtlmOnly: boolean;
  /** Hosts for NTLM and Basic over http; absent: any. */
  readonly trustedHosts?: readonly string[];
  /** File with the user's key, instead of a password. */
  readonly keytab?: string;
  /** Ticket cache as KRB5CCNAME spells it. */
  readonly ticketCache?: string;
  readonly spnHost?: string;
  readonly spnService?: string;
  readonly port?: number;
  readonly useSsl: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** SHA-256 fingerprint of the server's certificate. */
  readonly pin?: string;
  readonly skipCaCheck: boolean;
  readonly skipCnCheck: boolean;
  readonly allowUnencrypted: boolean;
  /** `HOST:PORT:ADDRESS:PORT` each. */
  readonly connectTo: readonly string[];
  readonly proxy?: ProfileProxy;
  /** Environment variable with the password for the proxy. */
  readonly proxyPasswordEnv?: string;
  /** Name of a profile in the user's file. */
  readonly profile?: string;
  /** Neither the environment nor a profile has a say. */
  readonly noProfile: boolean;
  /** Seconds for each call; absent: no limit. */
  readonly timeoutSeconds?: number;
  /** How often a target is tried; absent: once. */
  readonly attempts?: number;
  /** What comes after the options. */
  readonly rest: readonly string[];
}

const SHORT: Readonly<Record<string, string>> = { '-h': '--help', '-?': '--help', '-V': '--version' };

/** True for one of cimlet's own options, with or without a value after `=`. */
export function isOptionName(word: string): boolean {
  const name = word.replace(/=.*$/s, '');
  return OPTION_DEFINITIONS.some((definition) => definition.name === name);
}

/**
 * Reads the options up to the first word that is not an option (or up to `--`). `--name value` and `--name=value` are the same.
 * Throws a {@link UsageError} for an unknown option, with the one that was probably meant, and for a bad value.
 */
export function parseOptions(argv: readonly string[]): CommandOptions {
  const given = new Map<string, string>();
  const connectTo: string[] = [];
  let at = 0;
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    if (word === '-') break;
    const [written = '', attached] = splitAtEquals(word);
    const name = SHORT[written] ?? (/^-file$/i.test(written) ? '--file' : written);
    if (!/^-/.test(name)) break;
    const definition = OPTION_DEFINITIONS.find((candidate) => candidate.name === name.toLowerCase());
    if (!definition) throw unknownOption(name);
    let value = attached ?? '';
    if (definition.argument === undefined) {
      const next = argv[at + 1]?.toLowerCase() ?? '';
      if (attached === undefined && definition.mayTake?.includes(next)) {
        at += 1;
        value = next;
      } else if (attached !== undefined && !definition.mayTake?.includes(attached.toLowerCase()))
        throw new UsageError(`${definition.name} takes no value.`, `Write ${definition.name} alone.`);
    } else if (attached === undefined) {
      at += 1;
      value = argv[at] ?? missingValue(definition);
    }
    if (definition.name === '--connect-to') connectTo.push(checkedConnectTo(value));
    else given.set(definition.name, value);
  }
  return toOptions(given, connectTo, argv.slice(at));
}

function splitAtEquals(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 || !word.startsWith('--') ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** Options whose value is kept as it is written. */
const TEXTS = {
  file: '--file',
  lab: '--lab',
  state: '--state',
  profile: '--profile',
  user: '--user',
  passwordEnv: '--password-env',
  secretEnv: '--secret-env',
  keytab: '--keytab',
  ticketCache: '--ticket-cache',
  spnHost: '--spn-host',
  spnService: '--spn-service',
  ca: '--ca',
  cert: '--cert',
  key: '--key',
  pin: '--pin',
  proxyPasswordEnv: '--proxy-password-env',
} as const;

/** Pairs of options of which one goes, and what they are called together. */
const CONTRARY: readonly (readonly [one: string, other: string])[] = [
  ['--lab', '--seed'],
  ['--password-env', '--password-stdin'],
  ['--secret-env', '--secret-stdin'],
  ['--profile', '--no-profile'],
];

function toOptions(
  given: ReadonlyMap<string, string>,
  connectTo: readonly string[],
  rest: readonly string[],
): CommandOptions {
  refuseContrary(given);
  const seed = given.get('--seed');
  const auth = given.get('--auth');
  const port = given.get('--port');
  const proxy = given.get('--proxy');
  const trustedHosts = given.get('--trusted-hosts');
  const timeout = given.get('--timeout');
  const attempts = given.get('--attempts');
  const color = given.get('--color');
  const width = given.get('--width');
  return {
    ...(color === undefined ? {} : { color: parseColor(color) }),
    ...(width === undefined ? {} : { width: parseWidth(width) }),
    ...textsOf(given),
    emulator: given.has('--emulator'),
    json: given.has('--json'),
    explain: given.has('--explain'),
    ...(seed === undefined ? {} : { seed: parseSeed(seed) }),
    verbose: given.has('--verbose'),
    help: given.has('--help'),
    version: given.has('--version'),
    noProfile: given.has('--no-profile'),
    passwordStdin: given.has('--password-stdin'),
    secretStdin: given.has('--secret-stdin'),
    ...(auth === undefined ? {} : { auth: parseAuthentication(auth) }),
    delegate: given.get('--delegate')?.toLowerCase() === 'always' ? 'always' : given.has('--delegate'),
    noNtlm: given.has('--no-ntlm'),
    credSspNtlmOnly: given.has('--credssp-ntlm-only'),
    ...(trustedHosts === undefined ? {} : { trustedHosts: trustedHosts.split(',').map((host) => host.trim()) }),
    ...(port === undefined ? {} : { port: parsePort(port, '--port') }),
    useSsl: given.has('--use-ssl'),
    skipCaCheck: given.has('--skip-ca-check'),
    skipCnCheck: given.has('--skip-cn-check'),
    allowUnencrypted: given.has('--allow-unencrypted'),
    connectTo,
    ...(proxy === undefined ? {} : { proxy: readProxy(proxy) }),
    ...(attempts === undefined ? {} : { attempts: parseAttempts(attempts) }),
    ...(timeout === undefined ? {} : { timeoutSeconds: parseSeconds(timeout) }),
    rest,
  };
}

function textsOf(given: ReadonlyMap<string, string>): { readonly [Name in keyof typeof TEXTS]?: string } {
  const texts = Object.entries(TEXTS).flatMap(([name, option]) => {
    const text = given.get(option);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(texts);
}

/** @throws UsageError */
function refuseContrary(given: ReadonlyMap<string, string>): void {
  for (const [one, other] of CONTRARY) {
    if (given.has(one) && given.has(other))
      throw new UsageError(`${one} and ${other} are both given.`, 'Give one of them.');
  }
  const needs = (option: string, other: string, remedy: string) => {
    if (given.has(option) && !given.has(other)) throw new UsageError(`${option} is given without ${other}.`, remedy);
  };
  needs('--key', '--cert', 'Give --cert FILE as well.');
  needs('--proxy-password-env', '--proxy', 'Give --proxy http://USER@HOST:PORT as well.');
  if (given.has('--state') && given.has('--emulator'))
    throw new UsageError('--state is of a lab that keeps running.', 'Write: cimlet emulator --state FILE');
  if (given.has('--keytab') && (given.has('--password-env') || given.has('--password-stdin')))
    throw new UsageError('--keytab and a password are both given.', 'Give one of them.');
}

function unknownOption(name: string): UsageError {
  if (/^-[^-]/.test(name)) {
    // curl's and ssh's habits put a password behind the letter.
    return new UsageError(
      `${/^-[pu]./.test(name) ? `${name.slice(0, 2)}…` : name} stands before the cmdlet's name.`,
      "PowerShell's parameters come after the cmdlet, cimlet's options (with two dashes) before it.",
    );
  }
  if (/^--passw/i.test(name)) {
    return new UsageError(
      `${name} is not an option: a password on the command line is visible to everyone on the machine.`,
      'Use --password-env VAR or --password-stdin, or wait for the prompt.',
    );
  }
  if (/^--(?:shared-?)?secret/i.test(name)) {
    return new UsageError(
      `${name} is not an option: a secret on the command line is visible to everyone on the machine.`,
      'Use --secret-env VAR or --secret-stdin, or wait for the prompt.',
    );
  }
  const meant = suggestion(
    name,
    OPTION_DEFINITIONS.map((definition) => definition.name),
  );
  return new UsageError(
    `${name} is not an option of cimlet.`,
    meant === undefined ? 'cimlet --help lists the options.' : `Did you mean ${meant}?`,
  );
}

function missingValue(definition: OptionDefinition): never {
  throw new UsageError(`${definition.name} has no value.`, `Write ${definition.name} ${definition.argument}.`);
}
