// node-soap's own client, made of the WSDL of this package, over a session: what it sends, what it makes of the replies, and how it fails.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { BasicAuthSecurity, type Client, createClientAsync, type IOptions } from 'soap';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import { getDhcpServerv4Failover, getDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import { soapClientOptions } from '../../lib/soap/soap-client-options.js';
import type { SoapHttpClient } from '../../lib/soap/soap-http-client.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { asNodeSoap, withoutAttributes } from './node-soap-values.js';

const SERVER = 'dhcpserver.contoso.com';
const PARTNER = 'dhcpserver2.contoso.com';
const SHARED_SECRET = 'sEcReT-Okapi<3>';
const WSA = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const WSMAN = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd';

const wsdlOf = (className: string) => join(__dirname, `../../schemas/dhcp-server/${className}.wsdl`);
const FAILOVER = wsdlOf('PS_DhcpServerv4Failover');

let lab: Lab;
let session: CimSession;
let sent: string[];
beforeEach(async () => {
  lab = createLab();
  sent = [];
  session = await newCimSession(SERVER, {
    transport: ({ computerName }) => {
      const transport = lab.transport(computerName);
      return {
        url: transport.url,
        host: transport.host,
        send: (request) => {
          sent.push(Buffer.from(request.body).toString('utf8'));
          return transport.send(request);
        },
        close: () => transport.close(),
      };
    },
  });
});
afterEach(async () => {
  await session.close();
  lab.close();
});

/** The methods that the WSDL gives a client. */
type Methods = Record<
  string,
  (parameters: object, options?: object, headers?: object) => Promise<[SoapResult, string]>
>;
type SoapResult = Record<string, unknown>;

async function clientOf(wsdl: string = FAILOVER, more: IOptions = {}): Promise<Client & Methods> {
  // The type says what node-soap asks for: its options, and an IHttpClient in them.
  const options: IOptions = soapClientOptions(session);
  return createClientAsync(wsdl, { ...options, disableCache: true, ...more });
}

async function call(client: Methods, method: string, parameters: object, ...rest: object[]): Promise<SoapResult> {
  const run = client[`${method}Async`];
  if (run === undefined) throw new Error(`The WSDL has no ${method}`);
  const [result] = await run(parameters, ...rest);
  return result;
}

const added = {
  Name: 'SFO-SIN-Failover',
  PartnerServer: PARTNER,
  ScopeId: ['10.10.10.0', '10.20.20.0'],
  MaxClientLeadTime: { Interval: 'PT2H' },
  StateSwitchInterval: { Interval: 'PT90M' },
  Force: true,
  SharedSecret: SHARED_SECRET,
  PassThru: true,
  LoadBalancePercent: 70,
};

