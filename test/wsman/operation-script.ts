import { writeControlMessage } from '../../lib/wsman/envelope/write-control-message.js';
import {
  type InteractiveEventContent,
  writeInteractiveEvent,
} from '../../lib/wsman/service/write-interactive-event.js';
import { respond, type SeenRequest } from './scripted-server.js';

const MICROSOFT = 'http://schemas.microsoft.com/wbem/wsman/1/wsman';

export const CLASS = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Test';
export const OUTPUT = `<p:Run_OUTPUT xmlns:p="${CLASS}"><p:ReturnValue>0</p:ReturnValue></p:Run_OUTPUT>`;

/** Messages of one operation as a server numbers them. */
export function message(request: SeenRequest, sequenceId: number, body: string, more = {}): string {
  return respond(request, body, {
    messageId: `uuid:M${sequenceId}`,
    operationId: request.operationId,
    sequenceId,
    ...more,
  });
}

export function event(request: SeenRequest, sequenceId: number, content: InteractiveEventContent): string {
  return message(request, sequenceId, writeInteractiveEvent(content), { operationTimeoutMs: 120_000 });
}

export function warning(request: SeenRequest, sequenceId: number, text = `w${sequenceId}`): string {
  return event(request, sequenceId, { type: 'warning', text });
}

export function control(request: SeenRequest, action: string, lastSequenceIdReceived?: number): string {
  return writeControlMessage({
    action: `${MICROSOFT}/${action}`,
    resourceUri: `${MICROSOFT}/RobustConnection`,
    operationId: request.operationId ?? '',
    ...(lastSequenceIdReceived === undefined ? {} : { lastSequenceIdReceived }),
  });
}
