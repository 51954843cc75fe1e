import type { PromptAnswer } from '../../wsman/contract/enhanced-event.js';
import type { ConnectionOutage, EnhancedOptions } from '../../wsman/contract/enhanced-options.js';
import type { CimException } from '../error/cim-exception.js';

/** The answers to a prompt of the server. `…ToAll` also settles later prompts of the same importance. MMI's CimResponseType. */
export type CimResponse = PromptAnswer;

/** How far an operation has come, as the server tells it; while a lost connection is waited for, how that goes on. */
export interface CimProgress {
  readonly activity: string;
  readonly currentOperation: string;
  readonly statusDescription: string;
  /** 0 to 100; undefined when the server does not know. */
  readonly percentComplete: number | undefined;
  readonly secondsRemaining: number | undefined;
}

/** The server asks whether it shall go on. */
export interface CimPrompt {
  readonly message: string;
  /** A critical prompt is never answered by the server itself. */
  readonly promptType: 'normal' | 'critical';
  /** False when the server only tells of a prompt that it answered itself (`promptUserMode: 'report'`). */
  readonly needsAnswer: boolean;
}

/**
 * What the caller hears while the server works, and what it is asked (MMI's CimOperationOptions; MS-WSMV 2.2.10). With any of these an
 * operation becomes an enhanced one; a server that knows nothing of it answers plainly, and none of these is called. An error that a
 * function throws stops the operation, and is the operation's error.
 */
export interface CimEnhancedOptions {
  readonly onWarning?: ((text: string) => void) | undefined;
  readonly onVerbose?: ((text: string) => void) | undefined;
  readonly onDebug?: ((text: string) => void) | undefined;
  readonly onProgress?: ((progress: CimProgress) => void) | undefined;
  /** An error that does not end the operation. */
  readonly onError?: ((error: CimException) => void) | undefined;
  /** Asked, after `onError`, whether the operation shall go on in spite of it; with this function the server waits for the answer. */
  readonly answerError?: ((error: CimException) => CimResponse | Promise<CimResponse>) | undefined;
  /** Asked for each confirmation. */
  readonly promptUser?: ((prompt: CimPrompt) => CimResponse | Promise<CimResponse>) | undefined;
  /** `inquire`, the server's default: it waits for `promptUser`. `report`: it only tells. `ignore`: it answers normal prompts by itself. */
  readonly promptUserMode?: 'report' | 'inquire' | 'ignore' | undefined;
  /** The server's own answer to normal prompts with `report` and `ignore`: true is yes. */
  readonly promptUserAnswer?: boolean | undefined;
  /** Default `inquire` with `answerError`, else what the server takes for granted: `report`. */
  readonly writeErrorMode?: 'report' | 'inquire' | undefined;
}

const ENHANCED_OPTIONS: ReadonlySet<string> = new Set<keyof CimEnhancedOptions>([
  'onWarning',
  'onVerbose',
  'onDebug',
  'onProgress',
  'onError',
  'answerError',
  'promptUser',
  'promptUserMode',
  'promptUserAnswer',
  'writeErrorMode',
]);

/** True when the caller wants an enhanced operation. Asked for every request: to look at what is there costs less than to miss ten properties. */
export function isEnhanced(options: CimEnhancedOptions): boolean {
  for (const name in options) {
    if (ENHANCED_OPTIONS.has(name) && options[name as keyof CimEnhancedOptions] !== undefined) return true;
  }
  return false;
}

/** A lost connection is waited for aloud: a warning at first, then progress. */
function outageListener({ onWarning, onProgress }: CimEnhancedOptions): EnhancedOptions['onOutage'] {
  if (onWarning === undefined && onProgress === undefined) return undefined;
  return ({ host, error, attempt, delayMs, remainingMs }: ConnectionOutage) => {
    const seconds = (ms: number): number => Math.ceil(ms / 1000);
    if (attempt === 1) {
      onWarning?.(
        `${error.message} It is tried to take the operation up again, for ${seconds(remainingMs)} seconds at most.`,
      );
    }
    onProgress?.({
      activity: `Reconnecting to ${host}`,
      currentOperation: error.message,
      statusDescription: `Attempt ${attempt}, in ${seconds(delayMs)} s`,
      percentComplete: undefined,
      secondsRemaining: seconds(remainingMs),
    });
  };
}

/** No literal, as all that lives as long as a call: see docs/project/performance.md. */
class Wishes implements EnhancedOptions {
  readonly warnings: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly progress: boolean;
  readonly errors: boolean;
  readonly confirm: boolean;
  readonly promptUserMode: EnhancedOptions['promptUserMode'];
  readonly promptUserAnswer: EnhancedOptions['promptUserAnswer'];
  readonly writeErrorMode: EnhancedOptions['writeErrorMode'];
  readonly onOutage: EnhancedOptions['onOutage'];

  constructor(
    options: CimEnhancedOptions,
    readonly streaming: boolean,
  ) {
    this.warnings = options.onWarning !== undefined;
    this.verbose = options.onVerbose !== undefined;
    this.debug = options.onDebug !== undefined;
    this.progress = options.onProgress !== undefined;
    this.errors = options.onError !== undefined || options.answerError !== undefined;
    this.confirm = options.promptUser !== undefined;
    this.promptUserMode = options.promptUserMode;
    this.promptUserAnswer = options.promptUserAnswer;
    this.writeErrorMode = options.writeErrorMode ?? (options.answerError === undefined ? undefined : 'inquire');
    this.onOutage = outageListener(options);
  }
}

/** What the server is to be told of the caller's wishes. */
export function enhancedOptions(options: CimEnhancedOptions, streaming = false): EnhancedOptions {
  return new Wishes(options, streaming);
}
