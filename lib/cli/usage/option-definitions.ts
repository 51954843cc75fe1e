import { AUTHENTICATIONS } from '../../cim/session/authentication-names.js';
import { SEED_LIST } from './lab-seeds.js';

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
  {
    name: '--file',
    argument: 'FILE',
    description: 'the PowerShell lines of this file, - for standard input, over sessions that are kept; also -File',
  },
  { name: '--explain', description: 'say what the line would bind and send, and send nothing' },
  { name: '--lab', argument: 'FILE', description: 'JSON file that describes the lab, instead of the built-in one' },
  {
    name: '--seed',
    argument: 'NAME',
    description: `another lab instead: ${SEED_LIST}`,
  },
  {
    name: '--state',
    argument: 'FILE',
    description: 'of cimlet emulator: go on with the lab of this file, and keep it there at the end',
  },
  {
    name: '--profile',
    argument: 'NAME',
    description: 'take what no option says from this profile; default: $CIMLET_PROFILE, or the profile default',
  },
  { name: '--no-profile', description: 'take nothing from profiles and from the variables CIMLET_…' },
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
  {
    name: '--ticket-cache',
    argument: 'NAME',
    description:
      'Kerberos with the tickets of this cache, as KRB5CCNAME spells it; with --user with those of that user',
  },
  { name: '--spn-host', argument: 'HOST', description: "Kerberos: the host of the server's service principal name" },
  { name: '--spn-service', argument: 'CLASS', description: 'Kerberos: its service class, instead of HTTP' },
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
  {
    name: '--proxy',
    argument: 'URL',
    description: 'through this HTTP proxy: http://HOST:PORT, or http://USER@HOST:PORT',
  },
  {
    name: '--proxy-password-env',
    argument: 'VAR',
    description: "the proxy user's password: this environment variable",
  },
  { name: '--timeout', argument: 'S', description: 'seconds after which a call fails' },
  {
    name: '--attempts',
    argument: 'N',
    description: 'how often a server is tried where a repetition does no harm, 1 to 20; default 1',
  },
  {
    name: '--width',
    argument: 'N',
    description: 'characters in a line of the views; default: as the terminal, or 120',
  },
  {
    name: '--color',
    argument: 'WHEN',
    description: 'auto (on a terminal, unless NO_COLOR or FORCE_COLOR says otherwise), always, never',
  },
  { name: '--verbose', description: 'say what is done, as -Verbose does, and which connections are made' },
  { name: '--help', description: 'this text; after it, a cmdlet name for the help of that cmdlet' },
  { name: '--version', description: 'the version of cimlet' },
];
