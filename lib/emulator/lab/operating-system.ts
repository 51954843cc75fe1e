import type { Clock } from '../../base/clock.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import type { ClassDefinition } from '../cim/class-definition.js';
import type { DhcpServer } from '../dhcp/dhcp-server.js';

/** Win32_OperatingSystem, as far as a client of DHCP servers asks for it: whose clock it is, and what it shows. */
const declaration: CimClassDeclaration = {
  namespace: 'root/cimv2',
  className: 'Win32_OperatingSystem',
  superClassName: 'CIM_OperatingSystem',
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'CSName', type: 'string' },
    { name: 'Caption', type: 'string' },
    { name: 'Version', type: 'string' },
    { name: 'LastBootUpTime', type: 'datetime' },
    { name: 'LocalDateTime', type: 'datetime' },
    { name: 'CurrentTimeZone', type: 'sint16' },
  ],
  methods: [],
};

/** The one instance of a server, whose clock may be ahead of the lab's. Emulated servers stand in UTC. */
export function operatingSystem(server: DhcpServer, clock: Clock): ClassDefinition {
  const time = (ms: number) => CimDateTime.from(new Date(ms).toISOString());
  return {
    declaration,
    source: {
      instances: () => {
        const { major, minor } = server.version;
        const instance = CimInstance.create(declaration, {
          Name: 'Windows Server',
          CSName: server.computerName,
          Caption: 'Windows Server',
          Version: `${major}.${minor}.20348`,
          LastBootUpTime: time(server.bootedAt + server.clockSkewMs),
          LocalDateTime: time(clock.now() + server.clockSkewMs),
          CurrentTimeZone: 0,
        });
        return [instance];
      },
    },
  };
}
