// A server in a process of its own that streams the output of PS_DhcpServerv4Lease.GetByScopeId: ?leases=N of them, an envelope each as MS-WSMV
// 3.1.4.17 has it, 400 a page. A page is written when the one before has left; ?pause=MS waits before the second. GET /pages tells how many went.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const SCHEMA = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2';
const MICROSOFT = 'http://schemas.microsoft.com/wbem/wsman/1';
const METHOD = `${SCHEMA}/PS_DhcpServerv4Lease`;
const PAGE = 400;
const DECLARED = `xmlns:f="${SCHEMA}/DhcpServerv4Lease" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"`;

function lease(index) {
  const address = `10.${40 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
  return `<f:DhcpServerv4Lease ${DECLARED} xsi:type="f:DhcpServerv4Lease_Type"><f:AddressState>Active</f:AddressState><f:ClientId>00-15-5d-0a-00-${(index & 255).toString(16).padStart(2, '0')}</f:ClientId><f:ClientType>Dhcp</f:ClientType><f:Description xsi:nil="true"/><f:DnsRegistration>Complete</f:DnsRegistration><f:DnsRR>AandPTR</f:DnsRR><f:HostName>pc-${index}.contoso.com</f:HostName><f:IPAddress>${address}</f:IPAddress><f:LeaseExpiryTime><cim:Datetime>2026-12-02T08:00:00Z</cim:Datetime></f:LeaseExpiryTime><f:NapCapable>false</f:NapCapable><f:NapStatus>FullAccess</f:NapStatus><f:PolicyName xsi:nil="true"/><f:ProbationEnds xsi:nil="true"/><f:ScopeId>10.40.0.0</f:ScopeId><f:ServerIP>10.10.10.2</f:ServerIP></f:DhcpServerv4Lease>`;
}

const envelope = (headers, body) =>
  `<s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:p="${MICROSOFT}/wsman.xsd"><s:Header><a:Action>${METHOD}/GetByScopeIdResponse</a:Action><a:MessageID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165D</a:MessageID><a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To>${headers}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
const sequence = (number) =>
  `<p:OperationID s:mustUnderstand="false">?</p:OperationID><p:SequenceId>${number}</p:SequenceId><a:RelatesTo>|</a:RelatesTo>`;
const item = (index) =>
  envelope(
    `<w:OperationTimeout>PT120.000S</w:OperationTimeout>${sequence(index + 1)}`,
    `<i:InteractiveEvent xmlns:i="${MICROSOFT}/cim/interactive.xsd"><i:EventType>StreamingOutput</i:EventType><i:Name>cmdletOutput</i:Name><i:Type>15</i:Type><i:Value>${lease(index)}</i:Value></i:InteractiveEvent>`,
  );
const last = (count) =>
  envelope(
    sequence(count + 1),
    `<p:GetByScopeId_OUTPUT xmlns:p="${METHOD}"><p:ReturnValue>0</p:ReturnValue></p:GetByScopeId_OUTPUT>`,
  );

// Made beforehand, so that no run pays for the making.
const texts = new Map();
function pageText(first, count) {
  const known = texts.get(first);
  if (known !== undefined && count === PAGE) return known;
  const text = Array.from({ length: count }, (_, index) => item(first + index)).join('');
  if (count === PAGE && texts.size < 50) texts.set(first, text);
  return text;
}

let pages = 0;
async function stream(response, request, query) {
  const [leases, pause] = [Number(query.get('leases') ?? 100_000), Number(query.get('pause') ?? 0)];
  const messageId = /MessageID>([^<]+)</.exec(request)?.[1] ?? '';
  const operationId = /OperationID[^>]*>([^<]+)</.exec(request)?.[1] ?? '';
  const stamped = (text) => Buffer.from(text.replaceAll('|', messageId).replaceAll('?', operationId));
  pages = 0;
  for (let first = 0; first < leases; first += PAGE) {
    if (first === PAGE) await wait(pause);
    pages += 1;
    if (!response.write(stamped(pageText(first, Math.min(PAGE, leases - first))))) await once(response, 'drain');
  }
  response.end(stamped(last(leases)));
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(String(pages));
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    response.writeHead(200, { 'Content-Type': 'application/soap+xml;charset=UTF-8' });
    if (body.includes('GetByScopeId')) void stream(response, body, new URL(request.url, 'http://x').searchParams);
    else response.end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
