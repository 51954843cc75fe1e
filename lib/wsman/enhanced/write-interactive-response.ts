import { XmlWriter } from '../../xml/writer.js';
import type { PromptAnswer } from '../contract/enhanced-event.js';
import { NS } from '../envelope/namespaces.js';

/** The body of an answer (MS-WSMV 2.2.4.48). */
export function writeInteractiveResponse(eventType: 'Confirm' | 'ErrorAction', answer: PromptAnswer): string {
  return new XmlWriter()
    .open('i:InteractiveResponse', { 'xmlns:i': NS.interactive })
    .element('i:EventType', eventType)
    .element('i:Response', answer)
    .close()
    .toString();
}
