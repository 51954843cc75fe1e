import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bytesOfContent, bytesOfText } from '../../../../lib/cli/commands/decode/decode-input.js';
import { decodeReport } from '../../../../lib/cli/commands/decode/decode-report.js';
import { type Report, reportLines } from '../../../../lib/cli/commands/decode/report.js';
import { UsageError } from '../../../../lib/cli/usage/usage-error.js';
import fc from '../../../fast-check.js';
import { fuzzRuns } from '../../../fuzz-runs.js';
import { runCommand } from '../../command-harness.js';
import { MIT_INIT, MIT_REPLY } from './kerberos-tokens.js';

/** CHALLENGE_MESSAGE of MS-NLMP 4.2.4.3. */
const CHALLENGE =
  '4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000' +
  '06007017 0000000f53006500720076006500720002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000';
/** The message in the Authorization header of MS-WSMV 4.5. */
const ANONYMOUS = 'TlRMTVNTUAADAAAAAAAAAEgAAAAAAAAASAAAAAAAAABIAAAAAAAAAEgAAAAAAAAASAAAAAAAAABIAAAANcKI4gUBKAoAAAAP';
const FAULT = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
  xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xml:lang="en-US"><s:Header>
  <a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/fault</a:Action><a:RelatesTo>uuid:1</a:RelatesTo></s:Header>
  <s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>w:AccessDenied</s:Value></s:Subcode></s:Code>
  <s:Reason><s:Text xml:lang="en-US">Access is denied. </s:Text></s:Reason><s:Detail>
  <f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="5" Machine="dhcpserver.contoso.com">
  <f:Message>Access is denied.</f:Message></f:WSManFault></s:Detail></s:Fault></s:Body></s:Envelope>`;
const REQUEST = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
  xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header><a:Action>urn:x/AddByLoadBalance</a:Action>
  <w:SelectorSet><w:Selector Name="__cimnamespace">root/x</w:Selector></w:SelectorSet></s:Header>
  <s:Body><p:AddByLoadBalance_INPUT xmlns:p="urn:x"><p:SharedSecret>sEcReT</p:SharedSecret></p:AddByLoadBalance_INPUT></s:Body></s:Envelope>`;

const decoded = (text: string): Report => {
  const [report] = decodeReport(bytesOfText(text));
  if (!report) throw new Error('nothing decoded');
  return report;
};
const fact = (report: Report | undefined, name: string) => report?.facts.find(([key]) => key === name)?.[1];

