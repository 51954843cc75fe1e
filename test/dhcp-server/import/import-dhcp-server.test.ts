import { truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { InvocationOptions } from '../../../lib/cmdlet/contract/invocation-options.js';
import type { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import {
  getDhcpServerSetting,
  getDhcpServerv4Filter,
  getDhcpServerv4Lease,
  getDhcpServerv4OptionValue,
  getDhcpServerv4Reservation,
  getDhcpServerv4Scope,
  type ImportDhcpServerParameters,
  importDhcpServer,
} from '../../../lib/dhcp-server/index.js';
import type { Lab } from '../../../lib/emulator/lab/lab.js';
import { A, branchOffices, emptyLab, inLab, lab, testFolder } from '../migration-lab.js';

const fileOf = testFolder();
let files = 0;

/** Written by hand from the public facts about the form; `scopes` and `before` are put into it. */
function document(scopes: string, { version = [10, 0], before = '' } = {}): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<DHCPServer xmlns="http://schemas.microsoft.com/windows/DHCPServer">
  <MajorVersion xmlns="">${version[0]}</MajorVersion>
  <MinorVersion xmlns="">${version[1]}</MinorVersion>
  <IPv4 xmlns="">
    <ConflictDetectionAttempts>3</ConflictDetectionAttempts>
    <NapEnabled>false</NapEnabled>
    <NpsUnreachableAction>Full</NpsUnreachableAction>
    ${before}
    <Filters><Allow>0</Allow><Deny>1</Deny><Filter><List>Deny</List><MacAddress>AA-AA-AA-AA-AA-01</MacAddress><Description /></Filter></Filters>
    <Scopes>${scopes}</Scopes>
  </IPv4>
</DHCPServer>`;
}

function scope(third: number, more = '', mask = '255.255.255.0'): string {
  const at = `10.40.${third}`;
  return `<Scope><ScopeId>${at}.0</ScopeId><Name>office</Name><SubnetMask>${mask}</SubnetMask><StartRange>${at}.1</StartRange>
    <EndRange>${at}.200</EndRange><LeaseDuration>8.00:00:00</LeaseDuration><State>Active</State><Type>Dhcp</Type>
    <MaxBootpClients>4294967295</MaxBootpClients><NapEnable>false</NapEnable><Delay>0</Delay><NapProfile /><Description />
    <ActivatePolicies>true</ActivatePolicies><SuperScopeName />${more}</Scope>`;
}

const lease = (host: number, more = '') =>
  `<Lease><IPAddress>10.40.0.${host}</IPAddress><ScopeId>10.40.0.0</ScopeId><ClientId>aa-00-00-00-00-${String(host).padStart(2, '0')}</ClientId>
  <AddressState>Active</AddressState><ClientType>Dhcp</ClientType><NapCapable>false</NapCapable>${more}</Lease>`;

function write(text: string | Buffer): string {
  const File = fileOf(`${++files}.xml`);
  writeFileSync(File, text);
  return File;
}

type Others = Partial<ImportDhcpServerParameters>;

function run(one: Lab, text: string | Buffer, parameters: Others = {}, options: InvocationOptions = {}) {
  const call = { ComputerName: A, File: write(text), BackupPath: 'C:\\backup', Force: true, ...parameters };
  return importDhcpServer(call, inLab(one, options));
}

const failure = (call: PromiseLike<unknown>): Promise<CmdletError> =>
  Promise.resolve(call).then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: CmdletError) => error,
  );

const idsOf = (error: CmdletError) => error.errors.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId);
const scopesOf = async (one: Lab) =>
  (await getDhcpServerv4Scope({ ComputerName: A }, inLab(one))).map(({ ScopeId }) => ScopeId);

/** All that the lab knows of its servers, backups among it. */
const seen = (one: Lab): string => JSON.stringify(one.save());

describe('a file', () => {
  it('[MIG] 7.3 is put onto the server: settings, filters, scopes, option values, reservations and leases', async () => {
    const one = emptyLab();
    const belongings = `<ExclusionRanges><IPRange><StartRange>10.40.0.1</StartRange><EndRange>10.40.0.10</EndRange></IPRange></ExclusionRanges>
      <OptionValues><OptionValue><OptionId>3</OptionId><Value>10.40.0.1</Value><VendorClass /><UserClass /></OptionValue></OptionValues>
      <Reservations><Reservation><Name>camera</Name><IPAddress>10.40.0.12</IPAddress><ClientId>0c-aa-11-22-33-66</ClientId><Type>Both</Type><Description /></Reservation></Reservations>
      <Leases>${lease(20, '<LeaseExpiryTime>2026-11-30 10:00:00Z</LeaseExpiryTime><HostName>pc &amp; co</HostName>')}${lease(21)}</Leases>`;
    await run(one, document(scope(0, belongings)), { Leases: true });
    const call = inLab(one);
    const [ComputerName, ScopeId] = [A, '10.40.0.0'];
    expect((await getDhcpServerSetting({ ComputerName }, call))[0]?.ConflictDetectionAttempts).toBe(3);
    const filters = await getDhcpServerv4Filter({ ComputerName }, call);
    expect(filters.map(({ List, MacAddress }) => [List, MacAddress])).toEqual([['Deny', 'AA-AA-AA-AA-AA-01']]);
    const values = await getDhcpServerv4OptionValue({ ComputerName, ScopeId, OptionId: 3 }, call);
    expect(values[0]?.Value).toEqual(['10.40.0.1']);
    expect((await getDhcpServerv4Reservation({ ComputerName, ScopeId }, call))[0]?.Name).toBe('camera');
    const leases = await getDhcpServerv4Lease({ ComputerName, ScopeId }, call);
    expect(leases.map(({ IPAddress, HostName }) => [IPAddress, HostName])).toEqual([
      ['10.40.0.12', 'camera'],
      ['10.40.0.20', 'pc & co'],
      ['10.40.0.21', null],
    ]);
    expect(leases[1]?.LeaseExpiryTime?.toDate().toISOString()).toBe('2026-11-30T10:00:00.000Z');
  });

  it('[MIG] 7.3 backs the server up first, and asks before that, with Windows’ sentence', async () => {
    const one = emptyLab();
    const questions: string[] = [];
    const host = {
      confirm: ({ message }: { message: string }) => {
        questions.push(message);
        return 'no' as const;
      },
    };
    const before = seen(one);
    await run(one, document(scope(0)), { Force: false, Leases: true }, { host });
    expect(questions).toEqual([
      expect.stringMatching(
        /^The configuration \(and leases\) from the file .*\.xml will be imported to server dhcpserver\.contoso\.com\. Do you want to perform this action\?$/,
      ),
    ]);
    expect(seen(one)).toBe(before);
    await run(one, document(scope(0)));
    expect([...one.server(A).backups.keys()]).toEqual([expect.stringMatching(/backup$/i)]);
  });

  it('[MIG] 5 is not touched without anybody to ask, nor with WhatIf', async () => {
    const one = emptyLab();
    const refused = run(one, document(scope(0)), { Force: false });
    await expect(refused).rejects.toMatchObject({ code: 'ERR_CONFIRMATION_REQUIRED' });
    await run(one, document(scope(0)), { WhatIf: true });
    expect(await scopesOf(one)).toEqual([]);
  });

  it('[MIG] 7.3 gives only the scopes that are asked for, and then no settings of the server', async () => {
    const one = emptyLab();
    const error = await failure(run(one, document(scope(0) + scope(1)), { ScopeId: ['10.40.1.0', '10.40.9.0'] }));
    expect(idsOf(error)).toEqual(['ObjectNotFound,Import-DhcpServer']);
    expect(error.errors[0]?.categoryInfo).toMatchObject({ category: 'ObjectNotFound', targetName: '10.40.9.0' });
    expect(await scopesOf(one)).toEqual(['10.40.1.0']);
    expect((await getDhcpServerSetting({ ComputerName: A }, inLab(one)))[0]?.ConflictDetectionAttempts).toBe(0);
  });

  it('[MIG] 7.3 gives no scopes with ServerConfigOnly, which goes with nothing that is about scopes', async () => {
    const one = emptyLab();
    await run(one, document(scope(0)), { ServerConfigOnly: true });
    expect(await scopesOf(one)).toEqual([]);
    expect((await getDhcpServerSetting({ ComputerName: A }, inLab(one)))[0]?.ConflictDetectionAttempts).toBe(3);
    for (const other of [{ ScopeId: '10.40.0.0' }, { Leases: true }, { ScopeOverwrite: true }]) {
      const call = run(one, document(scope(0)), { ServerConfigOnly: true, ...other });
      await expect(call).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    }
  });

  it('[MIG] 7.3 leaves a scope that is there alone, with a warning', async () => {
    const one = emptyLab();
    await run(one, document(scope(0)));
    const warnings: string[] = [];
    const onWarning = ({ text }: { text: string }) => warnings.push(text);
    await run(one, document(scope(0).replace('office', 'other') + scope(1)), {}, { onWarning });
    expect(warnings).toEqual([`Scope 10.40.0.0 exists on server ${A}. This scope will not be imported.`]);
    const scopes = await getDhcpServerv4Scope({ ComputerName: A }, inLab(one));
    expect(scopes.map(({ Name }) => Name)).toEqual(['office', 'office']);
  });

  it('[MIG] 7.3 with ScopeOverwrite a scope becomes what it is in the file: leases stay; with Leases, too, it is made anew', async () => {
    const one = emptyLab();
    const reserved = (host: number) =>
      `<Reservations><Reservation><Name>r${host}</Name><IPAddress>10.40.0.${host}</IPAddress><ClientId>0c-aa-11-22-33-${host}</ClientId></Reservation></Reservations>`;
    await run(one, document(scope(0, `${reserved(30)}<Leases>${lease(20)}</Leases>`)), { Leases: true });
    await run(one, document(scope(0, reserved(31)).replace('office', 'new')), { ScopeOverwrite: true });
    const [ComputerName, ScopeId] = [A, '10.40.0.0'];
    const state = async () => ({
      name: (await getDhcpServerv4Scope({ ComputerName, ScopeId }, inLab(one)))[0]?.Name,
      reservations: (await getDhcpServerv4Reservation({ ComputerName, ScopeId }, inLab(one))).map(({ Name }) => Name),
      leases: (await getDhcpServerv4Lease({ ComputerName, ScopeId }, inLab(one))).flatMap(
        ({ IPAddress, AddressState }) => (AddressState === 'Active' ? [IPAddress] : []),
      ),
    });
    expect(await state()).toEqual({ name: 'new', reservations: ['r31'], leases: ['10.40.0.20'] });
    const anew = document(scope(0, `<Leases>${lease(25)}</Leases>`));
    await run(one, anew, { ScopeOverwrite: true, Leases: true });
    expect(await state()).toEqual({ name: 'office', reservations: [], leases: ['10.40.0.25'] });
  });

  it('[MIG] 7.3 is worked off to its end where the server refuses a part, each told with the system’s words', async () => {
    const one = emptyLab();
    const bad =
      '<ExclusionRanges><IPRange><StartRange>10.41.0.1</StartRange><EndRange>10.41.0.9</EndRange></IPRange></ExclusionRanges>';
    const error = await failure(run(one, document(scope(0, bad) + scope(1))));
    expect(idsOf(error)).toEqual(['DHCP 20023,Import-DhcpServer']);
    expect(error.errors[0]?.message).toMatch(/ : .+\(20023\)$/);
    expect(await scopesOf(one)).toEqual(['10.40.0.0', '10.40.1.0']);
  });

  it('with ErrorAction Stop is not worked off any further', async () => {
    const one = emptyLab();
    const bad =
      '<ExclusionRanges><IPRange><StartRange>10.41.0.1</StartRange><EndRange>10.41.0.9</EndRange></IPRange></ExclusionRanges>';
    const warnings: string[] = [];
    const onWarning = ({ text }: { text: string }) => warnings.push(text);
    const call = run(one, document(scope(0, bad) + scope(1)), { ErrorAction: 'Stop' }, { onWarning });
    expect(idsOf(await failure(call))).toEqual(['DHCP 20023,Import-DhcpServer']);
    expect(await scopesOf(one)).toEqual(['10.40.0.0']);
    expect(warnings).toEqual([expect.stringContaining('Restore-DhcpServer with Path C:\\backup')]);
  });

  it('[MIG] 7.3 names the backup when the server is away half-way', async () => {
    const one = emptyLab();
    const warnings: string[] = [];
    const onVerbose = ({ text }: { text: string }) => {
      if (text.includes('10.40.1.0')) one.powerOff(A);
    };
    const onWarning = ({ text }: { text: string }) => warnings.push(text);
    await failure(run(one, document(scope(0) + scope(1)), { Verbose: true }, { onVerbose, onWarning }));
    one.powerOn(A);
    expect(await scopesOf(one)).toEqual(['10.40.0.0']);
    expect(warnings).toEqual([expect.stringContaining('C:\\backup')]);
  });

  it('[MIG] 7.3 warns of an option value without a value', async () => {
    const warnings: string[] = [];
    const onWarning = ({ text }: { text: string }) => warnings.push(text);
    const without = '<OptionValues><OptionValue><OptionId>42</OptionId></OptionValue></OptionValues>';
    await run(emptyLab(), document(scope(0, without)), {}, { onWarning });
    expect(warnings).toEqual([expect.stringContaining('42')]);
  });

  it('[MIG] 7.3 has its leases skipped that come with their reservations, and those that are there already', async () => {
    const one = emptyLab();
    const inactive = lease(22).replace('>Active<', '>InactiveReservation<');
    const file = document(scope(0, `<Leases>${lease(20)}${lease(20)}${inactive}</Leases>`));
    await run(one, file, { Leases: true });
    const leases = await getDhcpServerv4Lease({ ComputerName: A, ScopeId: '10.40.0.0', AllLeases: true }, inLab(one));
    expect(leases.map(({ IPAddress }) => IPAddress)).toEqual(['10.40.0.20']);
  });
});

describe('a file that cannot be imported changes nothing', () => {
  const whole = document(scope(0));
  const CASES: readonly (readonly [what: string, text: string | Buffer, message: RegExp])[] = [
    ['one that is cut off', whole.slice(0, whole.length - 60), /ends within the element/],
    ['one that is empty', '', /no (?:root|document)|begins|is empty|has no/i],
    ['one that is no XML', 'ScopeId;Name', /not well-formed|is refused|was refused/],
    ['other XML', '<Objs Version="1.1.0.1" />', /its root is <Objs>/],
    ['another namespace', '<DHCPServer><MajorVersion>10</MajorVersion></DHCPServer>', /its root is/],
    ['a document type', `<!DOCTYPE a [<!ENTITY e "x">]>${whole.slice(39)}`, /refused|DOCTYPE|document type/i],
    ['an entity', whole.replace('office', '&e;'), /entit|reference/i],
    [
      'an external entity',
      whole.replace('<?xml version="1.0" encoding="utf-8"?>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
      /refused|DOCTYPE/i,
    ],
    [
      'an element that it is not to have',
      whole.replace('<Scopes>', '<Secrets /><Scopes>'),
      /IPv4: has an element <Secrets>/,
    ],
    ['a text that is too long', whole.replace('office', 'x'.repeat(70_000)), /more than 65536 characters/],
    [
      'elements without end',
      `${whole.slice(0, whole.indexOf('<Filters>'))}${'<a>'.repeat(500)}`,
      /not to have|depth|nesting/i,
    ],
    ['a second root', `${whole}<DHCPServer/>`, /stands after the root element/],
    [
      'an address that is none',
      whole.replace('10.40.0.1<', '10.40.0.300<'),
      /Scope\[1\]\/StartRange: "10\.40\.0\.300" is not an IPv4 address/,
    ],
    [
      'a time span that is none',
      whole.replace('8.00:00:00', 'for ever'),
      /LeaseDuration: "for ever" is not a time span/,
    ],
    ['a scope without a mask', whole.replace(/<SubnetMask>.*?<\/SubnetMask>/, ''), /Scope\[1\]: has no <SubnetMask>/],
    [
      'a name twice',
      whole.replace('<Name>office</Name>', '<Name>a</Name><Name>b</Name>'),
      /more than one <Name>|wrong place/,
    ],
    [
      'leases before the scope is told',
      whole.replace('<ScopeId>', '<Leases /><ScopeId>'),
      /<ScopeId> in the wrong place/,
    ],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from(whole.slice(0, 300)), Buffer.from([0xff, 0xfe, 0xff])]),
      /UTF-8|encoding/i,
    ],
    ['a newer server’s', document(scope(0), { version: [11, 0] }), /is of version 11\.0, and the server of 10\.0/],
  ];

  it.each(CASES)('%s', async (_, text, message) => {
    const one = lab();
    const before = seen(one);
    const error = await failure(run(one, text, { Leases: true }));
    expect(idsOf(error)).toEqual(['InvalidOperation,Import-DhcpServer']);
    expect(error.errors[0]?.message).toMatch(message);
    expect(seen(one)).toBe(before);
  });

  it('[MIG] 7.3 one that is not there, and one that is a folder', async () => {
    for (const File of [fileOf('absent.xml'), fileOf('.')]) {
      const call = importDhcpServer({ ComputerName: A, File, BackupPath: 'C:\\b', Force: true }, inLab(lab()));
      const error = await failure(call);
      expect(idsOf(error)).toEqual(['ResourceUnavailable,Import-DhcpServer']);
      expect(error.errors[0]?.exception).toMatchObject({ code: 'ERR_FILE' });
    }
  });

  it.each([
    ['10 GB, by its size', 10 * 2 ** 30, /has 10737418240 bytes, and at most 4294967296 are read/],
    ['4 GB, at its first wrong character', 2 ** 32, /U\+0000|character/i],
  ])('one of %s, without reading it to its end', async (_, bytes, message) => {
    const File = write(whole.slice(0, whole.indexOf('<Scopes>')));
    truncateSync(File, bytes);
    const one = lab();
    const before = seen(one);
    const started = process.resourceUsage().userCPUTime;
    const call = importDhcpServer({ ComputerName: A, File, BackupPath: 'C:\\b', Force: true }, inLab(one));
    const error = await failure(call);
    expect(idsOf(error)).toEqual(['InvalidOperation,Import-DhcpServer']);
    expect(error.errors[0]?.message).toMatch(message);
    // Microseconds: what gigabytes would take is minutes.
    expect(process.resourceUsage().userCPUTime - started).toBeLessThan(10_000_000);
    expect(seen(one)).toBe(before);
  });

  it('[MIG] 7.3 on a server older than the cmdlets', async () => {
    const old = lab({ servers: [{ name: A, address: '10.0.0.1', version: { major: 6, minor: 1 } }] });
    expect(idsOf(await failure(run(old, whole)))).toEqual(['InvalidOperation,Import-DhcpServer']);
  });

  it('[MIG] 7.3 but one of 2012 R2 on 2012, which Windows lets through', async () => {
    const old = lab({ servers: [{ name: A, address: '10.0.0.1', version: { major: 6, minor: 2 } }] });
    await run(old, document(scope(0), { version: [6, 3] }));
    expect(await scopesOf(old)).toEqual(['10.40.0.0']);
  });

  it('nor when the backup fails', async () => {
    const one = branchOffices(1, 0);
    const before = seen(one);
    await failure(run(one, whole, { BackupPath: 'C:\\備份' }));
    expect(seen(one)).toBe(before);
  });
});

it('elements may be in the namespace of the root, as converters write them', async () => {
  const one = emptyLab();
  await run(one, document(scope(0)).replaceAll(' xmlns=""', ''));
  expect(await scopesOf(one)).toEqual(['10.40.0.0']);
});

it('progress goes on with the leases of a large scope', async () => {
  const told: (readonly [string, number | undefined])[] = [];
  const leases = Array.from({ length: 100 }, (_, at) =>
    lease(at + 1).replace(/aa-00[^<]*/, `aa-${at.toString(16).padStart(2, '0')}`),
  );
  await run(
    emptyLab(),
    document(scope(0, `<Leases>${leases.join('')}</Leases>`) + scope(1)),
    { Leases: true },
    {
      onProgress: ({ operation }) => {
        if (operation !== undefined) told.push([operation.currentOperation, operation.percentComplete]);
      },
    },
  );
  expect(told).toEqual([
    ['scope 10.40.0.0', 0],

    ['leases', 98],
    ['scope 10.40.1.0', 99],
  ]);
});
