import type { ColorMode } from '../usage/option-values.js';
import type { ViewLine } from '../views/view.js';
import type { TextSink } from './command-io.js';
import { visibleText } from './visible-text.js';

/** What is coloured, and PowerShell 7's colours for it ($PSStyle.Formatting). */
const STYLES = {
  heading: '\u001b[32;1m',
  error: '\u001b[31;1m',
  warning: '\u001b[33;1m',
  verbose: '\u001b[33;1m',
  debug: '\u001b[33;1m',
} as const;
export type Style = keyof typeof STYLES;
const RESET = '\u001b[0m';

/** Paints texts for one stream, or leaves them as they are. */
export class Palette {
  readonly isColored: boolean;

  constructor(
    sink: Pick<TextSink, 'isTTY'>,
    env: Readonly<Record<string, string | undefined>>,
    mode: ColorMode = 'auto',
  ) {
    this.isColored = mode === 'auto' ? wantsColor(sink, env) : mode === 'always';
  }

  /** A text with its controls made visible, in a colour. */
  text(text: string, style: Style): string {
    const visible = visibleText(text);
    return this.isColored && visible !== '' ? `${STYLES[style]}${visible}${RESET}` : visible;
  }

  /** A line of a view, its heading coloured. */
  line(line: ViewLine): string {
    if (typeof line === 'string') return visibleText(line);
    return `${this.text(line.text.slice(0, line.accent), 'heading')}${visibleText(line.text.slice(line.accent))}`;
  }
}

/** https://no-color.org and https://force-color.org; the second goes before the first, as in Node. */
function wantsColor({ isTTY }: Pick<TextSink, 'isTTY'>, env: Readonly<Record<string, string | undefined>>): boolean {
  const { NO_COLOR: no = '', FORCE_COLOR: force = '', TERM: terminal } = env;
  if (force !== '') return force !== '0' && force.toLowerCase() !== 'false';
  return no === '' && isTTY === true && terminal !== 'dumb';
}
