import { describe, expect, it } from '@jest/globals';
import { parseStringPromise } from 'xml2js';
import type { CimException } from '../../../lib/cim/error/cim-exception.js';
import type { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { createLab } from '../../../lib/emulator/lab/lab.js';
import { NS } from '../../../lib/wsman/envelope/namespaces.js';
import { propertiesOf } from '../../support/values-of.js';
import { call, envelope, type RawRequest, send } from '../call.js';
import { A, Pair, SCOPES } from '../pair.js';

const DMTF = `${NS.cimSchema}/PS_DhcpServerv4Failover`;
const WMI = `${NS.wmi}/root/Microsoft/Windows/DHCP/PS_DhcpServerv4Failover`;
const NAMESPACE = { __cimnamespace: 'root/Microsoft/Windows/DHCP' };

const raw = (request: Partial<RawRequest>, pair = new Pair()) =>
  send(
    pair.lab.transport(A),
    envelope({ resourceUri: DMTF, action: `${DMTF}/GetByName`, selectors: NAMESPACE, ...request }),
  );

describe('Invoke', () => {
  it('gives the 17 properties of the class, typed, nulls as null', async () => {
    const pair = new Pair();
    await pair.add({ SharedSecret: 'sEcReT' });
    const [instance] = (await call(pair.lab.transport(A), 'PS_DhcpServerv4Failover.GetByName')).output as CimInstance[];
    expect({ ...propertiesOf(instance) }).toEqual({
      Name: 'SFO-SIN-Failover',
      PartnerServer: 'dhcpserver2.contoso.com',
      Mode: 'LoadBalance',
      ServerRole: null,
      LoadBalancePercent: 50,
      ReservePercent: null,
      ScopeId: SCOPES,
      MaxClientLeadTime: TimeSpan.from('1:00:00'),
      AutoStateTransition: false,
      StateSwitchInterval: null,
      State: 'Normal',
      EnableAuth: true,
      PrimaryServerIP: '10.10.10.2',
      SecondaryServerIP: '10.10.10.3',
      PrimaryServerName: 'dhcpserver',
      SecondaryServerName: 'dhcpserver2.contoso.com',
      ServerType: 'PrimaryServer',
    });
  });

  it('takes both spellings of the resource URI, and answers in the one that was used', async () => {
    const pair = new Pair();
    await pair.add();
    const wmi = await call(pair.lab.transport(A), 'PS_DhcpServerv4Failover.GetByName', {}, 'wmi');
    expect(wmi.output).toHaveLength(1);
    const reply = await raw({ resourceUri: WMI, action: `${WMI}/GetByName`, selectors: {} });
    expect(reply.body.namespace).toBe(WMI);
  });

  it('answers what another XML reader reads as a response to the request', async () => {
    const reply = await raw({});
    const read = await parseStringPromise(reply.text);
    const [header] = read['s:Envelope']['s:Header'];
    expect(header['a:RelatesTo']).toEqual(['uuid:11111111-2222-3333-4444-555555555555']);
    expect(header['a:Action']).toEqual([`${DMTF}/GetByNameResponse`]);
    expect(Object.keys(read['s:Envelope']['s:Body'][0])).toEqual(['p:GetByName_OUTPUT']);
    expect(reply.status).toBe(200);
  });

  it('ignores the case of class and method names', async () => {
    const uri = DMTF.replace('Failover', 'FAILOVER');
    const reply = await raw({ resourceUri: uri, action: `${uri}/getbyname` });
    expect(reply.status).toBe(200);
  });
});

describe('faults', () => {
  const faultOf = async (request: Partial<RawRequest>, pair?: Pair) => {
    const reply = await raw(request, pair);
    expect(reply.status).toBe(500);
    expect(reply.body.name).toBe('Fault');
    const code = reply.body.child('Code');
    const detail = reply.body.child('Detail');
    return {
      code: code?.child('Value')?.text,
      subcode: code?.child('Subcode')?.child('Value')?.text,
      detail: detail?.child('FaultDetail')?.text.split('/').at(-1),
      wsmanCode: Number(detail?.child('WSManFault')?.attribute('Code') ?? 0),
      machine: detail?.child('WSManFault')?.attribute('Machine'),
      messageId: detail?.child('MSFT_WmiError')?.child('MessageID')?.text,
    };
  };

  it.each<[string, Partial<RawRequest>, Partial<Awaited<ReturnType<typeof faultOf>>>]>([
    [
      'a URI of no class',
      { resourceUri: 'http://example.org/x', action: 'http://example.org/x/Get' },
      { subcode: 'a:DestinationUnreachable', detail: 'InvalidResourceURI', machine: A },
    ],
    [
      'an unknown class',
      { resourceUri: `${NS.cimSchema}/PS_None`, action: `${NS.cimSchema}/PS_None/Get` },
      { subcode: 'a:DestinationUnreachable', messageId: 'HRESULT 0x80041010' },
    ],
    [
      'an unknown namespace',
      { selectors: { __cimnamespace: 'root/none' } },
      { subcode: 'a:DestinationUnreachable', messageId: 'HRESULT 0x8004100e' },
    ],
    ['no namespace, which means root/cimv2', { selectors: {} }, { messageId: 'HRESULT 0x80041010' }],
    [
      'an unknown method',
      { action: `${DMTF}/Explode` },
      { subcode: 'a:ActionNotSupported', messageId: 'HRESULT 0x80041055' },
    ],
    [
      'an action of another resource',
      { action: 'http://example.org/GetByName' },
      { subcode: 'a:ActionNotSupported', wsmanCode: 0x80338013 },
    ],
    [
      'a key selector on a static method',
      { selectors: { ...NAMESPACE, Name: 'x' } },
      { subcode: 'w:InvalidSelectors', detail: 'UnexpectedSelectors' },
    ],
    ['a body of another method', { body: `<p:Other_INPUT xmlns:p="${DMTF}"/>` }, { messageId: 'HRESULT 0x8004102f' }],
    [
      'an unknown parameter',
      { body: `<p:GetByName_INPUT xmlns:p="${DMTF}"><p:Nme>x</p:Nme></p:GetByName_INPUT>` },
      { messageId: 'HRESULT 0x8004102f' },
    ],
    [
      'a header that must be understood',
      { headers: '<x:Strange xmlns:x="urn:x" s:mustUnderstand="true"/>' },
      { code: 's:MustUnderstand' },
    ],
    ['a MaxEnvelopeSize below 8192', { maxEnvelopeSize: 4096 }, { subcode: 'w:EncodingLimit' }],
  ])('refuses %s', async (_, request, expected) => {
    expect(await faultOf(request)).toMatchObject(expected);
  });

  it('refuses a reply larger than MaxEnvelopeSize', async () => {
    const pair = new Pair();
    for (let index = 0; index < 20; index++) {
      await pair.call(A, 'PS_DhcpServerv4Scope.Add', {
        StartRange: `10.50.${index}.10`,
        EndRange: `10.50.${index}.20`,
        SubnetMask: '255.255.255.0',
        Name: `scope ${index}`,
        Description: 'd'.repeat(200),
      });
    }
    const resourceUri = `${NS.cimSchema}/PS_DhcpServerv4Scope`;
    const fault = await faultOf({ resourceUri, action: `${resourceUri}/Get`, maxEnvelopeSize: 8192 }, pair);
    expect(fault).toMatchObject({ subcode: 'w:EncodingLimit', detail: 'MaxEnvelopeSizeExceeded' });
  });

  it('refuses a request of more than 512,000 bytes and one that is not XML', async () => {
    const transport = new Pair().lab.transport(A);
    expect(
      (await send(transport, `${envelope({ resourceUri: DMTF, action: 'x' })}${' '.repeat(512_000)}`)).text,
    ).toContain('EncodingLimit');
    const broken = await send(transport, '<s:Envelope');
    expect([broken.status, broken.body.name]).toEqual([500, 'Fault']);
    expect(broken.text).toContain('SchemaValidationError');
  });

  it('answers TimedOut when OperationTimeout is over first', async () => {
    const pair = new Pair();
    pair.lab.injectFault({ kind: 'latency', ms: 5_000 });
    expect(await faultOf({ operationTimeout: 'PT0.050S' }, pair)).toMatchObject({
      subcode: 'w:TimedOut',
      wsmanCode: 0x80338029,
    });
  });

  it('denies access to a caller who is not authenticated, save for Identify', async () => {
    const pair = new Pair();
    const { fault } = await call(pair.lab.transport(A, { authenticated: false }), 'PS_DhcpServerv4Failover.GetByName');
    expect(fault?.child('Code')?.child('Subcode')?.child('Value')?.text).toBe('w:AccessDenied');
  });

  it('reports a provider error as an MSFT_WmiError instance that says where it comes from', async () => {
    const { errors, status } = await call(new Pair().lab.transport(A), 'PS_DhcpServerv4Failover.GetByName', {
      Name: ['none'],
    });
    expect(status).toBe(500);
    expect({ ...propertiesOf(errors[0]) }).toMatchObject({
      CIMStatusCode: 6,
      ErrorSource: 'dhcpserver.contoso.com',
      Message: 'Failed to get failover relationship none on DHCP server dhcpserver.contoso.com.',
      MessageID: 'DHCP 20115',
      OwningEntity: 'DhcpServerPsProvider',
      error_Category: 13,
      error_Code: 20115,
      error_Type: 'DHCP',
      error_WindowsErrorMessage: expect.stringMatching(/relationship/),
    });
  });

  it('names no provider in an error of WMI itself, and its own in one of another namespace', async () => {
    const lab = createLab({ testNamespace: true });
    await using session = await newCimSession(A, { transport: () => lab.transport(A) });
    const owner = (failure: Promise<unknown>) =>
      failure.then(
        () => 'no failure',
        (error: CimException) => [error.messageId, propertiesOf(error.errorData)?.['OwningEntity']],
      );
    const noClass = session.enumerateInstances({ namespace: 'root/cimv2', className: 'No_Such' });
    // Windows' error instances with an HRESULT have a null here.
    expect(await owner(noClass[Symbol.asyncIterator]().next())).toEqual(['HRESULT 0x80041010', null]);
    const failing = session.invokeMethod({
      namespace: 'root/cimlet/test',
      className: 'Cimlet_Operations',
      method: 'Fail',
    });
    expect(await owner(failing)).toEqual(['WIN32 87', 'CimletTestProvider']);
  });
});
