import { suggestion } from '../../base/text/suggestion.js';
import { UsageError } from './usage-error.js';

/** One `--connect-to`: what is addressed to `host:port` goes to `toHost:toPort`. An empty host and a port of undefined match any. */
export interface ConnectTo {
  readonly host: string;
  readonly port: number | undefined;
  readonly toHost: string;
  readonly toPort: number | undefined;
}

const AUTHENTICATIONS = ['Default', 'Basic', 'Negotiate', 'Kerberos', 'Ntlm', 'Certificate', 'CredSsp'] as const;
export type AuthenticationName = (typeof AUTHENTICATIONS)[number];

/** Labs that come with cimlet beside the built-in one. */
const SEEDS = ['branch-office'] as const;
export type LabSeed = (typeof SEEDS)[number];

/** What stands before the PowerShell line. */
export interface CommandOptions {
  readonly emulator: boolean;
  readonly json: boolean;
  /** Say what the line would do, and do nothing. */
  readonly explain: boolean;
  /** JSON file that describes the lab of --emulator and of `cimlet emulator`. */
  readonly lab?: string;
  /** Name of a lab that comes with cimlet, instead of the built-in one. */
  readonly seed?: LabSeed;
  /** JSON file in which `cimlet emulator` keeps the lab's state from one run to the next. */
  readonly state?: string;
  readonly verbose: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly user?: string;
  readonly passwordEnv?: string;
  readonly passwordStdin: boolean;
  /** Environment variable of the secret parameters that stand without a value. */
  readonly secretEnv?: string;
  readonly secretStdin: boolean;
  readonly auth?: AuthenticationName;
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
  readonly connectTo: readonly ConnectTo[];
  /** Seconds for each call; absent: no limit. */
  readonly timeoutSeconds?: number;
  /** What comes after the options. */
  readonly rest: readonly string[];
}

/** An option of the command: data for the parser and for the help. */
export interface OptionDefinition {
  readonly name: string;
  readonly argument?: string;
  /** Words that may follow, as its value, or be left out. */
  readonly mayTake?: readonly string[];
  readonly description: string;
}

export const OPTION_DEFINITIONS: readonly OptionDefinition[] = [
  { name: '--emulator', description: 'run the line against a fresh built-in lab of two DHCP servers' },
  { name: '--json', description: 'one JSON object a line instead of the views; errors as JSON on standard error' },
  { name: '--explain', description: 'say what the line would bind and send, and send nothing' },
  { name: '--lab', argument: 'FILE', description: 'JSON file that describes the lab, instead of the built-in one' },
  {
    name: '--seed',
    argument: 'NAME',
    description: 'a larger lab instead: branch-office, with 40 scopes and 12,000 leases',
  },
  {
    name: '--state',
    argument: 'FILE',
    description: 'of cimlet emulator: go on with the lab of this file, and keep it there at the end',
  },
  { name: '--user', argument: 'NAME', description: 'whose credential is sent, e.g. CONTOSO\\dhcpadmin' },
  { name: '--password-env', argument: 'VAR', description: 'take the password from this environment variable' },
  { name: '--password-stdin', description: 'take the password from the first line of standard input' },
  {
    name: '--secret-env',
    argument: 'VAR',
    description: 'the value of -SharedSecret, or another secret, that stands without one: this environment variable',
  },
  { name: '--secret-stdin', description: 'the same, from a line of standard input, behind that of the password' },
  { name: '--auth', argument: 'NAME', description: `${AUTHENTICATIONS.join(', ')}` },
  {
    name: '--delegate',
    mayTake: ['always'],
    description:
      'forward the Kerberos ticket, so that the server can call its partner as you; with always to a server that the domain does not trust for it, too',
  },
  { name: '--keytab', argument: 'FILE', description: "Kerberos with the user's key from this file, not a password" },
  { name: '--no-ntlm', description: 'rather fail than use NTLM where Kerberos cannot be used' },
  {
    name: '--credssp-ntlm-only',
    description: 'CredSsp: give the password to a server whose name nothing but NTLM, that is nothing, proves',
  },
  {
    name: '--trusted-hosts',
    argument: 'LIST',
    description: 'NTLM and Basic over http to these hosts alone: names, addresses, *.contoso.com, with commas',
  },
  { name: '--port', argument: 'N', description: 'WinRM port; 5985, or 5986 with --use-ssl' },
  { name: '--use-ssl', description: 'https' },
  { name: '--ca', argument: 'FILE', description: 'PEM file of the certificate authority to trust' },
  {
    name: '--pin',
    argument: 'SHA256',
    description: 'accept this certificate alone, by its fingerprint as cimlet test shows it; replaces --ca',
  },
  { name: '--cert', argument: 'FILE', description: 'PEM file of the client certificate, for --auth Certificate' },
  { name: '--key', argument: 'FILE', description: 'PEM file of its private key; default: the file of --cert' },
  { name: '--skip-ca-check', description: 'accept a certificate of an unknown authority' },
  { name: '--skip-cn-check', description: 'accept a certificate for another name' },
  { name: '--allow-unencrypted', description: 'send even where nothing encrypts it (Basic over http)' },
  {
    name: '--connect-to',
    argument: 'HOST:PORT:ADDRESS:PORT',
    description: 'connect to the second pair where the first is addressed; repeatable, IPv6 in brackets',
  },
  { name: '--timeout', argument: 'S', description: 'seconds after which a call fails' },
  { name: '--verbose', description: 'say what is done, as -Verbose does, and which connections are made' },
  { name: '--help', description: 'this text; after it, a cmdlet name for the help of that cmdlet' },
  { name: '--version', description: 'the version of cimlet' },
];

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
  const connectTo: ConnectTo[] = [];
  let at = 0;
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    const [written = '', attached] = splitAtEquals(word);
    const name = SHORT[written] ?? written;
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
    if (definition.name === '--connect-to') connectTo.push(parseConnectTo(value));
    else given.set(definition.name, value);
  }
  return toOptions(given, connectTo, argv.slice(at));
}

