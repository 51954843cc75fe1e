import { SEED_LIST } from '../../usage/lab-seeds.js';

/** A command of cimlet's own: what `--help` says of it, and what may be completed behind it. */
export interface OwnCommand {
  readonly usage: readonly string[];
  readonly text: string;
  /** Its words, with what each does; a value in capitals. */
  readonly words: readonly (readonly [word: string, description: string])[];
  readonly example: string;
}

const JSON_WORD = ['--json', 'as JSON instead of text'] as const;

export const OWN_COMMAND_HELP: Readonly<Record<string, OwnCommand>> = {
  emulator: {
    usage: ['cimlet emulator [--json] [--lab FILE | --seed NAME] [--state FILE]'],
    text: 'Runs a lab of emulated DHCP servers on this machine until Ctrl-C, and says first how to reach it.',
    words: [
      JSON_WORD,
      ['--lab FILE', 'JSON file that describes the lab'],
      ['--seed NAME', `a lab that comes with cimlet: ${SEED_LIST}`],
      ['--state FILE', 'go on with the lab of this file, and keep it there at the end'],
    ],
    example: 'cimlet emulator --seed branch-office',
  },
  demo: {
    usage: ['cimlet demo [--json] [--verbose]'],
    text: 'Creates a failover relationship on an emulated lab, and shows it on both servers. Nothing else is touched.',
    words: [JSON_WORD, ['--verbose', 'say which connections are made']],
    example: 'cimlet demo',
  },
  decode: {
    usage: ['cimlet decode TEXT|FILE|- [--json]'],
    text: 'Explains a Negotiate token, an encrypted body or a SOAP envelope: base64, hexadecimal or a file.',
    words: [JSON_WORD],
    example: 'cimlet decode TlRMTVNTUAABAAAAB4IIogAAAAAAAAAAAAAAAAAAAAAKAGFKAAAADw==',
  },
  test: {
    usage: ['cimlet [options] test HOST [PARTNER] [--json]'],
    text: 'Takes the steps of a connection one after the other, up to the DHCP service and from there to the partner, and stops at the first that fails, with the remedy. Nothing is changed.',
    words: [JSON_WORD],
    example: "cimlet --user 'CONTOSO\\dhcpadmin' --auth CredSsp test dhcp1.contoso.com dhcp2.contoso.com",
  },
  generate: {
    usage: [
      'cimlet [options] generate --from-server HOST --namespace N CLASS… [--out FILE]',
      'cimlet generate --mof FILE… [--namespace N] [CLASS…] [--out FILE]',
    ],
    text: 'Writes TypeScript interfaces and declarations of CIM classes.',
    words: [
      ['--from-server HOST', 'from the metadata of this server'],
      ['--mof FILE', 'from MOF files'],
      ['--namespace N', 'the namespace of the classes'],
      ['--out FILE', 'write them there instead of to standard output'],
    ],
    example: 'cimlet generate --from-server dhcp1.contoso.com --namespace root/cimv2 Win32_Operating*',
  },
  serve: {
    usage: ['cimlet [options] serve'],
    text: 'Runs cmdlets for another program, which writes its calls as lines of JSON to standard input (docs/project/serve.md). Options are also taken from $CIMLET_OPTIONS.',
    words: [],
    example: 'cimlet --profile branch serve',
  },
  powershell: {
    usage: ['cimlet powershell [--install | --uninstall | --pack FOLDER]'],
    text: 'Says where the PowerShell module is, or installs it for the user, takes it away, or packs it.',
    words: [
      ['--install', 'make the cmdlets known to PowerShell'],
      ['--uninstall', 'take them away again'],
      ['--pack FOLDER', 'write the packages of the modules there'],
    ],
    example: 'cimlet powershell --install',
  },
  compare: {
    usage: [
      'cimlet [options] compare SERVER [RELATIONSHIP] [--partner NAME] [--replicated-only] [--json]',
      'cimlet [options] compare --fleet FILE',
    ],
    text: 'Says in what the servers of a failover pair differ. Exit code 0: in step, 3: different, 4: not known.',
    words: [
      JSON_WORD,
      ['--partner NAME', 'the other server'],
      ['--replicated-only', 'only what replication would carry over'],
      ['--reservation-options', 'the options of reservations, too'],
      ['--fleet FILE', 'the pairs of this file'],
    ],
    example: 'cimlet --profile branch compare dhcp1.contoso.com',
  },
  replicate: {
    usage: ['cimlet [options] replicate SERVER [RELATIONSHIP] [--plan] [--scope ID]… [--save FILE] [--json]'],
    text: 'Shows what replication would add, change and remove at the partner, saves what goes, asks, and replicates.',
    words: [
      JSON_WORD,
      ['--plan', 'show it, and do no more'],
      ['--partner NAME', 'the other server'],
      ['--scope ID', 'this scope alone; repeatable'],
      ['--save FILE', 'where what goes is saved'],
      ['--reservation-options', 'the options of reservations, too'],
    ],
    example: 'cimlet --profile branch replicate dhcp1.contoso.com --plan',
  },
  'put-back': {
    usage: ['cimlet [options] put-back SERVER FILE [--plan] [--json]'],
    text: 'Puts back what replicate saved.',
    words: [JSON_WORD, ['--plan', 'show it, and do no more'], ['--save FILE', 'where what goes is saved']],
    example: 'cimlet put-back dhcp2.contoso.com saved.json --plan',
  },
  fleet: {
    usage: [
      "cimlet fleet run --targets FILE --credential NAME [--stages 1,10%,100%] [--max-failed 2%] 'LINE' | --audit",
      'cimlet [options] fleet worker --sites LIST --credentials FILE --allow-cmdlets LIST --allow-computers LIST',
      'cimlet fleet status [RUN] [--follow], results RUN [--failed] [--csv], cancel RUN, retry RUN, check',
      "cimlet fleet schedule [NAME CRON --targets FILE --credential NAME 'LINE'] [--remove NAME]",
    ],
    text: 'Runs one cmdlet on thousands of computers by several workers, so that a run survives whoever dies. It needs Redis, whose address is in $CIMLET_REDIS, and npm install bullmq ioredis. Exit code 0: all ok, 1: not, 3: it goes on. docs/fleets.md has all of it.',
    words: [
      ['run', 'start a run, and follow it; Ctrl-C leaves it running'],
      ['worker', 'work on runs until Ctrl-C or SIGTERM'],
      ['status', 'one run, or the newest ones and the workers; RUN is an id, its beginning, or last'],
      ['results', 'what became of each computer'],
      ['cancel', 'begin nothing more'],
      ['retry', 'a new run of what failed'],
      ['schedule', 'start a plan whenever a cron expression says so; without words the list'],
      ['check', 'look at Redis and at the workers'],
      ['--redis URL', 'in the place of $CIMLET_REDIS; one with a password stays in the environment'],
      ['--fleet NAME', 'which fleet there, in the place of $CIMLET_FLEET'],
      ['--redis-ca FILE', 'authority of a rediss:// server; --redis-cert and --redis-key for a client certificate'],
      [
        '--targets FILE',
        'computers: a name a line, or CSV with ComputerName, Site and parameters; - for standard input',
      ],
      ['--list NAME', 'the computers that are kept with a schedule'],
      ['--credential NAME', 'the name under which the workers know the credential'],
      ['--secret P=NAME', 'the same for a secret parameter P; repeatable'],
      ['--site NAME', 'the site of computers that name none'],
      ['--stages LIST', 'numbers or shares, each perhaps with its limit: 1,10%:2%,100%; default 1,100%'],
      ['--max-failed SHARE', 'stop when more of a stage failed'],
      ['--deadline WHEN', 'begin nothing after it: 2026-12-01T04:00:00Z, or 8h from now'],
      ['--job-size N', 'computers of one job of a read, 1 to 50; default 10'],
      [
        '--grace S',
        'of a run: how long a server may be at work after a time-out; of a worker: how long it may take to end',
      ],
      ['--keep-days N', 'how long plan and outcomes are kept; default 7'],
      [
        '--audit',
        'compare failover pairs, and report the differences; --replicated-only leaves out what is never replicated',
      ],
      ['--what-if', 'bind every row, print the stages, and queue nothing'],
      ['--detach', 'print the id of the run, and do not follow it'],
      ['--sites LIST', "a worker's sites; default: default"],
      ['--credentials FILE', 'JSON that says where each credential and secret is'],
      ['--allow-cmdlets LIST', "what a worker does: 'Get-*,Compare-*'"],
      ['--allow-computers LIST', "where: '*.emea.contoso.com'"],
      ['--throttle N', 'computers of a worker at a time; default 64'],
      ['--metrics PLACE', "Prometheus' figures there: 127.0.0.1:9464"],
      ['--log', 'a line of JSON for each outcome of a worker'],
      ['--lock S', 'seconds after which the jobs of a dead worker are given to others; default 60'],
      ['--time-zone ZONE', 'of the cron expression: Europe/Berlin; default UTC'],
      ['--ok, --failed, --unknown, --skipped', 'only these results'],
      ['--csv', 'results as CSV; with --output what the cmdlet gave'],
      JSON_WORD,
    ],
    example:
      "cimlet fleet run --targets servers.csv --credential emea --stages 1,10%,100% --max-failed 2% 'Get-DhcpServerv4Failover'",
  },
  completion: {
    usage: ['cimlet completion bash|zsh|fish'],
    text: 'Prints a script with which the shell completes cmdlets, parameters, values, options, and the computers of the profile.',
    words: [
      ['bash', 'echo \'eval "$(cimlet completion bash)"\' >> ~/.bashrc'],
      ['zsh', 'echo \'eval "$(cimlet completion zsh)"\' >> ~/.zshrc, behind compinit'],
      ['fish', 'cimlet completion fish > ~/.config/fish/completions/cimlet.fish'],
    ],
    example: 'eval "$(cimlet completion bash)"',
  },
};

/** What `cimlet COMMAND --help` prints; undefined for what is no command of cimlet's own. */
export function ownCommandHelp(name: string): string | undefined {
  const { usage, text, words, example } = OWN_COMMAND_HELP[name.toLowerCase()] ?? {};
  if (usage === undefined || words === undefined) return undefined;
  const width = Math.max(0, ...words.map(([word]) => word.length));
  return [
    ...usage.map((one) => `Usage: ${one}`),
    '',
    text ?? '',
    ...(words.length === 0 ? [] : ['', ...words.map(([word, does]) => `  ${word.padEnd(width)}  ${does}`)]),
    '',
    `Example: ${example ?? ''}`,
    'cimlet --help lists the options that stand before it.',
    '',
  ].join('\n');
}
