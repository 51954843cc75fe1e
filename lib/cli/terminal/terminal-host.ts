import { CimletError } from '../../base/errors.js';
import type { CmdletHost, ConfirmationAnswer, ConfirmationPrompt } from '../../cmdlet/contract/host.js';
import { type CommandIo, lineWidth, writeProse, writeText } from './command-io.js';
import type { TerminalInput } from './terminal-input.js';

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly answer: ConfirmationAnswer | 'suspend' | 'help';
}

const CHOICES: readonly Choice[] = [
  { key: 'Y', label: 'Yes', help: 'Go on with this step.', answer: 'yes' },
  { key: 'A', label: 'Yes to All', help: 'Go on with this step and all that follow.', answer: 'yesToAll' },
  { key: 'N', label: 'No', help: 'Leave this step out.', answer: 'no' },
  { key: 'L', label: 'No to All', help: 'Leave this step out and all that follow.', answer: 'noToAll' },
  {
    key: 'S',
    label: 'Suspend',
    help: 'Go back to the shell; the question is asked again when cimlet continues.',
    answer: 'suspend',
  },
  { key: '?', label: 'Help', help: '', answer: 'help' },
];

/** What a no is after an error (-ErrorAction Inquire). */
const HALT: Choice = { key: 'H', label: 'Halt Command', help: 'End the line here.', answer: 'no' };

/** True when somebody can be asked: standard input is a terminal. */
export function canAsk(io: CommandIo): boolean {
  return io.stdin.isTTY === true;
}

/** Asks on the terminal as PowerShell's console does. The question goes to standard error, so standard output keeps to results. */
export class TerminalHost implements CmdletHost {
  readonly #io: CommandIo;
  readonly #input: TerminalInput;

  constructor(io: CommandIo, input: TerminalInput) {
    this.#io = io;
    this.#input = input;
  }

  /** Rejects with `ERR_ABORTED` when the input ends or Ctrl-C is pressed before an answer. */
  async confirm(prompt: ConfirmationPrompt): Promise<ConfirmationAnswer> {
    const choices = choicesOf(prompt, this.#io.suspend !== undefined);
    const fallback = choices.find(({ answer }) => answer === prompt.defaultChoice);
    const question = questionText(prompt, this.#io.suspend !== undefined, lineWidth(this.#io.stderr));
    await writeProse(this.#io.stderr, promptText(prompt));
    for (;;) {
      await writeText(this.#io.stderr, question);
      const line = await this.#input.readLine(this.#io.signal);
      if (line === undefined) {
        // Of Ctrl-C the process itself ends the line.
        if (!this.#io.signal.aborted) await writeText(this.#io.stderr, '\n');
        throw new CimletError('ERR_ABORTED', 'The input ended before the question was answered.');
      }
      const choice = line.trim() === '' ? fallback : matching(choices, line.trim());
      if (choice?.answer === 'suspend') this.#io.suspend?.();
      else if (choice?.answer === 'help') await writeProse(this.#io.stderr, helpOf(choices));
      else if (choice) return choice.answer;
    }
  }
}

function choicesOf(prompt: ConfirmationPrompt, canSuspend: boolean): readonly Choice[] {
  return CHOICES.filter(({ answer }) => {
    if (answer === 'suspend') return canSuspend;
    return answer === 'help' || prompt.choices.includes(answer);
  }).map((choice) => (prompt.kind === 'error' && choice.answer === 'no' ? HALT : choice));
}

/** What stands above the choices. */
export function promptText(prompt: ConfirmationPrompt): string {
  return `\n${prompt.caption}\n${prompt.message}\n`;
}

/**
 * `[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [S] Suspend  [?] Help (default is "Y"): `. As in PowerShell a choice that the line has no room for
 * begins the next one.
 */
export function questionText(prompt: ConfirmationPrompt, canSuspend: boolean, width = Infinity): string {
  const choices = choicesOf(prompt, canSuspend);
  const fallback = choices.find(({ answer }) => answer === prompt.defaultChoice);
  const [first = '', ...more] = [
    ...choices.map(({ key, label }) => `[${key}] ${label}`),
    ...(fallback ? [`(default is "${fallback.key}")`] : []),
  ];
  let text = first;
  let taken = first.length;
  for (const item of more) {
    const gap = item.startsWith('(') ? ' ' : '  ';
    // Room for the colon, the blank and an answer.
    const fits = taken + gap.length + item.length + 3 <= width;
    text += `${fits ? gap : '\n'}${item}`;
    taken = fits ? taken + gap.length + item.length : item.length;
  }
  return `${text}: `;
}

function matching(choices: readonly Choice[], text: string): Choice | undefined {
  const wanted = text.toLowerCase();
  return choices.find(({ key, label }) => key.toLowerCase() === wanted || label.toLowerCase() === wanted);
}

function helpOf(choices: readonly Choice[]): string {
  return choices
    .filter(({ help }) => help !== '')
    .map(({ key, help }) => `${key} - ${help}\n`)
    .join('');
}
