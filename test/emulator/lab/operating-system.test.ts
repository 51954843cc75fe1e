import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getCimInstance } from '../../../lib/cim-cmdlets/index.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { createLab, type Lab } from '../../../lib/emulator/lab/lab.js';

const NOW = Date.UTC(2026, 10, 30, 12);
let lab: Lab;
let emulator: Emulator;
beforeEach(async () => {
  lab = createLab({ now: NOW }, { follow: null });
  emulator = await startEmulator({ lab, sharedListeners: true });
});
afterEach(async () => {
  await emulator.close();
  lab.close();
});

/** A time that Win32_OperatingSystem tells, by computer. */
async function timesOf(member: 'LocalDateTime' | 'LastBootUpTime'): Promise<Record<string, string>> {
  const found = await getCimInstance(
    {
      ClassName: 'Win32_OperatingSystem',
      Namespace: 'root/cimv2',
      ComputerName: ['dhcpserver.contoso.com', 'dhcpserver2.contoso.com'],
    },
    { sessionOptions: emulator.sessionOptions },
  );
  return Object.fromEntries(found.map((one) => [Reflect.get(one, 'CSName'), String(Reflect.get(one, member))]));
}

describe('Win32_OperatingSystem of the emulated servers', () => {
  it('shows the clock of its own server', async () => {
    expect(await timesOf('LocalDateTime')).toEqual({
      DHCPSERVER: '2026-11-30T12:00:00.000000Z',
      DHCPSERVER2: '2026-11-30T12:00:00.000000Z',
    });
    lab.skewClock('dhcpserver2.contoso.com', 74_000);
    lab.clock.advance(1000);
    expect(await timesOf('LocalDateTime')).toEqual({
      DHCPSERVER: '2026-11-30T12:00:01.000000Z',
      DHCPSERVER2: '2026-11-30T12:01:15.000000Z',
    });
  });

  it('says when the machine started, and not when its service did', async () => {
    const [first, second] = ['dhcpserver.contoso.com', 'dhcpserver2.contoso.com'];
    lab.clock.advance(60_000);
    lab.setService(first, 'stopped');
    lab.setService(first, 'running');
    lab.powerOff(second);
    lab.powerOn(second);
    expect(await timesOf('LastBootUpTime')).toEqual({
      DHCPSERVER: '2026-11-30T12:00:00.000000Z',
      DHCPSERVER2: '2026-11-30T12:01:00.000000Z',
    });
  });

  it('says so of a lab that is saved, too', () => {
    lab.clock.advance(60_000);
    lab.setService('dhcpserver.contoso.com', 'stopped');
    lab.setService('dhcpserver.contoso.com', 'running');
    const described = lab.save().servers?.find(({ name }) => name === 'dhcpserver.contoso.com');
    expect(described).toMatchObject({ startedAt: NOW + 60_000, bootedAt: NOW });
  });
});
