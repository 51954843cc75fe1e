import { CimletError } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type {
  Answerable,
  ConfirmEvent,
  ErrorActionEvent,
  OperationProgressEvent,
  StreamingOutputEvent,
  TextEvent,
} from '../contract/enhanced-event.js';
import { streamedTypeOf } from '../contract/streamed-type.js';
import { NS } from '../envelope/namespaces.js';

/** An event as it was sent, before anybody can answer it. */
export type ReceivedEvent =
  | TextEvent
  | OperationProgressEvent
  | Omit<ConfirmEvent, keyof Answerable>
  | Omit<ErrorActionEvent, keyof Answerable>
  | StreamingOutputEvent;

const UNKNOWN_NUMBER = 0xffffffff;

export function isInteractiveEvent(element: XmlElement | undefined): element is XmlElement {
  return element?.name === 'InteractiveEvent' && element.namespace === NS.interactive;
}

/**
 * Reads `i:InteractiveEvent` (MS-WSMV 2.2.4.47).
 * @throws `ERR_PROTOCOL` when its first element is not a known EventType, or a part is missing that the type must have.
 */
export function readInteractiveEvent(event: XmlElement): ReceivedEvent {
  const [first] = event.children;
  const eventType = first?.name === 'EventType' ? first.text.trim() : undefined;
  switch (eventType) {
    case 'Debug':
      return { type: 'debug', text: description(event, eventType).text };
    case 'Verbose':
      return { type: 'verbose', text: description(event, eventType).text };
    case 'Warning':
      return { type: 'warning', text: description(event, eventType).text };
    case 'Progress':
      return readProgress(event);
    case 'Confirm':
      return {
        type: 'confirm',
        text: description(event, eventType).text,
        promptType: oneOf(event, eventType, 'PromptType', { Normal: 'normal', Critical: 'critical' }),
      };
    case 'ErrorAction':
      return readErrorAction(event);
    case 'StreamingOutput':
      return readStreamingOutput(event);
    default:
      throw malformed(
        eventType === undefined
          ? 'does not begin with its EventType'
          : `has the unknown EventType ${JSON.stringify(eventType.slice(0, 40))}`,
      );
  }
}

function readProgress(event: XmlElement): OperationProgressEvent {
  const text = (name: string) => event.child(name)?.text ?? '';
  return {
    type: 'progress',
    activity: text('Activity'),
    currentOperation: text('CurrentOperation'),
    statusDescription: text('StatusDescription'),
    percentComplete: readNumber(event, 'PercentComplete', 100),
    secondsRemaining: readNumber(event, 'SecondsRemaining', UNKNOWN_NUMBER - 1),
  };
}

/** Undefined for what is absent and for the all-ones value of "unknown". */
function readNumber(event: XmlElement, name: string, most: number): number | undefined {
  const text = event.child(name)?.text.trim() ?? '';
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= most ? value : undefined;
}

function readErrorAction(event: XmlElement): Omit<ErrorActionEvent, keyof Answerable> {
  const [error] = description(event, 'ErrorAction').children;
  if (error === undefined) throw malformed('has no error instance (ErrorAction)');
  return {
    type: 'errorAction',
    error,
    actionType: oneOf(event, 'ErrorAction', 'ActionType', { Inquire: 'inquire', Report: 'report' }),
  };
}

function readStreamingOutput(event: XmlElement): StreamingOutputEvent {
  const name = event.child('Name')?.text.trim();
  const code = event.child('Type')?.text.trim();
  const streamed = code === undefined || !/^\d{1,3}$/.test(code) ? undefined : streamedTypeOf(Number(code));
  if (!name) throw malformed('does not name its parameter (StreamingOutput)');
  if (streamed === undefined) throw malformed('has no known Type (StreamingOutput)');
  return { type: 'streamingOutput', name, typeCode: Number(code), ...streamed, value: event.child('Value') };
}

function description(event: XmlElement, eventType: string): XmlElement {
  const found = event.child('Description');
  if (found === undefined) throw malformed(`has no Description (${eventType})`);
  return found;
}

function oneOf<T>(event: XmlElement, eventType: string, name: string, values: Readonly<Record<string, T>>): T {
  const text = event.child(name)?.text.trim() ?? '';
  const value = Object.hasOwn(values, text) ? values[text] : undefined;
  if (value === undefined) throw malformed(`has no valid ${name} (${eventType})`);
  return value;
}

function malformed(what: string): CimletError {
  return new CimletError('ERR_PROTOCOL', `An event of the operation ${what}.`);
}