function parseSeed(name: string): LabSeed {
  const seed = SEEDS.find((one) => one === name.toLowerCase());
  if (seed === undefined) {
    throw new UsageError(`--seed: ${JSON.stringify(name)} is not a lab.`, `There is ${SEEDS.join(', ')}.`);
  }
  return seed;
}

function splitAtEquals(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 || !word.startsWith('--') ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function toOptions(
  given: ReadonlyMap<string, string>,
  connectTo: ConnectTo[],
  rest: readonly string[],
): CommandOptions {
  const user = given.get('--user');
  const lab = given.get('--lab');
  const seed = given.get('--seed');
  const state = given.get('--state');
  const passwordEnv = given.get('--password-env');
  const secretEnv = given.get('--secret-env');
  const auth = given.get('--auth');
  const port = given.get('--port');
  const ca = given.get('--ca');
  const pin = given.get('--pin');
  const keytab = given.get('--keytab');
  const cert = given.get('--cert');
  const key = given.get('--key');
  const trustedHosts = given.get('--trusted-hosts');
  const timeout = given.get('--timeout');
  if (lab !== undefined && seed !== undefined) {
    throw new UsageError('--lab and --seed are both given.', 'Give one of them.');
  }
  if (state !== undefined && given.has('--emulator')) {
    throw new UsageError('--state is of a lab that keeps running.', 'Write: cimlet emulator --state FILE');
  }
  if (passwordEnv !== undefined && given.has('--password-stdin')) {
    throw new UsageError('--password-env and --password-stdin are both given.', 'Give one of them.');
  }
  if (secretEnv !== undefined && given.has('--secret-stdin')) {
    throw new UsageError('--secret-env and --secret-stdin are both given.', 'Give one of them.');
  }
  if (user === undefined && (passwordEnv !== undefined || given.has('--password-stdin'))) {
    throw new UsageError('A password is given without --user.', 'Give --user NAME as well.');
  }
  // CredSSP shows a certificate of its own, over http, too.
  const ofServer = auth?.toLowerCase() === 'credssp' ? [] : ['--ca', '--pin'];
  const tlsOnly = [...ofServer, '--cert', '--key', '--skip-ca-check', '--skip-cn-check'].find((name) =>
    given.has(name),
  );
  if (tlsOnly !== undefined && !given.has('--use-ssl')) {
    const orCredSsp = ofServer.includes(tlsOnly) ? ', or --auth CredSsp, whose own certificate it judges' : '';
    throw new UsageError(`${tlsOnly} has no meaning without https.`, `Add --use-ssl${orCredSsp}.`);
  }
  if (key !== undefined && cert === undefined)
    throw new UsageError('--key is given without --cert.', 'Give --cert FILE as well.');
  if (keytab !== undefined && (passwordEnv !== undefined || given.has('--password-stdin'))) {
    throw new UsageError('--keytab and a password are both given.', 'Give one of them.');
  }
  return {
    emulator: given.has('--emulator'),
    json: given.has('--json'),
    explain: given.has('--explain'),
    ...(lab === undefined ? {} : { lab }),
    ...(seed === undefined ? {} : { seed: parseSeed(seed) }),
    ...(state === undefined ? {} : { state }),
    verbose: given.has('--verbose'),
    help: given.has('--help'),
    version: given.has('--version'),
    ...(user === undefined ? {} : { user }),
    ...(passwordEnv === undefined ? {} : { passwordEnv }),
    passwordStdin: given.has('--password-stdin'),
    ...(secretEnv === undefined ? {} : { secretEnv }),
    secretStdin: given.has('--secret-stdin'),
    ...(auth === undefined ? {} : { auth: parseAuthentication(auth) }),
    delegate: given.get('--delegate')?.toLowerCase() === 'always' ? 'always' : given.has('--delegate'),
    noNtlm: given.has('--no-ntlm'),
    credSspNtlmOnly: given.has('--credssp-ntlm-only'),
    ...(trustedHosts === undefined ? {} : { trustedHosts: trustedHosts.split(',').map((host) => host.trim()) }),
    ...(keytab === undefined ? {} : { keytab }),
    ...(port === undefined ? {} : { port: parsePort(port, '--port') }),
    useSsl: given.has('--use-ssl'),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(pin === undefined ? {} : { pin }),
    skipCaCheck: given.has('--skip-ca-check'),
    skipCnCheck: given.has('--skip-cn-check'),
    allowUnencrypted: given.has('--allow-unencrypted'),
    connectTo,
    ...(timeout === undefined ? {} : { timeoutSeconds: parseSeconds(timeout) }),
    rest,
  };
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

function parseAuthentication(text: string): AuthenticationName {
  const found = AUTHENTICATIONS.find((name) => name.toLowerCase() === text.toLowerCase());
  if (found) return found;
  const meant = suggestion(text, AUTHENTICATIONS);
  throw new UsageError(
    `--auth: ${JSON.stringify(text)} is not one of ${AUTHENTICATIONS.join(', ')}.`,
    meant === undefined ? 'Give one of them.' : `Did you mean ${meant}?`,
  );
}

function parsePort(text: string, option: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new UsageError(`${option}: ${JSON.stringify(text)} is not a port.`, 'Give a number from 1 to 65535.');
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds > 0) return seconds;
  throw new UsageError(`--timeout: ${JSON.stringify(text)} is not a number of seconds.`, 'Give a number above zero.');
}

/** `HOST:PORT:ADDRESS:PORT`, as curl has it: every part may be empty, an IPv6 address stands in brackets. */
function parseConnectTo(text: string): ConnectTo {
  const parts = /^(\[[0-9A-Za-z:.%_-]*\]|[^:[\]]*):(\d*):(\[[0-9A-Za-z:.%_-]*\]|[^:[\]]*):(\d*)$/.exec(text);
  if (!parts) {
    throw new UsageError(
      `--connect-to: ${JSON.stringify(text)} is not HOST:PORT:ADDRESS:PORT.`,
      'Write for example dhcpserver.contoso.com:5985:127.0.0.1:15985; an IPv6 address stands in brackets.',
    );
  }
  const [, host = '', port = '', toHost = '', toPort = ''] = parts;
  return {
    host: withoutBrackets(host).toLowerCase(),
    port: port === '' ? undefined : parsePort(port, '--connect-to'),
    toHost: withoutBrackets(toHost),
    toPort: toPort === '' ? undefined : parsePort(toPort, '--connect-to'),
  };
}

const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');