describe('NTLM', () => {
  it("tells the specification's challenge: flags, target and target info", () => {
    const report = decoded(CHALLENGE.replace(/\s/g, ''));
    expect(report.title).toMatch(/^NTLM CHALLENGE_MESSAGE \(2 of 3/);
    expect(fact(report, 'target')).toBe('Server');
    expect(fact(report, 'server challenge')).toBe('0123456789abcdef');
    expect(fact(report, 'version')).toBe('6.0 build 6000, NTLM revision 15');
    expect(fact(report, 'flags')).toContain('NTLMSSP_NEGOTIATE_KEY_EXCH');
    expect(report.parts[0]?.facts).toEqual([
      ['MsvAvNbDomainName', 'Domain'],
      ['MsvAvNbComputerName', 'Server'],
    ]);
  });

  it('tells the message of the recorded exchange, with or without the header around it', () => {
    for (const text of [ANONYMOUS, `Negotiate ${ANONYMOUS}`, `Authorization: Negotiate ${ANONYMOUS}`]) {
      expect(fact(decoded(text), 'user')).toBe('(anonymous)');
      expect(fact(decoded(text), 'version')).toBe('5.1 build 2600, NTLM revision 15');
    }
  });
});

describe('SPNEGO and Kerberos', () => {
  it("tells MIT's first token down to the ticket's service and encryption", () => {
    const report = decoded(MIT_INIT);
    expect(report.title).toMatch(/^SPNEGO NegTokenInit/);
    expect(fact(report, 'mechanisms')).toEqual(['Kerberos (1.2.840.113554.1.2.2)']);
    const request = report.parts[0]?.parts[0];
    expect(request?.title).toMatch(/^Kerberos AP-REQ/);
    expect(fact(request, 'service')).toBe('HTTP/dhcpserver.contoso.com@CONTOSO.COM');
    expect(fact(request, 'options')).toBe('mutual-required');
    expect(fact(request, 'ticket')).toMatch(/^\d+ bytes of aes256-cts-hmac-sha1-96, key version 2$/);
  });

  it("tells MIT's reply", () => {
    const report = decoded(`WWW-Authenticate: Negotiate ${MIT_REPLY}`);
    expect(fact(report, 'state')).toBe('accept-completed');
    expect(report.parts[0]?.parts[0]?.title).toMatch(/^Kerberos AP-REP/);
  });
});

describe('bodies', () => {
  it('tells a fault with what to do about it, in UTF-8 and UTF-16', () => {
    for (const bytes of [Buffer.from(FAULT), Buffer.from(`\ufeff${FAULT}`, 'utf16le')]) {
      const [report] = decodeReport(bytes);
      expect(report?.title).toBe('SOAP fault');
      expect(fact(report?.parts[0], 'code')).toBe('Sender / AccessDenied');
      expect(fact(report?.parts[0], 'machine')).toBe('dhcpserver.contoso.com');
      expect(fact(report?.parts[0], 'remedy')).toBeDefined();
    }
  });

  it('tells a request without the values in its body', () => {
    const text = decodeReport(Buffer.from(REQUEST))
      .flatMap((report) => reportLines(report))
      .join('\n');
    expect(text).toContain('__cimnamespace = root/x');
    expect(text).toContain('SharedSecret');
    expect(text).not.toContain('sEcReT');
  });

  it('tells the structure of an encrypted body', () => {
    const header = Buffer.from('10000000010000007fb38ec5c55d497600000000', 'hex');
    const body = Buffer.concat([
      Buffer.from(
        '--Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n' +
          '\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=18\r\n' +
          '--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n',
      ),
      header,
      Buffer.from('54e50165bf1936dc996020c1811b0f06fb5f', 'hex'),
      Buffer.from('--Encrypted Boundary--\r\n'),
    ]);
    const [report] = decodeReport(body);
    expect(fact(report, 'end')).toBe('closing delimiter found');
    expect(report?.parts[0]?.facts).toEqual([
      ['protocol', 'application/HTTP-SPNEGO-session-encrypted'],
      ['original content', 'application/soap+xml;charset=UTF-8'],
      ['original length', '18'],
    ]);
    expect(report?.parts[1]?.facts).toEqual([
      ['header', '16 bytes, NTLM signature with sequence number 0'],
      ['data', '18 bytes'],
    ]);
    expect(fact(decodeReport(body.subarray(0, -10))[0], 'end')).toContain('cut');
  });
});

describe('an encrypted body of several messages', () => {
  // As the recorded replies of long operations: one message after the other, without tabs; a delimiter within the sealed bytes is none.
  const sealed = (length: number) => Buffer.alloc(length, '--Encrypted Boundary--\r\n');
  const message = (length: number, data: Buffer, delimiter = '--Encrypted Boundary') =>
    Buffer.concat([
      Buffer.from(
        `${delimiter}\r\nContent-Type: application/HTTP-Kerberos-session-encrypted\r\nOriginalContent: type=application/soap+xml;charset=UTF-8;Length=${length}\r\n${delimiter}\r\nContent-Type: application/octet-stream\r\n`,
      ),
      Buffer.from([4, 0, 0, 0, 5, 4, 6, 255]),
      data,
      Buffer.from(`${delimiter}--\r\n`),
    ]);

  it('is told whole', () => {
    const body = Buffer.concat([727, 40, 1000].map((length) => message(length, sealed(length))));
    const [report] = decodeReport(body);
    expect(fact(report, 'messages')).toBe('3');
    expect(fact(report, 'end')).toBe('closing delimiter found');
    expect(report?.parts.map(({ facts }) => facts.at(-1)?.[1])).toEqual([
      '727',
      '727 bytes',
      '40',
      '40 bytes',
      '1000',
      '1000 bytes',
    ]);
  });

  it('is told as far as it goes when it is cut anywhere', () => {
    const body = Buffer.concat([30, 40].map((length) => message(length, sealed(length), '-- Encrypted Boundary')));
    for (let length = 24; length < body.length - 2; length++) {
      const [report] = decodeReport(body.subarray(0, length));
      expect(['1', '2']).toContain(fact(report, 'messages'));
    }
    expect(fact(decodeReport(body.subarray(0, body.length - 10))[0], 'end')).toContain('cut');
  });
});

describe('bad input', () => {
  it.each(['', 'not base64!', 'AAAA', 'deadbeef', '<html></html>', MIT_INIT.slice(0, 400), ANONYMOUS.slice(0, 40)])(
    'refuses %j',
    (text) => {
      expect(() => decoded(text)).toThrow(UsageError);
    },
  );

  it('decodes or refuses whatever comes, and never fails otherwise', () => {
    const real = [MIT_INIT, MIT_REPLY, ANONYMOUS].map((text) => Buffer.from(text, 'base64'));
    const damaged = fc
      .tuple(fc.constantFrom(...real), fc.nat(), fc.nat(255), fc.nat())
      .map(([bytes, at, value, cut]) => {
        const copy = Buffer.from(bytes.subarray(0, 1 + (cut % (2 * bytes.length))));
        copy[at % copy.length] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
        try {
          expect(decodeReport(bytes).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });
});

describe('cimlet decode', () => {
  it('takes words, a file and standard input', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'cimlet-decode-'));
    try {
      const [binary, text] = [join(directory, 'token.bin'), join(directory, 'token.txt')];
      writeFileSync(binary, Buffer.from(MIT_INIT, 'base64'));
      writeFileSync(text, `${MIT_INIT}\n`);
      const runs = [
        await runCommand(['decode', MIT_INIT]),
        await runCommand(['decode', 'Negotiate', MIT_INIT]),
        await runCommand(['decode', binary]),
        await runCommand(['decode', text]),
        await runCommand(['decode', '-'], { stdin: MIT_INIT }),
      ];
      for (const run of runs) expect(run).toMatchObject({ code: 0, stderr: '', stdout: runs[0]?.stdout });
      expect(runs[0]?.stdout).toContain('HTTP/dhcpserver.contoso.com@CONTOSO.COM');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('prints JSON, and exits with 2 for what it cannot decode', async () => {
    const run = await runCommand(['decode', '--json', ANONYMOUS]);
    expect(JSON.parse(run.stdout)).toMatchObject({ title: expect.stringContaining('AUTHENTICATE_MESSAGE') });
    expect(await runCommand(['decode', 'nothing.txt!'])).toMatchObject({ code: 2, stdout: '' });
  });

  it.each([
    ['on a terminal', { answers: [] }],
    ['with empty input', { stdin: '' }],
  ])('says what it wants, and how it is given, when there is nothing: %s', async (_, options) => {
    const run = await runCommand(['decode'], options);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/nothing to decode.*Negotiate token, an encrypted body or a SOAP envelope/);
    expect(run.stderr).toMatch(/\n +Write cimlet decode TEXT, .*decode FILE; or cimlet decode -/);
  });

  it('takes bytes that are text, and text that stands for bytes, for what they are', () => {
    expect(bytesOfContent(Buffer.from('4e 54 4c'))).toEqual(Buffer.from('NTL'));
    expect(bytesOfContent(Buffer.from('<a/>'))).toEqual(Buffer.from('<a/>'));
    expect(bytesOfContent(Buffer.from([0, 1, 2]))).toEqual(Buffer.from([0, 1, 2]));
  });
});
