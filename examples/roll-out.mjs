// Rolls failover out to 200 servers, each with a partner of its own, and reports what failed and why. Run it again for what is left:
// scopes that are protected already are passed over.
//
//   node examples/roll-out.mjs          CIMLET_SERVERS=server,partner,server,partner,… or an emulated fleet of which some is broken
import { addDhcpServerv4Failover, CmdletError, getDhcpServerv4Failover, getDhcpServerv4Scope } from 'cimlet';
import { fleetDescription } from 'cimlet/emulator';
import { connect } from './connect.mjs';

const AT_ONCE = 32;

const { servers, sessionOptions, lab, close } = await connect(brokenFleet());
if (lab !== undefined) breakThings(lab);

const partners = new Map();
for (let index = 0; index < servers.length; index += 2) partners.set(servers[index], servers[index + 1]);

/** Why a server was left without failover: PowerShell's error id → what it says of the first one, and where. */
const failures = new Map();
let succeeded = 0;
let untouched = 0;

try {
  // What is there? One call asks all servers; those that do not answer are reported and left out.
  const options = { sessionOptions, onError: report };
  const asked = { CimSession: [...partners.keys()], ThrottleLimit: AT_ONCE, ErrorAction: 'Continue' };
  const protectedScopes = new Set();
  for await (const { PSComputerName, ScopeId } of getDhcpServerv4Failover(asked, options)) {
    for (const scope of ScopeId ?? []) protectedScopes.add(`${PSComputerName} ${scope}`);
  }
  const scopes = new Map();
  for await (const { PSComputerName = '', ScopeId } of getDhcpServerv4Scope(asked, options)) {
    if (protectedScopes.has(`${PSComputerName} ${ScopeId}`)) untouched++;
    else scopes.set(PSComputerName, [...(scopes.get(PSComputerName) ?? []), ScopeId]);
  }

  // Each server has parameters of its own, so each has a call of its own; 32 of them run at a time.
  const work = [...scopes];
  const worker = async () => {
    for (let next = work.shift(); next !== undefined; next = work.shift()) await protect(...next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
} finally {
  await close();
}

console.log(`${succeeded} of ${partners.size} servers are protected now, ${untouched} scopes were before.`);
for (const [id, { lines, where }] of [...failures].sort((a, b) => b[1].where.size - a[1].where.size)) {
  console.log(`\n${where.size} × ${id}`);
  for (const line of lines) console.log(`  ${line}`);
  console.log(`  → ${[...where].slice(0, 3).join(', ')}${where.size > 3 ? ', …' : ''}`);
}
if (failures.size > 0) process.exitCode = 1;

async function protect(server, ScopeId) {
  const [site] = server.split('.');
  try {
    await addDhcpServerv4Failover(
      { CimSession: server, Name: `${site}-failover`, PartnerServer: partners.get(server), ScopeId },
      { sessionOptions, timeoutMs: 60_000 },
    );
    succeeded++;
  } catch (error) {
    if (!(error instanceof CmdletError)) throw error;
    for (const record of error.errors) report(record);
  }
}

/** @param {import('cimlet').ErrorRecord} record */
function report({ fullyQualifiedErrorId, message, exception, errorData, PSComputerName }) {
  const id = fullyQualifiedErrorId.split(',')[0];
  const reason = errorData?.cimInstanceProperties.get('error_WindowsErrorMessage')?.value; // what the code means, from a Windows server
  const lines = [message, reason, exception.hint].filter((line) => line !== undefined && line !== null);
  const failure = failures.get(id) ?? { lines, where: new Set() };
  failure.where.add(PSComputerName);
  failures.set(id, failure);
}

/** 200 servers and their partners; every tenth scope exists on its partner already. */
function brokenFleet() {
  const fleet = fleetDescription(400, { paired: true });
  return {
    ...fleet,
    servers: fleet.servers?.map((server, index, all) =>
      index % 20 === 1 ? { ...server, scopes: all[index - 1]?.scopes ?? [] } : server,
    ),
  };
}

/** Four more ways to fail, and one that is not a failure: a server that is busy is asked again. */
function breakThings(lab) {
  const named = (number) => `dhcp${String(number).padStart(4, '0')}.contoso.com`;
  for (let number = 3; number <= 400; number += 40) {
    lab.powerOff(named(number + 1)); // the partner is off
    lab.skewClock(named(number + 3), 300_000); // the partner's clock is wrong
    lab.powerOff(named(number + 4)); // the server itself is off
    lab.injectFault({ kind: 'page', status: 502, server: named(number + 6), action: '/AddByLoadBalance' }); // a proxy is in the way
    lab.injectFault({ kind: 'quota', server: named(number + 8), times: 1 }); // busy, once
  }
}
