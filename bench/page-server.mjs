// A server in a process of its own with fixed replies made beforehand: an enumeration in pages of 400 instances (?instances=N: how many
// in all), and a method that gives 400 instances as streamed output, in one reply, or in one reply of as many bytes as the stream has.
// Only RelatesTo, the enumeration context and the operation's own id change from reply to reply. GET tells how many requests came so far.
import { createServer } from 'node:http';

const SCHEMA = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2';
const MICROSOFT = 'http://schemas.microsoft.com/wbem/wsman/1';
const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const PAGE = 400;
const PAGES = 25;

const envelope = (action, headers, body) =>
  `<s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:n="${ENUMERATION}" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:p="${MICROSOFT}/wsman.xsd"><s:Header><a:Action>${action}</a:Action><a:MessageID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165D</a:MessageID><a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To>${headers}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

const DECLARED = `xmlns:f="${SCHEMA}/DhcpServerv4Failover" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"`;
const STATES = ['Normal', 'CommunicationInterrupted', 'PartnerDown', 'Recover'];

/** Instance `index` of 17 properties, two of them null and one an array. */
function properties(index) {
  const scopes = [0, 1, 2].map((scope) => `<f:ScopeId>10.${scope}.${index % 250}.0</f:ScopeId>`).join('');
  return `<f:AutoStateTransition>${index % 2 === 0}</f:AutoStateTransition><f:EnableAuth>true</f:EnableAuth><f:LoadBalancePercent>${index % 101}</f:LoadBalancePercent><f:MaxClientLeadTime><cim:Interval>P0DT${index % 24}H0M0S</cim:Interval></f:MaxClientLeadTime><f:Mode>LoadBalance</f:Mode><f:Name>SFO-SIN-Failover-${index}</f:Name><f:PartnerServer>dhcpserver${index}.contoso.com</f:PartnerServer><f:PrimaryServerIP>10.10.${index % 250}.2</f:PrimaryServerIP><f:PrimaryServerName>dhcpserver.contoso.com</f:PrimaryServerName><f:ReservePercent xsi:nil="true"/>${scopes}<f:SecondaryServerIP>10.10.${index % 250}.3</f:SecondaryServerIP><f:SecondaryServerName>dhcpserver${index}.contoso.com</f:SecondaryServerName><f:ServerRole xsi:nil="true"/><f:ServerType>PrimaryServer</f:ServerType><f:State>${STATES[index % STATES.length]}</f:State><f:StateSwitchInterval><cim:Interval>P0DT1H${index % 60}M0S</cim:Interval></f:StateSwitchInterval>`;
}

const instance = (index) =>
  `<f:DhcpServerv4Failover ${DECLARED} xsi:type="f:DhcpServerv4Failover_Type">${properties(index)}</f:DhcpServerv4Failover>`;

const pages = Array.from({ length: PAGES }, (_, page) =>
  Buffer.from(Array.from({ length: PAGE }, (_, index) => instance(page * PAGE + index)).join('')),
);

function page(request, messageId, query) {
  const all = Number(query.get('instances') ?? 10_000) / PAGE;
  const number = Number(/<n:EnumerationContext>(\d+)</.exec(request)?.[1] ?? 0);
  const first = number === 0;
  const prefix = first ? 'w' : 'n';
  const last = number + 1 >= all;
  const name = first ? 'Enumerate' : 'Pull';
  const [before, after] = envelope(
    `${ENUMERATION}/${name}Response`,
    `<a:RelatesTo>${messageId}</a:RelatesTo>`,
    `<n:${name}Response><n:EnumerationContext>${last ? '' : number + 1}</n:EnumerationContext><${prefix}:Items>|</${prefix}:Items>${last ? `<${prefix}:EndOfSequence/>` : ''}</n:${name}Response>`,
  ).split('|');
  return [Buffer.from(before), pages[number % PAGES], Buffer.from(after)];
}

const METHOD = `${SCHEMA}/PS_DhcpServerv4Failover`;
const output = (content) =>
  `<p:GetByName_OUTPUT xmlns:p="${METHOD}" ${DECLARED}>${content}<p:ReturnValue>0</p:ReturnValue></p:GetByName_OUTPUT>`;
const inOneReply = (count) =>
  Buffer.from(
    envelope(
      `${METHOD}/GetByNameResponse`,
      '<a:RelatesTo>|</a:RelatesTo>',
      output(
        Array.from(
          { length: count },
          (_, index) => `<p:cmdletOutput xsi:type="f:DhcpServerv4Failover_Type">${properties(index)}</p:cmdletOutput>`,
        ).join(''),
      ),
    ),
  );
const STREAMED = 10 * PAGE;
const OPERATION = '<p:OperationID s:mustUnderstand="false">?</p:OperationID>';
const streamed = [
  ...Array.from({ length: STREAMED }, (_, index) =>
    envelope(
      `${METHOD}/GetByNameResponse`,
      `<w:OperationTimeout>PT120.000S</w:OperationTimeout>${OPERATION}<p:SequenceId>${index + 1}</p:SequenceId><a:RelatesTo>|</a:RelatesTo>`,
      `<i:InteractiveEvent xmlns:i="${MICROSOFT}/cim/interactive.xsd"><i:EventType>StreamingOutput</i:EventType><i:Name>cmdletOutput</i:Name><i:Type>15</i:Type><i:Value>${instance(index)}</i:Value></i:InteractiveEvent>`,
    ),
  ),
  envelope(
    `${METHOD}/GetByNameResponse`,
    `${OPERATION}<p:SequenceId>${STREAMED + 1}</p:SequenceId><a:RelatesTo>|</a:RelatesTo>`,
    output(''),
  ),
].join('');
const single = inOneReply(STREAMED);
const padded = inOneReply(Math.round(STREAMED * (streamed.length / single.length)));

const stamped = (text, messageId, operationId = '') =>
  Buffer.from(text.toString().replaceAll('|', messageId).replaceAll('?', operationId));

/** What is sent for a request: prepared where the method is concerned, so that no run pays for the making. */
function answer(body, url) {
  const request = body.toString();
  const messageId = /MessageID>([^<]+)</.exec(request)?.[1] ?? '';
  const operationId = /OperationID[^>]*>([^<]+)</.exec(request)?.[1];
  const query = url.searchParams;
  if (/Action[^>]*>[^<]*\/(?:End|Acknowledge|Keepalive|Cancel|Release)</.test(request)) return [];
  if (!request.includes('GetByName')) return page(request, messageId, query);
  if (query.get('reply') === 'padded') return [stamped(padded, messageId)];
  if (operationId === undefined) return [stamped(single, messageId)];
  return [stamped(streamed, messageId, operationId)];
}

let requests = 0;
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(String(requests));
    return;
  }
  requests += 1;
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const pieces = answer(Buffer.concat(chunks), new URL(request.url, 'http://x'));
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    response.writeHead(200, {
      'Content-Type': 'application/soap+xml;charset=UTF-8',
      'Content-Length': length,
    });
    for (const piece of pieces) response.write(piece);
    response.end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () =>
  process.send({
    port: server.address().port,
    streamedBytes: streamed.length,
    singleBytes: single.length,
    paddedBytes: padded.length,
    streamed: STREAMED,
  }),
);
