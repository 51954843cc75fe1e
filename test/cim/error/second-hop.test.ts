import { describe, expect, it } from '@jest/globals';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import type { Delegation } from '../../../lib/cim/error/second-hop.js';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import { delegationOf } from '../../../lib/cim/session/delegation.js';
import type { CimSessionOptions } from '../../../lib/cim/session/session-options.js';
import { addDhcpServerv4Failover } from '../../../lib/dhcp-server/index.js';
import { createLab } from '../../../lib/emulator/lab/lab.js';
import { readFault } from '../../../lib/wsman/fault/read-fault.js';
import { parseXml } from '../../../lib/xml/parse.js';

function refusal(messageId: string, code: number, delegation?: Delegation): CimException {
  const error = `<p:MSFT_WmiError xmlns:p="urn:e"><p:CIMStatusCode>1</p:CIMStatusCode><p:Message>Failed to get version of the DHCP server \`b\`.</p:Message><p:MessageID>${messageId}</p:MessageID><p:error_Code>${code}</p:error_Code></p:MSFT_WmiError>`;
  const fault = `<s:Fault xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Detail>${error}</s:Detail></s:Fault>`;
  return CimException.fromFault(readFault(parseXml(fault), 500), undefined, delegation);
}

describe('the hint of a refused provider', () => {
  it.each([
    ['WIN32 5', 5],
    ['WIN32 1312', 1312],
    ['HRESULT 0x80070005', 0x80070005],
    ['HRESULT 0x8009030E', 0x8009030e],
  ])('names both ways out of the second hop for %s', (id, code) => {
    for (const delegation of ['not-delegated', 'unknown'] as const) {
      const { hint } = refusal(id, code, delegation);
      expect(hint).toMatch(/'CredSsp'/);
      expect(hint).toMatch(/Kerberos with kerberos\.delegate: true/);
      expect(hint).toMatch(/second hop/);
    }
  });

  it('speaks of rights alone when the session delegates', () => {
    expect(refusal('WIN32 5', 5, 'delegated').hint).toMatch(/rights/);
    expect(refusal('WIN32 5', 5, 'delegated').hint).not.toMatch(/CredSsp/);
  });

  it('leaves other errors alone', () => {
    expect(refusal('DHCP 20114', 20_114, 'not-delegated').hint).not.toMatch(/CredSsp|second hop/);
    expect(refusal('WIN32 1722', 1722, 'not-delegated').hint).not.toMatch(/CredSsp|second hop/);
  });
});

describe('a session delegates', () => {
  it.each<[Delegation, CimSessionOptions]>([
    ['not-delegated', {}],
    ['not-delegated', { authentication: 'Ntlm' }],
    ['not-delegated', { authentication: 'Certificate' }],
    ['not-delegated', { authentication: 'Kerberos' }],
    ['delegated', { authentication: 'Kerberos', kerberos: { delegate: true } }],
    ['delegated', { authentication: 'Negotiate', kerberos: { delegate: true } }],
    ['unknown', { kerberos: { delegate: true }, allowNtlm: true }],
    ['delegated', { authentication: 'CredSsp' }],
    ['delegated', { authentication: 'Basic' }],
    ['unknown', { transport: () => createLab().transport('dhcpserver') }],
  ])('%s with %j', (delegation, options) => {
    expect(delegationOf(options)).toBe(delegation);
  });
});

it('reaches the error record of a cmdlet', async () => {
  const lab = createLab();
  await using session = await newCimSession('dhcpserver.contoso.com', {
    transport: () => lab.transport('dhcpserver', { delegated: false }),
  });
  const result = addDhcpServerv4Failover({
    CimSession: session,
    Name: 'hop',
    PartnerServer: 'dhcpserver2.contoso.com',
    ScopeId: '10.10.10.0',
    Force: true,
    ErrorAction: 'SilentlyContinue',
  });
  await result;
  const [record] = result.errors;
  expect(record?.fullyQualifiedErrorId).toBe('WIN32 5,Add-DhcpServerv4Failover');
  expect(record?.toJSON()['hint']).toMatch(/CredSsp/);
  lab.close();
});
