// npm run bench [-- name … --full]: every figure that docs/project/performance.md promises, as ratios within one run.
import { benchBundle } from './bundle.mjs';
import { benchConsole } from './console.mjs';
import { benchEnumeration } from './enumeration.mjs';
import { benchExport } from './export.mjs';
import { benchFanOut } from './fan-out.mjs';
import { benchFleet } from './fleet.mjs';
import { benchHttp } from './http.mjs';
import { benchInvoke } from './invoke.mjs';
import { benchLeases } from './leases.mjs';
import { benchMemory } from './memory.mjs';
import { benchOwn } from './own.mjs';
import { benchPairs } from './pairs.mjs';
import { benchPeers } from './peers.mjs';
import { benchPowerShell } from './powershell.mjs';
import { benchSealed } from './sealed.mjs';
import { benchStartUp } from './start-up.mjs';
import { benchXmlReader } from './xml-reader.mjs';

const BENCHES = {
  invoke: benchInvoke,
  own: benchOwn,
  http: benchHttp,
  'fan-out': benchFanOut,
  'start-up': benchStartUp,
  bundle: benchBundle,
  sealed: benchSealed,
  xml: benchXmlReader,
  enumeration: benchEnumeration,
  export: benchExport,
  leases: benchLeases,
  memory: benchMemory,
  pairs: benchPairs,
  console: benchConsole,
  fleet: benchFleet,
  peers: benchPeers,
  powershell: benchPowerShell,
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench();
}
