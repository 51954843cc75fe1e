// The package on the lowest Node that `engines` names and on the newest: installed, required, imported, and as a command.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fetchNode, lowestOf, newest } from './node-release.js';
import { PackedPackage, ROOT } from './packed-package.js';

const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };

/** A pair of servers, a logon with sealing, a change, a question, a refusal, instances, and the ways to leave. */
const VISIT = `
  const emulator = await startEmulator();
  const session = await newCimSession('dhcpserver.contoso.com', emulator.sessionOptions);
  const failover = { CimSession: session, Name: 'A', PartnerServer: 'dhcpserver2.contoso.com', ScopeId: '10.10.10.0' };
  const [added] = await addDhcpServerv4Failover({ ...failover, LoadBalancePercent: 70, PassThru: true });
  const found = await getDhcpServerv4Failover({ CimSession: session });
  const refused = await addDhcpServerv4Failover(failover).catch((error) => error);
  const [described] = await getCimClass({
    CimSession: session, Namespace: 'root/Microsoft/Windows/DHCP', ClassName: 'DhcpServerv4Failover',
  });
  const { productVendor } = await session.testConnection();
  await session[Symbol.asyncDispose]();
  await emulator[Symbol.asyncDispose]();
  console.log(JSON.stringify({
    node: process.versions.node, added: added.Mode, found: found.length, productVendor,
    refused: refused instanceof CmdletError && refused.errors[0].fullyQualifiedErrorId,
    described: described.className, disposable: typeof Symbol.asyncDispose,
  }));`;
const NAMES = 'CmdletError, addDhcpServerv4Failover, getCimClass, getDhcpServerv4Failover, newCimSession';
const PROGRAMS = {
  'visit.cjs': `const { ${NAMES} } = require('cimlet');
  const { startEmulator } = require('cimlet/emulator');
  (async () => {${VISIT}
  })();`,
  'visit.mjs': `import { ${NAMES} } from 'cimlet';
  import { startEmulator } from 'cimlet/emulator';${VISIT}`,
};

describe.each([
  ['lowest', lowestOf(engines.node)],
  ['newest', newest()],
])('on the %s Node, %s', (_name, version) => {
  const nodes = mkdtempSync(join(tmpdir(), 'cimlet-node-'));
  let packed: PackedPackage;

  beforeAll(() => {
    packed = new PackedPackage(fetchNode(version, nodes));
    packed.install();
  });
  afterAll(() => {
    packed.remove();
    rmSync(nodes, { recursive: true, force: true });
  });

  it.each(Object.entries(PROGRAMS))('runs %s', (file, source) => {
    expect(JSON.parse(packed.node(file, source))).toEqual({
      node: version,
      added: 'LoadBalance',
      found: 1,
      refused: expect.stringMatching(/^DHCP \d+,Add-DhcpServerv4Failover$/),
      described: 'DhcpServerv4Failover',
      productVendor: 'Microsoft Corporation',
      disposable: 'symbol',
    });
  });

  it('runs the command', () => {
    const line = 'Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com | Select-Object Name';
    expect(packed.run('cimlet', ['--emulator', '--json', line])).toBe(
      '{"Name":"SFO clients"}\n{"Name":"SIN clients"}\n',
    );
  });
});
