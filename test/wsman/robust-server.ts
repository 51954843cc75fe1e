import { readAcknowledge } from '../../lib/wsman/service/read-acknowledge.js';
import { control } from './operation-script.js';
import { connectionLost, EMPTY, fault, ScriptedServer, type SeenRequest } from './scripted-server.js';

interface Operation {
  readonly messages: string[];
  acknowledged: number;
}

/**
 * Plays MS-WSMV 3.1.4.1.39: runs an operation once, keeps its messages, replays them to a retransmission. Each connection
 * breaks after the next of `cuts` bytes; when these are used up, it holds.
 */
export class RobustServer extends ScriptedServer {
  readonly runs: string[];

  constructor(cuts: readonly number[], operate: (request: SeenRequest) => string[]) {
    const runs: string[] = [];
    const operations = new Map<string, Operation>();
    let connections = 0;
    super((request) => {
      const id = request.operationId ?? '';
      const known = operations.get(id);
      if (request.action.endsWith('/Acknowledge')) {
        if (known !== undefined) known.acknowledged = Math.max(known.acknowledged, readAcknowledge(request.body));
        return EMPTY;
      }
      if (request.resourceUri.endsWith('/FullDuplex')) return EMPTY;
      if (request.sequenceId !== 1 || (known !== undefined && !request.retransmission)) {
        return fault(request, { soapSubcode: 'wsa:InvalidMessageInformationHeader' });
      }
      let operation = known;
      if (operation === undefined) {
        runs.push(request.action);
        operation = { messages: operate(request), acknowledged: 0 };
        operations.set(id, operation);
      }
      const { messages, acknowledged } = operation;
      const kept =
        known === undefined ? messages : [control(request, 'Acknowledge', 1), ...messages.slice(acknowledged)];
      const bytes = Buffer.from(kept.join(''), 'utf8');
      const cut = cuts[connections++];
      // A cut at 0 is one before the first byte of the reply.
      if (cut === 0) throw connectionLost();
      return { body: cut === undefined || cut >= bytes.length ? [bytes] : broken(bytes.subarray(0, cut)) };
    });
    this.runs = runs;
  }
}

async function* broken(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw connectionLost();
}
