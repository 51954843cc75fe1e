// What the provider says beside its output, through sessions and the engine.
import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../../lib/cim/instance/cim-instance.js';
import type { CmdletFunction } from '../../../../lib/cmdlet/cmdlet-function.js';
import type { EngineParameters } from '../../../../lib/cmdlet/contract/engine-parameters.js';
import {
  addDhcpServerInDC,
  getDhcpServerInDC,
  removeDhcpServerInDC,
  setDhcpServerAuditLog,
  setDhcpServerDatabase,
} from '../../../../lib/dhcp-server/index.js';
import { createLab } from '../../../../lib/emulator/lab/lab.js';
import { A } from '../../pair.js';

const B = 'dhcpserver2.contoso.com';

function start(directory?: null) {
  const lab = createLab(directory === null ? { directory } : {}, { follow: null });
  const warnings: string[] = [];
  const options = {
    sessionOptions: { transport: ({ computerName }: { computerName: string }) => lab.transport(computerName) },
    onWarning: ({ text }: { text: string }) => warnings.push(text),
  };
  return { lab, warnings, options };
}

describe('the directory (dhcp-server-semantics 8.2)', () => {
  it('takes an entry that is there, and the loss of one that is not, with a warning that names the code', async () => {
    const { warnings, options } = start();
    await addDhcpServerInDC({ CimSession: A, DnsName: B }, options);
    await removeDhcpServerInDC({ CimSession: A, DnsName: B }, options);
    expect(warnings.splice(0)).toEqual([
      expect.stringMatching(/already authorised\. The check .* was initiated\. Error code: 20079$/),
    ]);
    await removeDhcpServerInDC({ CimSession: A, DnsName: B }, options);
    expect(warnings).toEqual([
      expect.stringMatching(/not authorised already\. The check .* was initiated\. Error code: 20080$/),
    ]);
    expect((await getDhcpServerInDC({ CimSession: A }, options)).map(({ DnsName }) => DnsName)).not.toContain(B);
  });

  it('is changed when the server concerned cannot be asked to look anew, with a warning', async () => {
    const { lab, warnings, options } = start();
    lab.powerOff(B);
    await removeDhcpServerInDC({ CimSession: A, DnsName: B }, options);
    await addDhcpServerInDC({ CimSession: A, DnsName: B }, options);
    expect(warnings).toEqual([
      expect.stringMatching(/de-authorised\. The check .* could not be initiated .*Error code: 1722$/),
      expect.stringMatching(/was authorised\. The check .* could not be initiated .*Error code: 1722$/),
    ]);
  });

  it('is an error where there is none: nothing is made up', async () => {
    const { warnings, options } = start(null);
    const calls: readonly CmdletFunction<EngineParameters, CimInstance, never>[] = [
      addDhcpServerInDC,
      removeDhcpServerInDC,
      getDhcpServerInDC,
    ];
    for (const call of calls) {
      await expect(call({ CimSession: A }, options)).rejects.toMatchObject({
        errors: [{ fullyQualifiedErrorId: expect.stringMatching(/^DHCP 20070,/) }],
      });
    }
    expect(warnings).toEqual([]);
  });
});

it('a new folder of the audit log, and a new database, wait for the service: a warning says so (4.1)', async () => {
  const { warnings, options } = start();
  await setDhcpServerAuditLog({ ComputerName: A, Path: 'D:\\log' }, options);
  await setDhcpServerDatabase({ ComputerName: A, BackupInterval: 30 }, options);
  expect(warnings).toEqual([expect.stringMatching(/take effect\.$/), expect.stringMatching(/take effect\.$/)]);
});
