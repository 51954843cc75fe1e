// What node-soap sends by our WSDL, and what the emulated servers answer, judged by libxml2's xmllint against the schemas in the WSDL.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom';
import { createClientAsync } from 'soap';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import { soapClientOptions } from '../../lib/soap/soap-client-options.js';
import type { Transport } from '../../lib/transport/transport.js';

const XS = 'http://www.w3.org/2001/XMLSchema';
const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const folder = mkdtempSync(join(tmpdir(), 'cimlet-wsdl-'));
afterAll(() => rmSync(folder, { recursive: true }));

function parse(text: string): Element {
  const { documentElement } = new DOMParser().parseFromString(text, 'text/xml');
  if (documentElement === null) throw new Error('no root');
  return documentElement;
}

/** Writes the schemas of a WSDL as files that import one another; the last one has the messages. */
function schemaOf(wsdl: string): string {
  const document = parse(wsdl);
  const schemas = Array.from(document.getElementsByTagNameNS(XS, 'schema'));
  const fileOf = new Map(schemas.map((schema, index) => [schema.getAttribute('targetNamespace'), `${index}.xsd`]));
  for (const schema of schemas) {
    for (const one of Array.from(schema.getElementsByTagNameNS(XS, 'import'))) {
      one.setAttribute('schemaLocation', fileOf.get(one.getAttribute('namespace')) ?? 'nowhere');
    }
    // The prefixes in type="…" are declared at the root of the WSDL.
    for (const { name, value } of Array.from(document.attributes)) {
      if (name.startsWith('xmlns:')) schema.setAttributeNS('http://www.w3.org/2000/xmlns/', name, value);
    }
    const file = join(folder, fileOf.get(schema.getAttribute('targetNamespace')) ?? '');
    writeFileSync(file, new XMLSerializer().serializeToString(schema));
  }
  return join(folder, `${schemas.length - 1}.xsd`);
}

function judged(schema: string, envelope: string): string {
  const [body] = Array.from(parse(envelope).getElementsByTagNameNS(SOAP, 'Body'));
  const payload = Array.from(body?.childNodes ?? []).find(
    (node): node is Element => node.nodeType === node.ELEMENT_NODE,
  );
  if (payload === undefined) throw new Error(`no body in ${envelope}`);
  const text = new XMLSerializer().serializeToString(payload);
  writeFileSync(join(folder, 'body.xml'), text);
  const run = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, join(folder, 'body.xml')], {
    encoding: 'utf8',
  });
  return run.status === 0 ? '' : `${run.stderr}\n${text}`;
}

let lab: Lab;
let session: CimSession;
let exchanged: string[];
beforeEach(async () => {
  lab = createLab();
  exchanged = [];
  session = await newCimSession('dhcpserver.contoso.com', {
    transport: ({ computerName }) => recorded(lab.transport(computerName)),
  });
});
afterEach(async () => {
  await session.close();
  lab.close();
});

function recorded(transport: Transport): Transport {
  const keep = async function* (body: AsyncIterable<Uint8Array>) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) {
      chunks.push(chunk);
      yield chunk;
    }
    exchanged.push(Buffer.concat(chunks).toString('utf8'));
  };
  return {
    url: transport.url,
    host: transport.host,
    send: async (request) => {
      exchanged.push(Buffer.from(request.body).toString('utf8'));
      const reply = await transport.send(request);
      return { ...reply, body: keep(reply.body) };
    },
    close: () => transport.close(),
  };
}

const relationship = { Name: 'SFO', PartnerServer: 'dhcpserver2.contoso.com', ScopeId: ['10.10.10.0'], PassThru: true };
const intervals = { MaxClientLeadTime: { Interval: 'PT2H' }, StateSwitchInterval: { Interval: 'PT1H' } };
// Keys out of order: node-soap puts them into the schema's.
const added = { LoadBalancePercent: 70, ...intervals, SharedSecret: 's', Force: true, ...relationship };
type Calls = readonly (readonly [method: string, parameters: object])[];

describe.each<[string, Calls]>([
  [
    'PS_DhcpServerv4Failover',
    [
      ['AddByLoadBalance', added],
      ['AddByHotStandby', { ...relationship, Name: 'NYC', ScopeId: '10.20.20.0', ServerRole: 'Standby' }],
      ['GetByName', {}],
      ['GetByScopeId', { ScopeId: ['10.10.10.0'] }],
      ['Set', { Name: 'SFO', Mode: 'HotStandby', ReservePercent: 9, SharedSecret: null, Force: true, PassThru: true }],
      ['Remove', { Name: ['SFO', 'NYC'], Force: true, PassThru: true }],
    ],
  ],
  ['PS_DhcpServerv4Scope', [['Get', {}]]],
  ['PS_DhcpServerVersion', [['Get', {}]]],
])('%s.wsdl', (className, calls) => {
  const wsdl = readFileSync(join(__dirname, `../../schemas/dhcp-server/${className}.wsdl`), 'utf8');

  it('says what is sent and what comes back', async () => {
    const schema = schemaOf(wsdl);
    const client = await createClientAsync(wsdl, { ...soapClientOptions(session), disableCache: true });
    for (const [method, parameters] of calls) await client[`${method}Async`](parameters);
    expect(exchanged).toHaveLength(2 * calls.length);
    expect(exchanged.map((envelope) => judged(schema, envelope)).filter((found) => found !== '')).toEqual([]);
  });

  it('refuses a parameter that the method does not have', async () => {
    const schema = schemaOf(wsdl);
    const [[method = ''] = []] = calls;
    const client = await createClientAsync(wsdl, { ...soapClientOptions(session), disableCache: true });
    await client[`${method}Async`]({ Nonsense: 1 }).catch(() => undefined);
    expect(judged(schema, exchanged[0] ?? '')).toContain("Nonsense': This element is not expected");
  });
});
