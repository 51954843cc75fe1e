import type { Transport } from '../../lib/transport/transport.js';
import { IDENTIFY_ACTION } from '../../lib/wsman/service/read-request.js';
import type { EnvelopeKind } from './envelope-judge.js';

export interface RecordedEnvelope {
  readonly kind: EnvelopeKind;
  readonly text: string;
}

/** A transport that keeps what goes over another one, envelope by envelope. */
export function recording(inner: Transport, record: RecordedEnvelope[]): Transport {
  return {
    url: inner.url,
    host: inner.host,
    send: async (request) => {
      const text = Buffer.from(request.body).toString('utf8');
      record.push({ kind: isIdentify(text) ? 'identify' : 'request', text });
      const reply = await inner.send(request);
      return { ...reply, body: recorded(reply.body, record) };
    },
    close: () => inner.close(),
  };
}

async function* recorded(body: AsyncIterable<Uint8Array>, record: RecordedEnvelope[]): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const chunk of body) {
    // The emulator writes an envelope a chunk, so that no character is cut.
    text += Buffer.from(chunk).toString('utf8');
    for (let end = text.indexOf(END); end >= 0; end = text.indexOf(END)) {
      const envelope = text.slice(0, end + END.length);
      text = text.slice(end + END.length);
      record.push({ kind: kindOf(envelope), text: envelope });
    }
    yield chunk;
  }
}

const END = '</s:Envelope>';
const isIdentify = (text: string) => text.includes(IDENTIFY_ACTION.slice(0, IDENTIFY_ACTION.lastIndexOf('/')));

/** Messages that only keep an operation going have the headers of a request, whoever sends them. */
function kindOf(envelope: string): EnvelopeKind {
  if (isIdentify(envelope)) return 'identify';
  return envelope.includes('<w:ResourceURI s:mustUnderstand') ? 'request' : 'response';
}
