import { XmlWriter } from '../../xml/writer.js';
import { type StreamedType, streamedTypeCode } from '../contract/streamed-type.js';
import { NS } from '../envelope/namespaces.js';

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
