// Are both servers of a pair in step? Says in what they differ and what replication would do. On your servers it only reads.
//
//   node examples/in-step.mjs           the first two of CIMLET_SERVERS, or an emulated pair that has drifted apart
import { createClient } from 'cimlet';
import { driftDescription } from 'cimlet/emulator';
import { comparePair, planPutBack, planReplication, readPair } from 'cimlet/pairs';
import { connect } from './connect.mjs';

const { servers, sessionOptions, lab, close } = await connect(driftDescription());
const [one, other] = servers;
if (one === undefined || other === undefined) throw new Error('Two servers are needed: CIMLET_SERVERS=dhcp1,dhcp2');
const dhcp = createClient(sessionOptions);
/** @param {string} computerName */
const door = (computerName) => ({ computerName, open: () => dhcp.session(computerName) });

try {
  const { here, there } = await readPair(door(one), door(other), { timeoutMs: 60_000 });
  const { verdict, relationships, differences, neverReplicated, notKnown } = comparePair(here, there);
  console.log(`${one} and ${other}: ${verdict}\n`);
  for (const { scopeId, what, verdict: which } of [...differences, ...neverReplicated]) {
    console.log(`${(scopeId ?? 'server').padEnd(15)}  ${what.padEnd(40)}  ${which}`);
  }
  for (const { server, what, problem } of notKnown) console.log(`not known: ${server}, ${what}: ${problem.what}`);

  for (const { name, isShared } of relationships) {
    if (!isShared) continue;
    const plan = await planReplication({ source: door(one), target: door(other), relationship: name });
    const { adds, changes, removes, effects, lines } = plan.description;
    console.log(`\nReplicating to ${other} adds ${adds}, changes ${changes}, removes ${removes}:`);
    for (const { verb, what } of effects) console.log(`  ${verb} ${what}`);
    for (const line of lines) console.log(line);
    // On a lab it can be tried: replicate, and put back what that has taken.
    if (lab === undefined) continue;
    const outcome = await plan.apply({ typed: plan.description.type ?? undefined });
    const back = await planPutBack({ server: door(other), saved: outcome.saved });
    const { how } = await back.apply({ typed: back.description.type ?? undefined });
    console.log(
      `\nIn the lab: ${outcome.how}, ${outcome.after?.differences.length} differences left; put back: ${how}`,
    );
  }
  if (verdict !== 'inStep') process.exitCode = 1;
} finally {
  await dhcp.close();
  await close();
}