describe('a client of node-soap', () => {
  it('adds, gets, changes and removes a relationship', async () => {
    const client = await clientOf();
    const created = await call(client, 'AddByLoadBalance', added);
    expect(created).toMatchObject({
      ReturnValue: 0,
      cmdletOutput: { Name: 'SFO-SIN-Failover', LoadBalancePercent: 70 },
    });

    await call(client, 'Set', { Name: 'SFO-SIN-Failover', LoadBalancePercent: 60, Force: true });
    const partner = await getDhcpServerv4Failover(
      { ComputerName: PARTNER },
      { sessionOptions: { transport: ({ computerName }) => lab.transport(computerName) } },
    );
    expect(partner.map(({ LoadBalancePercent, EnableAuth }) => [LoadBalancePercent, EnableAuth])).toEqual([[40, true]]);

    await call(client, 'Remove', { Name: ['SFO-SIN-Failover'], Force: true });
    expect(await call(client, 'GetByName', {})).toEqual({ ReturnValue: 0 });
    expect(await getDhcpServerv4Failover({ CimSession: session })).toEqual([]);
  });

  it('reads the values that our own client reads', async () => {
    const client = await clientOf();
    await call(client, 'AddByLoadBalance', { ...added, Name: ' Zürich & <Genève> ', ScopeId: ['10.10.10.0'] });
    await call(client, 'AddByHotStandby', {
      Name: 'Standby',
      PartnerServer: PARTNER,
      ScopeId: ['10.20.20.0'],
      ReservePercent: 10,
    });
    const { cmdletOutput } = await call(client, 'GetByName', {});
    const own = await getDhcpServerv4Failover({ CimSession: session });
    expect(own).toHaveLength(2);
    // Null is what an absent property is to node-soap; asNodeSoap leaves it out.
    expect(own.map(({ ServerRole }) => ServerRole).sort()).toEqual(['Active', null]);
    expect(withoutAttributes(cmdletOutput)).toEqual(own.map(asNodeSoap));
    expect(own.map(({ Name }) => Name).sort()).toEqual([' Zürich & <Genève> ', 'Standby']);
  });

  it('speaks for the other classes, each by its WSDL', async () => {
    await call(await clientOf(), 'AddByLoadBalance', { ...added, ScopeId: ['10.10.10.0'] });
    const scopes = await clientOf(wsdlOf('PS_DhcpServerv4FailoverScope'));
    const moved = await call(scopes, 'Add', { Name: 'SFO-SIN-Failover', ScopeId: ['10.20.20.0'], PassThru: true });
    expect(moved).toMatchObject({ cmdletOutput: { ScopeId: ['10.10.10.0', '10.20.20.0'] } });
    const replication = await clientOf(wsdlOf('PS_DhcpServerv4FailoverReplication'));
    expect(await call(replication, 'InvokeByName', { Name: ['SFO-SIN-Failover'], Force: true })).toMatchObject({
      ReturnValue: 0,
    });
    const all = await call(await clientOf(wsdlOf('PS_DhcpServerv4Scope')), 'Get', {});
    const own = await getDhcpServerv4Scope({ CimSession: session });
    expect(withoutAttributes(all['cmdletOutput'])).toEqual(own.map(asNodeSoap));
  });

  it('sends null, and times in any of CIM’s forms', async () => {
    const client = await clientOf();
    await call(client, 'AddByLoadBalance', added);
    const changed = await call(client, 'Set', {
      Name: 'SFO-SIN-Failover',
      SharedSecret: null,
      MaxClientLeadTime: { CIM_DateTime: '00000000030000.000000:000' },
      Force: true,
      PassThru: true,
    });
    expect(changed['cmdletOutput']).toMatchObject({ EnableAuth: false, MaxClientLeadTime: { Interval: 'P0DT3H0M0S' } });
  });

  it('is called back by what it has as a promise, too', async () => {
    const client = await clientOf();
    await call(client, 'GetByName', {});
    const { httpClient } = soapClientOptions(session);
    const [replied] = await calledBack(httpClient, client.lastRequest);
    expect(replied).toEqual([
      null,
      expect.objectContaining({ status: 200 }),
      expect.stringContaining('GetByName_OUTPUT'),
    ]);
    const [failed, reason] = await calledBack(httpClient, '<html/>');
    expect(reason).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    expect(failed).toEqual([reason]);
  });
});

/** The arguments of the callback, and what the promise settled with. */
async function calledBack(httpClient: SoapHttpClient, data: string | undefined): Promise<[unknown[], unknown]> {
  let settled: Promise<unknown> = Promise.resolve();
  const told = await new Promise<unknown[]>((resolve) => {
    settled = httpClient.request('https://localhost:5986/wsman', data, (...given) => resolve(given));
  });
  return [told, await settled.catch((reason: unknown) => reason)];
}

