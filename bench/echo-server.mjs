// A server in a process of its own that answers every Invoke with the same 2 KB, after an optional delay (?delay=50), or with as much as two
// relationships of 17 properties are (?reply=two).
// Only RelatesTo changes from reply to reply, since a client that checks it is what is measured.
import { createServer } from 'node:http';

const SCHEMA = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2';
const scopes = Array.from({ length: 8 }, (_, index) => `<f:ScopeId>10.10.${index}.0</f:ScopeId>`).join('');
const before = Buffer.from(
  `<s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"><s:Header><a:Action>${SCHEMA}/PS_DhcpServerv4Failover/GetByNameResponse</a:Action><a:MessageID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165D</a:MessageID><a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To><a:RelatesTo>`,
);
const output = (instances) =>
  Buffer.from(
    `</a:RelatesTo></s:Header><s:Body><p:GetByName_OUTPUT xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="${SCHEMA}/PS_DhcpServerv4Failover" xmlns:f="${SCHEMA}/DhcpServerv4Failover" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common">${instances.join('')}<p:ReturnValue>0</p:ReturnValue></p:GetByName_OUTPUT></s:Body></s:Envelope>`,
  );
const relationship = (name, partner) =>
  `<p:cmdletOutput xsi:type="f:DhcpServerv4Failover_Type"><f:Name>${name}</f:Name><f:PartnerServer>${partner}</f:PartnerServer><f:Mode>LoadBalance</f:Mode><f:ServerRole xsi:nil="true"/><f:LoadBalancePercent>70</f:LoadBalancePercent><f:ReservePercent xsi:nil="true"/>${scopes}<f:MaxClientLeadTime><cim:Interval>P0DT2H0M0S</cim:Interval></f:MaxClientLeadTime><f:AutoStateTransition>true</f:AutoStateTransition><f:StateSwitchInterval><cim:Interval>P0DT2H0M0S</cim:Interval></f:StateSwitchInterval><f:State>Normal</f:State><f:EnableAuth>true</f:EnableAuth><f:PrimaryServerIP>10.10.10.2</f:PrimaryServerIP><f:SecondaryServerIP>10.10.10.3</f:SecondaryServerIP><f:PrimaryServerName>dhcpserver</f:PrimaryServerName><f:SecondaryServerName>${partner}</f:SecondaryServerName><f:ServerType>PrimaryServer</f:ServerType></p:cmdletOutput>`;
const ONE = output([relationship('SFO-SIN-Failover', 'dhcpserver2.contoso.com')]);
const TWO = output([
  relationship('SFO-SIN-Failover', 'dhcpserver2.contoso.com'),
  relationship('SFO-DEN-Failover', 'dhcpserver3.contoso.com'),
]);
const use = (index) =>
  `<p:cmdletOutput xsi:type="g:DhcpServerv4ScopeStatistics_Type"><g:AddressesFree>149</g:AddressesFree><g:AddressesInUse>41</g:AddressesInUse><g:PendingOffers>0</g:PendingOffers><g:PercentageInUse>21.57895</g:PercentageInUse><g:ReservedAddress>3</g:ReservedAddress><g:ScopeId>10.10.${index}.0</g:ScopeId><g:SuperscopeName>Campus</g:SuperscopeName></p:cmdletOutput>`;
const [beforeId] = before.toString().split('<a:Action>');
const statistics = {
  before: Buffer.from(
    `${beforeId}<a:Action>${SCHEMA}/PS_DhcpServerv4ScopeStatistics/GetResponse</a:Action><a:MessageID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165D</a:MessageID><a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To><a:RelatesTo>`,
  ),
  after: Buffer.from(
    `</a:RelatesTo></s:Header><s:Body><p:Get_OUTPUT xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="${SCHEMA}/PS_DhcpServerv4ScopeStatistics" xmlns:g="${SCHEMA}/DhcpServerv4ScopeStatistics">${[0, 1, 2, 3, 4, 5, 6, 7].map(use).join('')}<p:ReturnValue>0</p:ReturnValue></p:Get_OUTPUT></s:Body></s:Envelope>`,
  ),
};
const MESSAGE_ID = Buffer.from('MessageID>');
const ID_LENGTH = 'uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165D'.length;

const replies = { one: { before, after: ONE }, two: { before, after: TWO }, statistics };

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    const start = body.indexOf(MESSAGE_ID) + MESSAGE_ID.length;
    const query = new URL(request.url, 'http://x').searchParams;
    const { before: beginning, after } = replies[query.get('reply')] ?? replies.one;
    const reply = Buffer.concat([beginning, body.subarray(start, start + ID_LENGTH), after]);
    const send = () => {
      response.writeHead(200, { 'Content-Type': 'application/soap+xml;charset=UTF-8', 'Content-Length': reply.length });
      response.end(reply);
    };
    const delay = Number(query.get('delay') ?? 0);
    if (delay > 0) setTimeout(send, delay);
    else send();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4096, () =>
  process.send({
    port: server.address().port,
    bytes: before.length + ID_LENGTH + ONE.length,
    bytesOfTwo: before.length + ID_LENGTH + TWO.length,
  }),
);
