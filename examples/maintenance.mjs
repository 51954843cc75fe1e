// Takes one server of a failover pair out of service for maintenance, and brings it back:
//
//   1. its configuration is replicated to the partner, and its share of the clients goes down to 0;
//   2. it is shut down; the partner is told so (PartnerDown) and may lend all addresses, one MCLT later;
//   3. it starts again, learns from its partner what happened, and gets its share back once both are Normal.
//
//   node examples/maintenance.mjs       the first of CIMLET_SERVERS goes, the second stays; or an emulated pair
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  addDhcpServerv4Failover,
  getDhcpServerv4Failover,
  invokeDhcpServerv4FailoverReplication,
  setDhcpServerv4Failover,
} from 'cimlet';
import { connect } from './connect.mjs';

const { servers, sessionOptions, lab, close } = await connect();
const [going = '', staying = ''] = servers;
const options = { sessionOptions, onVerbose: (message) => console.log(message) };

try {
  if (lab !== undefined) {
    const ScopeId = ['10.10.10.0', '10.20.20.0'];
    await addDhcpServerv4Failover({ ComputerName: going, Name: 'SFO-SIN', PartnerServer: staying, ScopeId }, options);
  }
  // Only what the two share with each other is touched.
  const there = new Set((await relationships(staying)).map(({ Name }) => Name));
  const before = (await relationships(going)).filter(({ Name }) => there.has(Name));
  if (before.length === 0) throw new Error(`${going} and ${staying} have no relationship.`);
  const names = before.map(({ Name }) => Name);
  await show('Before');

  await invokeDhcpServerv4FailoverReplication({ ComputerName: going, Name: names, Force: true }, options);
  for (const { Name, Mode } of before) {
    if (Mode === 'LoadBalance')
      await setDhcpServerv4Failover({ ComputerName: going, Name, LoadBalancePercent: 0 }, options);
  }
  await show('Drained: new clients go to the partner');

  await ask(`Shut ${going} down.`, () => lab?.powerOff(going));
  await until(staying, names, (state) => state === 'CommunicationInterrupted');
  for (const Name of names) await setDhcpServerv4Failover({ ComputerName: staying, Name, PartnerDown: true }, options);
  await show('In maintenance: the partner serves everyone', [staying]);

  await ask(`Start ${going} again.`, () => lab?.powerOn(going));
  // It may serve again one MCLT after it is back; the emulated clock need not wait.
  lab?.clock.advance(2 * 3_600_000);
  await until(going, names, (state) => state === 'Normal');
  await until(staying, names, (state) => state === 'Normal');
  for (const { Name, Mode, LoadBalancePercent } of before) {
    if (Mode !== 'LoadBalance') continue;
    await setDhcpServerv4Failover({ ComputerName: going, Name, LoadBalancePercent: LoadBalancePercent ?? 50 }, options);
  }
  await show('Back');
} finally {
  await close();
}

function relationships(server) {
  return getDhcpServerv4Failover({ ComputerName: server }, options);
}

async function show(title, from = servers.slice(0, 2)) {
  console.log(title);
  for await (const item of getDhcpServerv4Failover({ CimSession: from }, options)) {
    const share = item.Mode === 'LoadBalance' ? `${item.LoadBalancePercent} %` : item.ServerRole;
    console.log(`  ${item.PSComputerName}  ${item.Name}  ${item.State}  ${share}`);
  }
}

/** With real servers a person does it and says so. */
async function ask(what, emulated) {
  console.log(`> ${what}`);
  if (lab !== undefined) return emulated();
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  await terminal.question('Press Enter when it is done. ');
  terminal.close();
}

/** Waits until a server shows all the relationships in a state. A server that does not answer yet is asked again. */
async function until(server, names, wanted) {
  for (;;) {
    const seen = await getDhcpServerv4Failover(
      { ComputerName: server, Name: names, ErrorAction: 'SilentlyContinue' },
      options,
    );
    if (seen.length === names.length && seen.every(({ State }) => wanted(State))) return;
    await delay(lab === undefined ? 10_000 : 10);
  }
}
