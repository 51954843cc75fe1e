import { afterEach, describe, expect, it } from '@jest/globals';
import { getCimInstance } from '../../../lib/cim-cmdlets/index.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { createLab } from '../../../lib/emulator/lab/lab.js';

const NOW = Date.UTC(2026, 10, 30, 12);
let emulator: Emulator;
afterEach(async () => {
  await emulator.close();
  emulator.lab.close();
});

describe('Win32_OperatingSystem of the emulated servers', () => {
  it('shows the clock of its own server', async () => {
    const lab = createLab({ now: NOW }, { follow: null });
    emulator = await startEmulator({ lab, sharedListeners: true });
    const clocks = async () => {
      const found = await getCimInstance(
        {
          ClassName: 'Win32_OperatingSystem',
          Namespace: 'root/cimv2',
          ComputerName: ['dhcpserver.contoso.com', 'dhcpserver2.contoso.com'],
        },
        { sessionOptions: emulator.sessionOptions },
      );
      return Object.fromEntries(
        found.map((one) => [Reflect.get(one, 'CSName'), String(Reflect.get(one, 'LocalDateTime'))]),
      );
    };
    expect(await clocks()).toEqual({
      DHCPSERVER: '2026-11-30T12:00:00.000000Z',
      DHCPSERVER2: '2026-11-30T12:00:00.000000Z',
    });
    lab.skewClock('dhcpserver2.contoso.com', 74_000);
    lab.clock.advance(1000);
    expect(await clocks()).toEqual({
      DHCPSERVER: '2026-11-30T12:00:01.000000Z',
      DHCPSERVER2: '2026-11-30T12:01:15.000000Z',
    });
  });
});
