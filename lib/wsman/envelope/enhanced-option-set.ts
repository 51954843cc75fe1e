import { customOption } from '../contract/custom-option.js';
import type { EnhancedOptions } from '../contract/enhanced-options.js';
import type { WsManOption } from '../contract/operation-request.js';

/** Flags of `__MI_CallbackRegistration` (MS-WSMV 2.2.10). */
export const CALLBACKS = { texts: 1, errors: 2, streaming: 4, progress: 8, confirm: 16 } as const;

/** Values of `__MI_OPERATIONOPTIONS_CHANNEL` and its array form. */
export const CHANNELS = { warning: 0, verbose: 1, debug: 2 } as const;

/** Values of `__MI_OPERATIONOPTIONS_PROMPTUSERMODE`. */
const PROMPT_USER_MODES = { report: 0, inquire: 1, ignore: 2 } as const;

/** The name of the option without `wmi:`, which Windows' own client leaves out here. */
export const CALLBACK_REGISTRATION = '__MI_CallbackRegistration';
/** As Windows' client sends it, once a channel; the specification names a plain option without VALUE. */
export const CHANNEL_VALUE = '__MI_OPERATIONOPTIONS_CHANNELVALUE';
export const CHANNEL = '__MI_OPERATIONOPTIONS_CHANNEL';
export const WRITE_ERROR_MODE = '__MI_OPERATIONOPTIONS_WRITEERRORMODE';
export const PROMPT_USER_MODE = '__MI_OPERATIONOPTIONS_PROMPTUSERMODE';
export const PROMPT_USER_ANSWER = '__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE';

/** What the server is asked to call back for. */
export function callbackRegistration(options: EnhancedOptions): number {
  const texts = options.warnings || options.verbose || options.debug;
  return (
    (texts ? CALLBACKS.texts : 0) |
    (options.errors ? CALLBACKS.errors : 0) |
    (options.streaming ? CALLBACKS.streaming : 0) |
    (options.progress ? CALLBACKS.progress : 0) |
    (options.confirm ? CALLBACKS.confirm : 0)
  );
}

let latest: { readonly asked: string; readonly set: readonly WsManOption[] } | undefined;

/** The options that say so on the wire (MS-WSMV 2.2.10), with the names, types and order of Windows' client. */
export function enhancedOptionSet(options: EnhancedOptions): readonly WsManOption[] {
  const { warnings, verbose, debug, writeErrorMode, promptUserMode, promptUserAnswer, context } = options;
  if (context !== undefined) return optionSet(options);
  const texts = (warnings ? 1 : 0) | (verbose ? 2 : 0) | (debug ? 4 : 0);
  const asked = `${texts} ${callbackRegistration(options)} ${writeErrorMode} ${promptUserMode} ${promptUserAnswer}`;
  if (latest?.asked !== asked) latest = { asked, set: optionSet(options) };
  return latest.set;
}

function optionSet(options: EnhancedOptions): WsManOption[] {
  const set: WsManOption[] = [];
  const add = (name: string, value: string, type: string) => set.push(Object.freeze({ name, value, type }));
  const registration = callbackRegistration(options);
  if (registration !== 0) add(CALLBACK_REGISTRATION, String(registration), 'xs:int');
  const number = (name: string, value: number) => add(name, String(value), 'xs:unsignedInt');
  if (options.warnings) number(`wmiarray:${CHANNEL_VALUE}`, CHANNELS.warning);
  if (options.verbose) number(`wmiarray:${CHANNEL_VALUE}`, CHANNELS.verbose);
  if (options.debug) number(`wmiarray:${CHANNEL_VALUE}`, CHANNELS.debug);
  if (options.writeErrorMode !== undefined) {
    number(`wmi:${WRITE_ERROR_MODE}`, options.writeErrorMode === 'inquire' ? 1 : 0);
  }
  if (options.promptUserMode !== undefined)
    number(`wmi:${PROMPT_USER_MODE}`, PROMPT_USER_MODES[options.promptUserMode]);
  if (options.promptUserAnswer !== undefined) {
    add(`wmi:${PROMPT_USER_ANSWER}`, String(options.promptUserAnswer), 'xs:boolean');
  }
  for (const [name, value] of Object.entries(options.context ?? {})) set.push(customOption(name, value));
  return set;
}
