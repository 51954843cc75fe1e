// The flag of a restore, as Get-DhcpServerDatabase and Get-DhcpServerSetting show it.
import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../../lib/cim/instance/cim-instance.js';
import { createLab } from '../../../../lib/emulator/lab/lab.js';
import { valuesOf } from '../../../support/values-of.js';
import { A, Pair, type Parameters } from '../../pair.js';

const OWN = 'C:\\Windows\\system32\\dhcp\\backup';
const ELSEWHERE = 'C:\\backups\\one';

class Restored extends Pair {
  async flags() {
    const of = async (name: string) => {
      const { output } = await this.call(A, `PS_DhcpServer${name}.Get`);
      return valuesOf(output[0] as CimInstance);
    };
    return { flag: (await of('Database'))['RestoreFromBackup'], failed: (await of('Setting'))['RestoreStatus'] };
  }

  async done(method: string, parameters: Parameters): Promise<void> {
    expect((await this.call(A, `PS_DhcpServer${method}`, parameters)).ids).toEqual([]);
  }

  restart(): string[] {
    this.lab.setService(A, 'stopped');
    this.lab.setService(A, 'running');
    return [...this.lab.server(A).scopes.keys()];
  }
}

/** A server that was backed up with two scopes, and has one now. */
async function backedUp(path: string): Promise<Restored> {
  const pair = new Restored();
  await pair.done('.Backup', { Path: path });
  await pair.done('v4Scope.Remove', { ScopeId: ['10.10.10.0'], Force: true });
  return pair;
}

describe('the flag of a restore (MS-DHCPM 3.2.4.46)', () => {
  it('is set by Restore and gone when the service has started', async () => {
    const pair = await backedUp(ELSEWHERE);
    await pair.done('.Restore', { Path: ELSEWHERE, Force: true });
    expect(await pair.flags()).toEqual({ flag: true, failed: false });
    expect(pair.restart()).toEqual(['10.10.10.0', '10.20.20.0']);
    expect(await pair.flags()).toEqual({ flag: false, failed: false });
  });

  it('set by Set-DhcpServerDatabase restores from the backup path of the server', async () => {
    const pair = await backedUp(OWN);
    await pair.done('Database.Set', { RestoreFromBackup: true });
    expect(pair.restart()).toEqual(['10.10.10.0', '10.20.20.0']);
    expect((await pair.flags()).flag).toBe(false);
  });

  it('taken back keeps what there is', async () => {
    const pair = await backedUp(ELSEWHERE);
    await pair.done('.Restore', { Path: ELSEWHERE, Force: true });
    await pair.done('Database.Set', { RestoreFromBackup: false });
    expect(pair.restart()).toEqual(['10.20.20.0']);
  });

  it('without a backup at the path: nothing is restored, and RestoreStatus says so until one succeeds', async () => {
    const pair = await backedUp(ELSEWHERE);
    await pair.done('Database.Set', { RestoreFromBackup: true });
    expect(pair.restart()).toEqual(['10.20.20.0']);
    expect(await pair.flags()).toEqual({ flag: false, failed: true });
    await pair.done('.Restore', { Path: ELSEWHERE, Force: true });
    pair.restart();
    expect(await pair.flags()).toEqual({ flag: false, failed: false });
  });

  it('outlives the lab in its saved state', async () => {
    const pair = await backedUp(OWN);
    await pair.done('Database.Set', { RestoreFromBackup: true });
    const again = createLab(JSON.parse(JSON.stringify(pair.lab.save())), { follow: null });
    again.setService(A, 'stopped');
    again.setService(A, 'running');
    expect([...again.server(A).scopes.keys()]).toEqual(['10.10.10.0', '10.20.20.0']);
  });
});
