// One call in a process of its own whose reply comes out of memory: memory-call.mjs SHAPE MEGABYTES LIMITS (`default` or `raised`). Tells the size of the
// reply, what the process took at its highest beyond what it had before, and the longest time that nothing else had a turn.
import { classDeclarations } from 'cimlet';
import { sessionTo } from './bench-session.mjs';
import { getByName } from './calls.mjs';

const SCHEMA = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2';
const MESSAGE_ID = 'MessageID>';
const MESSAGE_ID_LENGTH = 41;
const PIECE = 64 * 1024;
const PROPERTIES = classDeclarations
  .get('dhcpserverv4failover')
  ?.properties.filter(({ type }) => type === 'string')
  .map(({ name }) => `<f:${name}>dhcpserver2.contoso.com</f:${name}>`)
  .join('');

const UNITS = {
  instances: `<p:cmdletOutput xsi:type="f:DhcpServerv4Failover_Type">${PROPERTIES}</p:cmdletOutput>`,
  elements: '<b/>',
  'elements with a namespace each': '<b xmlns="q"/><b xmlns="r"/>',
  attributes: '<b a="1" b="2" c="3" d="4" e="5"/>',
  text: 'x'.repeat(1000),
  references: '&#65;',
  comments: '<!---->',
  'text between comments': 'x<!---->',
};

const [, , shape, megabytes, limits] = process.argv;
const unit = Buffer.from(UNITS[shape]);
const piece = Buffer.alloc(Math.ceil(PIECE / unit.length) * unit.length, unit);
const pieces = Math.ceil((Number(megabytes) * 1e6) / piece.length);
const action = `${SCHEMA}/PS_DhcpServerv4Failover/GetByNameResponse`;
const head = (id) =>
  Buffer.from(
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header><a:Action>${action}</a:Action><a:RelatesTo>${id}</a:RelatesTo></s:Header><s:Body><p:GetByName_OUTPUT xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="${SCHEMA}/PS_DhcpServerv4Failover" xmlns:f="${SCHEMA}/DhcpServerv4Failover">`,
  );
const tail = Buffer.from('</p:GetByName_OUTPUT></s:Body></s:Envelope>');

async function* bodyFor(request) {
  const at = request.indexOf(MESSAGE_ID) + MESSAGE_ID.length;
  yield head(request.subarray(at, at + MESSAGE_ID_LENGTH));
  for (let sent = 0; sent < pieces; sent += 1) yield piece;
  yield tail;
}

const send = async ({ body }) => ({
  status: 200,
  contentType: 'application/soap+xml;charset=UTF-8',
  body: bodyFor(body),
});
const session = await sessionTo(5985, 'wsman', {
  transport: () => ({ url: 'http://x:5985/wsman', host: 'x', send, close: async () => {} }),
  ...(limits === 'raised' && { maxResponseBytes: 1e9, maxResponseElements: 1e8 }),
});

let [longest, latest] = [0, performance.now()];
const tick = setInterval(() => {
  const now = performance.now();
  longest = Math.max(longest, now - latest);
  latest = now;
}, 5);
const before = process.memoryUsage.rss();
const outcome = await getByName(session)().then(
  ({ outParameters }) => `${outParameters.cmdletOutput?.length ?? 0} instances`,
  ({ code }) => code,
);
clearInterval(tick);
const peak = process.resourceUsage().maxRSS * 1024;
process.send({ mb: (pieces * piece.length) / 1e6, tookMb: (peak - before) / 1e6, longest, outcome });
