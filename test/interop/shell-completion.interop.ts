// bash, zsh and fish themselves, on a terminal that `script` of util-linux makes.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const COMMAND = join(__dirname, '../../dist/cimlet.js');
const PROMPT = 'next> ';
const CALLED = '<called>';

/** How a shell is started so that it reads `rc` alone, and what makes it complete cimlet's lines. */
const SHELLS = {
  bash: {
    rc: 'bashrc',
    args: ['--noprofile', '--rcfile', '$HOME/bashrc', '-i'],
    setUp: `PS1='${PROMPT}'; eval "$(cimlet completion bash)"`,
  },
  zsh: {
    rc: '.zshrc',
    args: ['-d', '-i'],
    setUp: `PS1='${PROMPT}'; autoload -Uz compinit; compinit -u -D; eval "$(cimlet completion zsh)"`,
  },
  fish: {
    rc: 'fish/config.fish',
    args: ['-i'],
    setUp: `set -g fish_greeting; set -g fish_autosuggestion_enabled 0; function fish_prompt; echo -n '${PROMPT}'; end; cimlet completion fish | source`,
  },
} as const;
type Shell = keyof typeof SHELLS;

/** Keys as they are pressed, and the words that cimlet is called with in the end. */
const LINES: readonly (readonly [keys: string, words: readonly string[]])[] = [
  ['get-dhcpserverv4failo\t', ['Get-DhcpServerv4Failover']],
  ['Set-DhcpServerv4Failover F -loadb\t70', ['Set-DhcpServerv4Failover', 'F', '-LoadBalancePercent', '70']],
  ['--emulator --seed b\tdemo', ['--emulator', '--seed', 'branch-office', 'demo']],
  // Of a word that is not begun there is what all begin with.
  ['test \t2\t', ['test', 'dhcp2.contoso.com']],
  ['Get-DhcpServerv4Scope -Cn a,dhcp2\t', ['Get-DhcpServerv4Scope', '-Cn', 'a,dhcp2.contoso.com']],
  ['--color=al\ttest', ['--color=always', 'test']],
  [
    'Add-DhcpServerv4Failover -AutoStateTransition \\$t\t',
    ['Add-DhcpServerv4Failover', '-AutoStateTransition', '$true'],
  ],
  // Within quotes the line goes on behind what was completed.
  ["'Get-DhcpServerv4Scope | Where\tStat\t-eq Active'", ['Get-DhcpServerv4Scope | Where-Object State -eq Active']],
  [
    "'Get-DhcpServerv4Scope -Cn dhcp1.contoso.com, dhcp2\t'",
    ['Get-DhcpServerv4Scope -Cn dhcp1.contoso.com, dhcp2.contoso.com '],
  ],
  [`"Set-DhcpServerv4Failover 'Two words' -Mode H\t"`, ["Set-DhcpServerv4Failover 'Two words' -Mode HotStandby "]],
  // Names with a blank.
  ['--profile two\tdemo', ['--profile', 'two words', 'demo']],
];

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

describe.each(Object.keys(SHELLS) as Shell[])('a line typed in %s on a terminal', (shell) => {
  const test = isThere(shell) && /util-linux/.test(String(spawnSync('script', ['--version']).stdout)) ? it : it.skip;

  test('has the words that Tab completed; apt-get install zsh fish', async () => {
    const calls = await wordsOf(
      shell,
      LINES.map(([keys]) => keys),
    );
    expect(calls).toEqual(LINES.map(([, words]) => words));
  }, 300_000);
});

/** Types lines into the shell, and gives what cimlet was called with. */
async function wordsOf(shell: Shell, lines: readonly string[]): Promise<string[][]> {
  const { rc, args, setUp } = SHELLS[shell];
  const home = mkdtempSync(join(tmpdir(), 'cimlet-terminal-'));
  const write = (path: string, text: string) => {
    mkdirSync(join(home, path, '..'), { recursive: true });
    writeFileSync(join(home, path), text, { mode: 0o600 });
  };
  write(rc, `${setUp}\n`);
  write('calls', '');
  // Without it fish makes one out of all manual pages, for minutes.
  mkdirSync(join(home, 'fish', 'generated_completions'), { recursive: true });
  write(
    'profiles.json',
    JSON.stringify({ branch: { computers: ['dhcp1.contoso.com', 'dhcp2.contoso.com'] }, 'two words': {} }),
  );
  write(
    'cimlet',
    `#!/bin/sh\ncase "$1" in __complete|completion) exec '${process.execPath}' '${COMMAND}' "$@";; esac\nprintf '%s\\037' "$@" >> "$HOME/calls"\nprintf '\\036' >> "$HOME/calls"\necho '${CALLED}'\n`,
  );
  chmodSync(join(home, 'cimlet'), 0o755);
  const env = {
    PATH: `${home}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    ZDOTDIR: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    CIMLET_PROFILE: 'branch',
    CIMLET_PROFILE_FILE: join(home, 'profiles.json'),
    TERM: 'xterm',
    LC_ALL: 'C.UTF-8',
  };
  // `script` makes the terminal.
  const terminal = spawn('script', ['-qefc', `stty cols 120 rows 40; exec ${shell} ${args.join(' ')}`, '/dev/null'], {
    env,
  });
  try {
    const screen = new Screen(terminal);
    for (const line of lines) {
      await screen.shows(PROMPT);
      terminal.stdin.write(`cimlet ${line}\r`);
      await screen.shows(CALLED);
    }
    // What the shell still writes is written when it has ended.
    await screen.shows(PROMPT);
    const ended = once(terminal, 'exit');
    terminal.stdin.write('exit\r');
    await ended;
    return readFileSync(join(home, 'calls'), 'utf8')
      .split('\u001e')
      .slice(0, -1)
      .map((call) => call.split('\u001f').slice(0, -1));
  } finally {
    terminal.kill('SIGKILL');
    rmSync(home, { recursive: true, maxRetries: 10 });
  }
}

/** What a terminal has been sent. */
class Screen {
  #text = '';
  #ended = false;
  #changed = () => {};

  constructor(terminal: ChildProcessWithoutNullStreams) {
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text;
      this.#changed();
    });
    terminal.on('exit', () => {
      this.#ended = true;
      this.#changed();
    });
  }

  /** Resolves when the text has come since the last one that was waited for. */
  async shows(text: string): Promise<void> {
    for (;;) {
      const at = this.#text.indexOf(text);
      if (at >= 0) {
        this.#text = this.#text.slice(at + text.length);
        return;
      }
      if (this.#ended) throw new Error(`The shell has ended: ${this.#text}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }
}
