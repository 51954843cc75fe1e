import type { Completion } from './complete.js';
import type { ShellLine } from './shell-line.js';

/** Of bash's COMP_WORDBREAKS: behind them begins what it puts a completion in the place of. */
const BREAKS = /[@><=;|&(:]/;
/** COMP_TYPE, when the candidates are only shown. */
const LISTING = '63';

/**
 * What goes into bash's COMPREPLY. Within quotes a line goes on behind what was completed, so the only candidate stands twice there: for one alone bash
 * would close the quotes.
 */
export function bashReplies(
  { head, candidates }: Completion,
  { quote, unquoted, written }: ShellLine,
  kind: string,
): string[] {
  const texts = candidates.map(([text]) => text);
  if (kind === LISTING) return texts;
  if (quote === '') {
    const kept = lastBreak(written);
    return texts.map((text) => escaped(head + text).slice(kept));
  }
  const quoted = texts.map((text) => {
    const put = (head + text).slice(unquoted);
    return quote === '"' ? put.replace(/["$\\`]/g, '\\$&') : put.replaceAll("'", `'\\''`);
  });
  return quoted.length === 1 ? [`${quoted[0]} `, `${quoted[0]}  `] : quoted;
}

/** Where bash begins to put in what is completed. */
function lastBreak(written: string): number {
  for (let at = written.length - 1; at >= 0; at -= 1)
    if (BREAKS.test(written.charAt(at)) && written.charAt(at - 1) !== '\\') return at + 1;
  return 0;
}

const escaped = (text: string): string => text.replace(/[^\p{L}\p{Nd}\w@%+=:,./-]/gu, '\\$&');

/** For zsh a line each: what is put in, a tab, and what is shown, with what it does behind a colon. */
export function zshReplies({ head, candidates }: Completion): string[] {
  return candidates.map(
    ([text, does]) => `${head}${text}\t${text.replaceAll(':', '\\:')}${does === '' ? '' : `:${does}`}`,
  );
}

/**
 * For fish a line each: what is put in, a tab, and what it does. Within quotes it is what is written there and the rest, since fish writes a word with other
 * capitals anew without its quotes; the only one stands twice there, as for bash.
 */
export function fishReplies({ head, current, candidates }: Completion, isQuoted: boolean): string[] {
  const put = (text: string) => head + (isQuoted ? current + text.slice(current.length) : text);
  const [[first, does] = [], second] = candidates;
  if (isQuoted && first !== undefined && second === undefined)
    return [`${put(first)} \t${does}`, `${put(first)}  \t${does}`];
  return candidates.map(([text, what]) => `${put(text)}\t${what}`);
}
