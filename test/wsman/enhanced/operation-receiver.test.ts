import { describe, expect, it } from '@jest/globals';
import { OperationReceiver, type ReceivedMessage } from '../../../lib/wsman/enhanced/operation-receiver.js';

const GUID = '2C36A5B0-0D1E-4F4A-9C0B-3F6D7B0A1C2D';
const ID = `uuid:${GUID}`;
const MESSAGE = 'uuid:00000000-0000-0000-0000-000000000001';
const ACTION = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/PS_Test/Talk';
const MICROSOFT = 'http://schemas.microsoft.com/wbem/wsman/1/wsman';

/** As MS-WSMV 3.2.4.2.1.2 prints it. */
function upkeep(kind: string, operationId: string, more = ''): string {
  return `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:p="${MICROSOFT}.xsd"><s:Header><a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To><w:ResourceURI s:mustUnderstand="true">${MICROSOFT}/${kind === 'Keepalive' ? 'FullDuplex' : 'RobustConnection'}</w:ResourceURI><a:Action s:mustUnderstand="true">${MICROSOFT}/${kind}</a:Action><a:MessageID>uuid:9EAD368E-003D-4E83-83D6-4A3D7F8F44D2</a:MessageID><p:OperationID>${operationId}</p:OperationID>${more}</s:Header><s:Body></s:Body></s:Envelope>`;
}

function message(sequenceId: number, body: string, operationId = ID): string {
  return `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:p="${MICROSOFT}.xsd"><s:Header><a:Action>${ACTION}Response</a:Action><p:OperationID>${operationId}</p:OperationID><p:SequenceId>${sequenceId}</p:SequenceId><a:RelatesTo>${MESSAGE}</a:RelatesTo></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

const warning = (text: string) =>
  `<i:InteractiveEvent xmlns:i="http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd"><i:EventType>Warning</i:EventType><i:Description>${text}</i:Description></i:InteractiveEvent>`;
const FINAL = '<o:Talk_OUTPUT xmlns:o="urn:x"><o:ReturnValue>0</o:ReturnValue></o:Talk_OUTPUT>';

function receiver() {
  const messages: ReceivedMessage[] = [];
  let acknowledged = 0;
  const made = new OperationReceiver(
    { operationId: ID, messageId: MESSAGE, action: ACTION, host: 'recorded.example' },
    { onMessage: (one) => messages.push(one), onAcknowledge: () => acknowledged++ },
  );
  const begin = (resumed: boolean) => made.begin(200, 'application/soap+xml;charset=UTF-8', resumed);
  begin(false);
  return {
    messages,
    begin,
    receiver: made,
    write: (...texts: string[]) => made.write(Buffer.from(texts.join(''))),
    acknowledged: () => acknowledged,
    kinds: () => messages.map(({ type }) => type),
  };
}

describe('what keeps an operation going', () => {
  it('is, as Windows doubles the prefix, as long as the one that is recorded', () => {
    // Five captured connections of OTRF/Security-Datasets have a sealed message of 727 bytes 42 seconds after the last one.
    expect(upkeep('Keepalive', ID)).toHaveLength(722);
    expect(upkeep('Keepalive', `uuid:${ID}`)).toHaveLength(727);
  });

  it.each(['Keepalive', 'KeepAlive', 'Acknowledge', 'AcknowledgeRequest'])(
    '%s does not end it, however its id is spelled',
    (kind) => {
      for (const spelled of [GUID, ID, `uuid:${ID}`, `urn:uuid:${ID.toLowerCase()}`, 'uuid:another', '']) {
        const { receiver: made, write, kinds } = receiver();
        write(upkeep(kind, spelled), upkeep(kind, spelled), message(1, FINAL));
        made.end();
        expect(kinds()).toEqual(['final']);
      }
    },
  );

  it('before anything else does not decide whether the server resumes operations', () => {
    const { receiver: made, write } = receiver();
    write(upkeep('Keepalive', `uuid:${ID}`));
    expect(made.enhanced).toBeUndefined();
    write(message(1, FINAL));
    expect(made.enhanced).toBe(true);
  });

  it('begins a resumed reply: what came before is not given again', () => {
    const { receiver: made, write, begin, kinds, acknowledged } = receiver();
    write(message(1, warning('one'), `uuid:${ID}`), message(2, warning('two'), `uuid:${ID}`));
    begin(true);
    write(upkeep('Acknowledge', `uuid:${ID}`), message(2, warning('two')), message(3, FINAL));
    made.end();
    expect(kinds()).toEqual(['warning', 'warning', 'final']);
    expect(acknowledged()).toBe(1);
  });

  it('asks for an acknowledgement only for its own operation, and counts only then', () => {
    const { write, acknowledged, receiver: made } = receiver();
    const number = '<p:SequenceId>1</p:SequenceId>';
    write(upkeep('AcknowledgeRequest', 'uuid:another', number));
    expect([acknowledged(), made.lastSequenceId]).toEqual([0, 0]);
    write(upkeep('AcknowledgeRequest', `uuid:${ID}`, number));
    expect([acknowledged(), made.lastSequenceId]).toEqual([1, 1]);
  });

  it("does not let another operation's message in", () => {
    const { write } = receiver();
    write(upkeep('Keepalive', 'uuid:another'));
    expect(() => write(message(1, FINAL, 'uuid:another'))).toThrow(/belongs to the operation uuid:another/);
  });
});
