// A process of its own: one Export- or Import-DhcpServer with leases. Arguments: cmdlet, file, name, port, user name, password.
import { exportDhcpServer, importDhcpServer, newCimSession } from 'cimlet';

const [, , cmdlet, file, name, port, userName, password] = process.argv;
const session = await newCimSession(name, {
  port: Number(port),
  connectTo: { host: '127.0.0.1', port: Number(port) },
  authentication: 'Basic',
  allowUnencrypted: true,
  credential: { userName, password },
});
const parameters = { CimSession: session, File: file, Leases: true, Force: true };
if (cmdlet === 'export') await exportDhcpServer(parameters);
else await importDhcpServer({ ...parameters, BackupPath: 'C:\\backup', Confirm: false });
await session.close();
process.send({ peakMb: process.resourceUsage().maxRSS / 1024 });