describe('what is sent', () => {
  const childrenOf = (element: Element): Element[] =>
    Array.from(element.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
  const parse = (text: string): Element => {
    const { documentElement } = new DOMParser().parseFromString(text, 'text/xml');
    if (documentElement === null) throw new Error('no root');
    return documentElement;
  };
  const textsOf = (text: string, namespace: string, name: string): (string | null)[] =>
    Array.from(parse(text).getElementsByTagNameNS(namespace, name)).map(({ textContent }) => textContent);

  it.each([
    ['PS_DhcpServerv4Failover', 'GetByName', {}],
    ['PS_DhcpServerv4Failover', 'AddByLoadBalance', added],
    ['PS_DhcpServerv4Scope', 'Get', {}],
    ['PS_DhcpServerVersion', 'Get', {}],
  ])('%s.%s has the headers of WS-Management', async (className, method, parameters) => {
    const wsdl = readFileSync(wsdlOf(className), 'utf8');
    await call(await clientOf(wsdlOf(className)), method, parameters);
    expect(sent).toHaveLength(1);
    const [text = ''] = sent;
    const actions = Array.from(
      parse(wsdl).getElementsByTagNameNS('http://schemas.xmlsoap.org/wsdl/soap12/', 'operation'),
    )
      .map((operation) => operation.getAttribute('soapAction'))
      .filter((action) => action?.endsWith(`/${method}`));
    // As MS-WSMV 4.1.4 prints an invocation: Microsoft's resource URI and no selector; the action is the URI and the method's name.
    const uri = `http://schemas.microsoft.com/wbem/wsman/1/wmi/root/Microsoft/Windows/DHCP/${className}`;
    expect(actions).toEqual([`${uri}/${method}`]);
    expect(textsOf(text, WSA, 'Action')).toEqual(actions);
    expect(textsOf(text, WSMAN, 'ResourceURI')).toEqual([uri]);
    expect(textsOf(text, WSMAN, 'SelectorSet')).toEqual([]);
    expect(textsOf(text, WSA, 'To')).toEqual([`http://${SERVER}:5985/wsman`]);
    expect(textsOf(text, WSMAN, 'MaxEnvelopeSize')).toEqual(['512000']);
    expect(textsOf(text, WSMAN, 'OperationTimeout')).toEqual([expect.stringMatching(/^PT1[78]\d(\.\d+)?S$/)]);
    expect(textsOf(text, WSA, 'MessageID')).toEqual([expect.stringMatching(/^uuid:[0-9A-F-]{36}$/)]);
    const [replyTo] = Array.from(parse(text).getElementsByTagNameNS(WSA, 'ReplyTo'));
    expect(replyTo?.textContent).toBe(`${WSA}/role/anonymous`);

    const [, body] = childrenOf(parse(text));
    const [input, ...others] = body === undefined ? [] : childrenOf(body);
    expect([input?.namespaceURI, input?.localName, others]).toEqual([uri, `${method}_INPUT`, []]);
    expect(input === undefined ? [] : childrenOf(input).map(({ localName }) => localName)).toEqual(
      Object.entries(parameters).flatMap(([name, value]) => (Array.isArray(value) ? value.map(() => name) : [name])),
    );
  });

  it('has the parameters in the order of the class, whatever the caller’s', async () => {
    const client = await clientOf();
    await call(client, 'AddByLoadBalance', Object.fromEntries(Object.entries(added).reverse()));
    const [input] = Array.from(parse(sent[0] ?? '').getElementsByTagName('AddByLoadBalance_INPUT'));
    expect(input === undefined ? [] : childrenOf(input).map(({ localName }) => localName)).toEqual([
      'Name',
      'PartnerServer',
      'ScopeId',
      'ScopeId',
      'MaxClientLeadTime',
      'StateSwitchInterval',
      'Force',
      'SharedSecret',
      'PassThru',
      'LoadBalancePercent',
    ]);
  });

  it('is SOAP 1.2 even from a client of SOAP 1.1', async () => {
    const client = await clientOf(FAILOVER, { forceSoap12Headers: false });
    expect(await call(client, 'GetByName', {})).toEqual({ ReturnValue: 0 });
    expect(client.lastRequest).toContain('http://schemas.xmlsoap.org/soap/envelope/');
    expect(sent.map((text) => parse(text).namespaceURI)).toEqual(['http://www.w3.org/2003/05/soap-envelope']);
  });

  it('has the header blocks that the user adds', async () => {
    const client = await clientOf();
    client.addSoapHeader('<x:Ticket xmlns:x="urn:example" x:of="q:1" xmlns:q="urn:q">q:17 &amp; 4</x:Ticket>');
    await call(client, 'GetByName', {});
    expect(textsOf(sent[0] ?? '', 'urn:example', 'Ticket')).toEqual(['q:17 & 4']);
    const [ticket] = Array.from(parse(sent[0] ?? '').getElementsByTagNameNS('urn:example', 'Ticket'));
    expect([ticket?.getAttributeNS('urn:example', 'of'), ticket?.lookupNamespaceURI('q')]).toEqual(['q:1', 'urn:q']);
  });

  it('names the namespace in a selector when the WSDL’s resource URI does not', async () => {
    const dmtf = readFileSync(FAILOVER, 'utf8').replaceAll(
      'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/Microsoft/Windows/DHCP/',
      'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/',
    );
    const namespace = 'root/Microsoft/Windows/DHCP';
    const client = await clientOf(dmtf, { httpClient: soapClientOptions(session, { namespace }).httpClient });
    expect(await call(client, 'GetByName', {})).toEqual({ ReturnValue: 0 });
    expect(textsOf(sent[0] ?? '', WSMAN, 'Selector')).toEqual([namespace]);

    const error = await rejectionOf(call(await clientOf(dmtf), 'GetByName', {}));
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', hint: expect.stringContaining('namespace') });
    expect(sent).toHaveLength(1);
  });
});

describe('what the server refuses', () => {
  it('is node-soap’s own fault', async () => {
    const client = await clientOf();
    const error = await rejectionOf(call(client, 'GetByName', { Name: ['nobody'] }));
    // DHCP 20115: reference/failover-semantics.
    expect(error).toMatchObject({
      message: expect.stringContaining('Failed to get failover relationship nobody'),
      root: {
        Envelope: {
          Body: {
            Fault: {
              Code: { Value: 's:Receiver' },
              Reason: { Text: { $value: expect.stringContaining('nobody') } },
              Detail: { MSFT_WmiError: { MessageID: 'DHCP 20115', error_Code: '20115' } },
            },
          },
        },
      },
      response: { status: 500 },
    });
  });

  it('is a fault too when it is a parameter that the method does not have', async () => {
    const error = await rejectionOf(call(await clientOf(), 'GetByName', { Nome: ['x'] }));
    expect(error).toMatchObject({ root: { Envelope: { Body: { Fault: expect.anything() } } } });
    expect(sent).toHaveLength(1);
  });
});

describe('what cannot be sent', () => {
  const refusal = async (call: Promise<unknown>) => {
    const error = await rejectionOf(call);
    expect(error).toMatchObject({ name: 'CimletError', code: 'ERR_INVALID_ARGUMENT' });
    expect(sent).toEqual([]);
    return error instanceof Error ? error.message : '';
  };

  it('is refused when it is not an input of a method', async () => {
    const client = await clientOf();
    const bodies: Record<string, string> = {
      '<x:GetByName_INPUT xmlns:x="urn:x"/>': 'not the input of a method',
      '<GetByName_INPUT/>': 'not the input of a method',
      '<p:GetByName xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X"/>': 'not the input of a method',
      '<p:_INPUT xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X"/>': 'not the input of a method',
      '<a xmlns=""/><b xmlns=""/>': 'has 2 elements',
      ' ': 'has 0 elements',
    };
    for (const [_xml, message] of Object.entries(bodies)) {
      expect(await refusal(call(client, 'GetByName', { _xml }))).toContain(message);
    }
    const malformed = await rejectionOf(call(client, 'GetByName', { _xml: `<a>${SHARED_SECRET}` }));
    expect(malformed).toMatchObject({ code: 'ERR_XML' });
    expect(inspect(malformed)).not.toContain(SHARED_SECRET);
    expect(sent).toEqual([]);
  });

  it('is refused when it is another action than the body’s', async () => {
    const client = await clientOf();
    client.setSOAPAction('http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Process/Create');
    expect(await refusal(call(client, 'GetByName', {}))).toContain('The SOAP action of GetByName_INPUT');
  });

  it('is refused when the session writes it', async () => {
    const client = await clientOf();
    client.addSoapHeader(`<a:To xmlns:a="${WSA}">http://elsewhere/wsman</a:To>`);
    expect(await refusal(call(client, 'GetByName', {}))).toContain('The header block To is written by the session');
    client.clearSoapHeaders();
    client.addSoapHeader(`<w:OptionSet xmlns:w="${WSMAN}"/>`);
    expect(await refusal(call(client, 'GetByName', {}))).toContain('OptionSet');
    client.clearSoapHeaders();
    client.setSecurity(new BasicAuthSecurity('somebody', 'Zebra-9'));
    const said = await refusal(call(client, 'GetByName', {}));
    expect(said).toContain('The HTTP header Authorization cannot be sent');
    expect(said).not.toContain('Zebra');
  });

  it('is refused when the endpoint is another server than the session’s', async () => {
    const client = await clientOf();
    client.setEndpoint(`http://${PARTNER}:5985/wsman`);
    expect(await refusal(call(client, 'GetByName', {}))).toContain(`The endpoint is not ${SERVER}`);
    client.setEndpoint('no address');
    expect(await refusal(call(client, 'GetByName', {}))).toContain(`The endpoint is not ${SERVER}`);
    client.setEndpoint(`http://${SERVER.toUpperCase()}:5985/wsman`);
    expect(await call(client, 'GetByName', {})).toEqual({ ReturnValue: 0 });
  });

  it('is refused when it is an option or an attachment', async () => {
    const client = await clientOf();
    expect(await refusal(call(client, 'GetByName', {}, { rejectUnauthorized: false }))).toContain('rejectUnauthorized');
    const attachments = [{ name: 'a', contentId: 'a', mimetype: 'text/plain', body: Buffer.from('a') }];
    expect(await refusal(call(client, 'GetByName', {}, { attachments }))).toContain('attachments');
    expect(await refusal(call(client, 'GetByName', {}, { timeout: '5' }))).toContain('timeout is not a number');
    expect(await refusal(call(client, 'GetByName', {}, { timeout: 0 }))).toContain('timeout is not a number');
    expect(await refusal(call(client, 'GetByName', {}, { signal: {} }))).toContain('signal is not an AbortSignal');
  });

  it('is refused when it is a WSDL that is to be fetched', async () => {
    expect(await refusal(clientOf(`https://${SERVER}/failover.wsdl`))).toContain('Only SOAP requests go through');
  });
});

describe('what goes wrong on the way', () => {
  it('is our error, as it is', async () => {
    const client = await clientOf();
    const signal = AbortSignal.abort();
    expect(await rejectionOf(call(client, 'GetByName', {}, { signal }))).toMatchObject({ code: 'ERR_ABORTED' });
    await session.close();
    expect(await rejectionOf(call(client, 'GetByName', {}))).toMatchObject({ code: 'ERR_SESSION_CLOSED' });
  });

  describe('over HTTP', () => {
    let server: Server;
    let answer: (respond: (status: number, type: string, body: string) => void) => void;
    let http: CimSession;
    beforeEach(async () => {
      server = createServer((request, response) => {
        request.resume();
        request.on('end', () =>
          answer((status, type, body) => response.writeHead(status, { 'Content-Type': type }).end(body)),
        );
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      http = await newCimSession('dhcpserver.contoso.com', {
        connectTo: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
        authentication: 'Basic',
        credential: { userName: 'u', password: 'Zebra-Pässw0rd&7' },
        allowUnencrypted: true,
      });
    });
    afterEach(async () => {
      await http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    it.each<[string, typeof answer, string]>([
      ['a page of a proxy', (respond) => respond(502, 'text/html', '<html>Bad gateway</html>'), 'ERR_NOT_SOAP'],
      ['a wrong password', (respond) => respond(401, 'text/plain', ''), 'ERR_AUTHENTICATION'],
      [
        'a wrong password that is told as a fault',
        (respond) =>
          respond(
            401,
            'application/soap+xml',
            '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code></s:Fault></s:Body></s:Envelope>',
          ),
        'ERR_AUTHENTICATION',
      ],
      [
        'an answer to another request',
        (respond) =>
          respond(
            200,
            'application/soap+xml',
            `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="${WSA}"><s:Header><a:RelatesTo>uuid:1</a:RelatesTo></s:Header><s:Body/></s:Envelope>`,
          ),
        'ERR_PROTOCOL',
      ],
      ['no answer in time', () => undefined, 'ERR_TIMEOUT'],
    ])('%s', async (_what, given, code) => {
      answer = given;
      const client = await clientOf(FAILOVER, soapClientOptions(http));
      const limit = code === 'ERR_TIMEOUT' ? { timeout: 50 } : {};
      const error = await rejectionOf(call(client, 'AddByLoadBalance', added, limit));
      expect(error).toMatchObject({ name: 'CimletError', code });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/Zebra|Okapi/);
    });
  });
});

it('is not made of anything but a session', () => {
  expect(() => soapClientOptions({ computerName: SERVER } as never)).toThrow('Give what newCimSession gave');
  expect(() => soapClientOptions(undefined as never)).toThrow('Give what newCimSession gave');
});

it('holds nothing that can be seen', async () => {
  const options = soapClientOptions(session);
  expect(inspect(options, { depth: 9, showHidden: true })).not.toContain(SERVER);
  expect(JSON.stringify(options)).toBe(
    '{"httpClient":{},"forceSoap12Headers":true,"preserveWhitespace":true,"customDeserializer":{}}',
  );
  expect(Object.isFrozen(options.httpClient)).toBe(true);
});
