import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isCimletError } from '../../../lib/base/errors.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { dhcpCodes } from '../../../lib/cim/error/dhcp-codes.js';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import type { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { getDhcpServerv4Failover } from '../../../lib/dhcp-server/index.js';
import { dhcpErrorCodes } from '../../../lib/emulator/dhcp/error-table.js';
import { createLab, type Lab } from '../../../lib/emulator/lab/lab.js';
import { readFault } from '../../../lib/wsman/fault/read-fault.js';
import { parseXml } from '../../../lib/xml/parse.js';

function failure(properties: Readonly<Record<string, string | number>>): CimException {
  const markup = Object.entries({ CIMStatusCode: 1, Message: 'Failed to do it.', ...properties })
    .map(([name, value]) => `<p:${name}>${value}</p:${name}>`)
    .join('');
  const error = `<p:MSFT_WmiError xmlns:p="urn:e">${markup}</p:MSFT_WmiError>`;
  const fault = `<s:Fault xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Detail>${error}</s:Detail></s:Fault>`;
  return CimException.fromFault(readFault(parseXml(fault), 500));
}

const dhcp = (code: number, more: Readonly<Record<string, string | number>> = {}): CimException =>
  failure({ MessageID: `DHCP ${code}`, error_Code: code, error_Type: 'DHCP', ...more });

describe("the hint of a provider's error", () => {
  it("begins with the server's own words, and ends with the remedy", () => {
    const { hint } = dhcp(20_115, { error_WindowsErrorMessage: 'Es gibt keine solche Beziehung.' });
    expect(hint).toBe('Es gibt keine solche Beziehung. Get-DhcpServerv4Failover lists them.');
  });

  it('has our words where the server has none', () => {
    expect(dhcp(20_115).hint).toMatch(/^There is no failover relationship of that name\. Get-Dhcp/);
  });

  it('does not say again what the message says', () => {
    const own = { Message: 'The clocks differ.', error_WindowsErrorMessage: 'The clocks differ' };
    expect(dhcp(20_119, own).hint).toMatch(/^Synchronise them/);
  });

  it('shortens what a server says at length', () => {
    expect(dhcp(20_119, { error_WindowsErrorMessage: 'x'.repeat(5_000) }).hint?.length).toBeLessThan(600);
  });

  it('says what a code of Windows means, and more of it when it is the DHCP provider', () => {
    const win32 = { MessageID: 'WIN32 1722', error_Code: 1722, error_Type: 'WIN32' };
    expect(failure(win32).hint).toMatch(/let RPC through\?$/);
    expect(failure({ ...win32, OwningEntity: 'DhcpServerPsProvider' }).hint).toMatch(/"DHCP Server Management"/);
    expect(failure({ MessageID: 'HRESULT 0x80041010', error_Code: 0x80041010, error_Type: 'HRESULT' }).hint).toBe(
      'Check the class name and namespace.',
    );
  });

  it('says nothing of what is not known', () => {
    expect(failure({ MessageID: 'DHCP 29999', error_Code: 29_999, error_Type: 'DHCP' })).not.toHaveProperty('hint');
    // A provider that counts in its own way.
    expect(failure({ MessageID: 'ACME 87', error_Code: 87, error_Type: 'ACME' })).not.toHaveProperty('hint');
  });
});

describe('the codes of the DHCP provider', () => {
  const sent = [...dhcpErrorCodes.keys()].filter((code) => code >= 20_000);

  it('are explained as far as a lab sends them', () => {
    expect(sent.length).toBeGreaterThan(60);
    expect(sent.filter((code) => !dhcpCodes.has(code))).toEqual([]);
  });

  it('are sentences', () => {
    for (const [code, { meaning, remedy }] of dhcpCodes) {
      expect(`${code} ${meaning}`).toMatch(/^\d{5} [A-Z].*\.$/);
      if (remedy !== undefined) expect(`${code} ${remedy}`).toMatch(/^\d{5} [A-Z].*(?:[.?]|[A-Za-z])$/);
    }
  });

  const reference = process.env['CIMLET_REFERENCE'] ?? '';
  const known = ['dhcp-server-semantics.md', 'failover-semantics.md'].map((file) => join(reference, file));
  // Where the folder of what is known of Windows is at hand.
  const test = reference !== '' && known.every((file) => existsSync(file)) ? it : it.skip;
  test('are explained as far as they are known at all', () => {
    const rows = known.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => /^\| 20\d{3}/.test(line))
        .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/20\d{3}/g)].map(([code]) => Number(code))),
    );
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter((code) => !dhcpCodes.has(code))).toEqual([]);
  });
});

describe('a cmdlet', () => {
  let lab: Lab;
  beforeAll(() => {
    lab = createLab();
  });
  afterAll(() => lab.close());

  it('carries the hint in its error and in its record', async () => {
    const session = await newCimSession('dhcpserver', { transport: () => lab.transport('dhcpserver') });
    const error: unknown = await getDhcpServerv4Failover({ CimSession: session, Name: ['zz'] }).catch((e) => e);
    await session.close();
    expect(isCimletError(error) && error.hint).toMatch(/relationship.*Get-DhcpServerv4Failover lists them/);
    const [record] = (error as CmdletError).errors;
    expect(JSON.parse(JSON.stringify(record)).hint).toMatch(/Get-DhcpServerv4Failover lists them/);
  });
});
