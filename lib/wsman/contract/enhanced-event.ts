import type { XmlElement } from '../../xml/tree/element.js';
import type { EnumerationItem } from './enumeration-item.js';
import type { StreamedType } from './streamed-type.js';

/** The answers to a prompt (MS-WSMV 2.2.5.14). `…ToAll` also settles later prompts of the same importance, on the server. */
export type PromptAnswer = 'yes' | 'no' | 'yesToAll' | 'noToAll';

/** A text for one of the streams. */
export interface TextEvent {
  readonly type: 'debug' | 'verbose' | 'warning';
  readonly text: string;
}

export interface OperationProgressEvent {
  readonly type: 'progress';
  readonly activity: string;
  readonly currentOperation: string;
  readonly statusDescription: string;
  /** 0 to 100; undefined when the server does not know. */
  readonly percentComplete: number | undefined;
  readonly secondsRemaining: number | undefined;
}

/** What a prompt that waits for an answer has; nothing but upkeep comes from the server until it is given. */
export interface Answerable {
  /** False for what is only reported: the server goes on by itself, and `respond` is refused. */
  readonly needsAnswer: boolean;
  /**
   * Sends the answer on a connection beside the operation's own, again when that breaks, until the server has it. Once only.
   * @throws `ERR_INVALID_ARGUMENT` for a second answer, one that is not needed, or one after the operation's end.
   */
  respond(answer: PromptAnswer): Promise<void>;
}

/** The server asks for a confirmation. A critical prompt is sent whatever the prompt mode, and is never answered automatically. */
export interface ConfirmEvent extends Answerable {
  readonly type: 'confirm';
  readonly text: string;
  readonly promptType: 'normal' | 'critical';
}

/** The provider met an error that does not end the operation. */
export interface ErrorActionEvent extends Answerable {
  readonly type: 'errorAction';
  /** The CIM error instance. */
  readonly error: XmlElement;
  /** `inquire`: shall the provider go on (`yes`, `yesToAll`)? */
  readonly actionType: 'inquire' | 'report';
}

/** A value of a streamed out parameter, or a part of its array. */
export interface StreamingOutputEvent extends StreamedType {
  readonly type: 'streamingOutput';
  /** Of the parameter. */
  readonly name: string;
  /** `Type` as sent (MS-WSMV 2.2.5.16). */
  readonly typeCode: number;
  /** The Value element: its children are the parameter's elements, as they would stand in `Method_OUTPUT`. Absent: null. */
  readonly value: XmlElement | undefined;
}

/** One of what an enumeration gives; see `EnumerateRequest.mode`. */
export interface ItemEvent extends EnumerationItem {
  readonly type: 'item';
}

/** The operation's result; nothing follows it. */
export interface FinalEvent<Body = XmlElement | undefined> {
  readonly type: 'final';
  /** `Method_OUTPUT`, the instance, what was created, or undefined for an empty body and for an enumeration. */
  readonly body: Body;
  /** The server knows enhanced operations; otherwise there were no other events. */
  readonly enhanced: boolean;
}

/** What an enhanced CIM operation tells, in the server's order. */
export type EnhancedEvent<Body = XmlElement | undefined> =
  | TextEvent
  | OperationProgressEvent
  | ConfirmEvent
  | ErrorActionEvent
  | StreamingOutputEvent
  | ItemEvent
  | FinalEvent<Body>;
