// npm run bench [-- name …]: every figure that docs/performance.md promises, as ratios within one run.
import { benchFanOut } from './fan-out.mjs';
import { benchInvoke } from './invoke.mjs';
import { benchStartUp } from './start-up.mjs';

const BENCHES = { invoke: benchInvoke, 'fan-out': benchFanOut, 'start-up': benchStartUp };

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench();
}
