import type { EnhancedOptions } from '../contract/enhanced-options.js';
import type { WsManOption } from '../contract/operation-request.js';
import {
  CALLBACK_REGISTRATION,
  CALLBACKS,
  CHANNEL,
  CHANNEL_VALUE,
  CHANNELS,
  PROMPT_USER_ANSWER,
  PROMPT_USER_MODE,
  WRITE_ERROR_MODE,
} from '../envelope/enhanced-option-set.js';

/**
 * What a client registered for (MS-WSMV 2.2.10), whether its options have the prefixes `wmi:` and `wmiarray:` or none.
 * All three text channels are open when it names none.
 */
export function readEnhancedOptions(options: readonly WsManOption[]): EnhancedOptions {
  let registration = 0;
  const channels = new Set<number>();
  let writeErrorMode: 'report' | 'inquire' | undefined;
  let promptUserMode: 'report' | 'inquire' | 'ignore' | undefined;
  let promptUserAnswer: boolean | undefined;
  const context: Record<string, string> = Object.create(null);
  for (const { name, value } of options) {
    const text = value.trim();
    const number = /^\d{1,10}$/.test(text) ? Number(text) : 0;
    const bare = name.replace(/^wmi(?:array)?:/i, '');
    switch (bare.toUpperCase()) {
      case CALLBACK_REGISTRATION.toUpperCase():
        registration |= number;
        break;
      case CHANNEL:
      case CHANNEL_VALUE:
        channels.add(number);
        break;
      case WRITE_ERROR_MODE:
        writeErrorMode = number === 1 ? 'inquire' : 'report';
        break;
      case PROMPT_USER_MODE:
        promptUserMode = number === 0 ? 'report' : number === 2 ? 'ignore' : 'inquire';
        break;
      case PROMPT_USER_ANSWER:
        promptUserAnswer = /^(?:true|1)$/i.test(text);
        break;
      default:
        if (bare !== name) context[bare] = value;
    }
  }
  const has = (flag: number) => (registration & flag) !== 0;
  const channel = (number: number) => has(CALLBACKS.texts) && (channels.size === 0 || channels.has(number));
  return {
    warnings: channel(CHANNELS.warning),
    verbose: channel(CHANNELS.verbose),
    debug: channel(CHANNELS.debug),
    progress: has(CALLBACKS.progress),
    errors: has(CALLBACKS.errors),
    streaming: has(CALLBACKS.streaming),
    confirm: has(CALLBACKS.confirm),
    ...(writeErrorMode === undefined ? {} : { writeErrorMode }),
    ...(promptUserMode === undefined ? {} : { promptUserMode }),
    ...(promptUserAnswer === undefined ? {} : { promptUserAnswer }),
    context,
  };
}
