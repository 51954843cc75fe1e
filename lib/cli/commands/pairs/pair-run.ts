import type { OpenSession } from '../../sessions/open-session.js';
import type { CommandIo } from '../../terminal/command-io.js';
import type { TerminalInput } from '../../terminal/terminal-input.js';
import type { PairSessions } from './pair-sessions.js';
import type { PairWords } from './pair-words.js';

/** What the commands about pairs work with. */
export interface PairTools {
  readonly io: CommandIo;
  readonly input: TerminalInput;
  readonly open: OpenSession;
  readonly json: boolean;
  /** Characters in a line, where the line of the command says it. */
  readonly width?: number | undefined;
}

/** The same with the words of the line, and with sessions that are closed at the end. */
export interface PairRun extends PairTools {
  readonly words: PairWords;
  readonly sessions: PairSessions;
}
