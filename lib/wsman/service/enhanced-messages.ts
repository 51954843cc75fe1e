import type { XmlElement } from '../../xml/element.js';
import { XmlWriter } from '../../xml/writer.js';
import type { PromptAnswer } from '../contract/enhanced-event.js';
import type { EnhancedOptions } from '../contract/enhanced-options.js';
import type { WsManOption } from '../contract/operation-request.js';
import { type StreamedType, streamedTypeCode } from '../contract/streamed-type.js';
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
import { NS } from '../envelope/namespaces.js';
import { invalidBody } from './enumeration-messages.js';

/** An event as a server sends it. Markup is finished, with every prefix that it uses declared. */
export type InteractiveEventContent =
  | { readonly type: 'debug' | 'verbose' | 'warning'; readonly text: string }
  | {
      readonly type: 'progress';
      readonly activity: string;
      readonly currentOperation: string;
      readonly statusDescription: string;
      readonly percentComplete?: number;
      readonly secondsRemaining?: number;
    }
  | { readonly type: 'confirm'; readonly text: string; readonly promptType: 'normal' | 'critical' }
  | { readonly type: 'errorAction'; readonly error: string; readonly actionType: 'inquire' | 'report' }
  | ({
      readonly type: 'streamingOutput';
      readonly name: string;
      readonly value?: string;
      /** Declarations of the prefixes that `value` does not declare itself: `xmlns:p`, … */
      readonly valueNamespaces?: Readonly<Record<string, string>>;
    } & StreamedType);

const UNKNOWN = String(0xffffffff);

/** The body `i:InteractiveEvent` (MS-WSMV 2.2.4.47). */
export function writeInteractiveEvent(event: InteractiveEventContent): string {
  const xml = new XmlWriter().open('i:InteractiveEvent', { 'xmlns:i': NS.interactive });
  switch (event.type) {
    case 'progress':
      xml.element('i:EventType', 'Progress').element('i:Activity', event.activity);
      xml.element('i:CurrentOperation', event.currentOperation);
      xml.element('i:StatusDescription', event.statusDescription);
      xml.element('i:PercentComplete', event.percentComplete === undefined ? UNKNOWN : String(event.percentComplete));
      xml.element(
        'i:SecondsRemaining',
        event.secondsRemaining === undefined ? UNKNOWN : String(event.secondsRemaining),
      );
      break;
    case 'confirm':
      xml.element('i:EventType', 'Confirm').element('i:Description', event.text);
      xml.element('i:PromptType', event.promptType === 'critical' ? 'Critical' : 'Normal');
      break;
    case 'errorAction':
      xml.element('i:EventType', 'ErrorAction').open('i:Description').raw(event.error).close();
      xml.element('i:ActionType', event.actionType === 'inquire' ? 'Inquire' : 'Report');
      break;
    case 'streamingOutput':
      xml.element('i:EventType', 'StreamingOutput').element('i:Name', event.name);
      xml.element('i:Type', String(streamedTypeCode(event)));
      if (event.value !== undefined) xml.open('i:Value', event.valueNamespaces).raw(event.value).close();
      break;
    default:
      xml.element('i:EventType', EVENT_TYPES[event.type]).element('i:Description', event.text);
  }
  return xml.close().toString();
}

const EVENT_TYPES = { debug: 'Debug', verbose: 'Verbose', warning: 'Warning' } as const;

/** The answer to a prompt as a server reads it. */
export interface InteractiveResponseMessage {
  readonly eventType: 'Confirm' | 'ErrorAction';
  readonly answer: PromptAnswer;
}

/** Reads the body `i:InteractiveResponse` (MS-WSMV 2.2.4.48). @throws RequestFault */
export function readInteractiveResponse(body: XmlElement | undefined): InteractiveResponseMessage {
  const isOne = body?.name === 'InteractiveResponse' && body.namespace === NS.interactive;
  const eventType = body?.child('EventType')?.text.trim();
  const answer = body?.child('Response')?.text.trim();
  if (!isOne || (eventType !== 'Confirm' && eventType !== 'ErrorAction')) throw invalidBody('InteractiveResponse');
  if (answer !== 'yes' && answer !== 'no' && answer !== 'yesToAll' && answer !== 'noToAll') {
    throw invalidBody('Response');
  }
  return { eventType, answer };
}

/** Reads the body of an Acknowledge (MS-WSMV 2.2.4.44): the last SequenceId that the other side received. @throws RequestFault */
export function readAcknowledge(body: XmlElement | undefined): number {
  // The printed message has the element right in the body; its schema puts it into another one.
  const element = body?.name === 'LastSequenceIdReceived' ? body : body?.child('LastSequenceIdReceived');
  const text = element?.text.trim() ?? '';
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw invalidBody('LastSequenceIdReceived');
  return value;
}

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
