// Audits a fleet: what each failover relationship looks like from both of its servers, as a table, and what is wrong with it.
//
//   node examples/audit.mjs             all of CIMLET_SERVERS, or an emulated fleet in which some things went wrong
import { addDhcpServerv4Failover, getDhcpServerv4Failover } from 'cimlet';
import { fleetDescription } from 'cimlet/emulator';
import { connect } from './connect.mjs';

const { servers, sessionOptions, lab, close } = await connect(fleetDescription(24, { paired: true }));
if (lab !== undefined) await prepare(lab);

/** Name and addresses of a relationship → what each of its servers says of it. */
const relationships = new Map();
const silent = [];

try {
  const answers = getDhcpServerv4Failover(
    { CimSession: servers, ThrottleLimit: 64, ErrorAction: 'SilentlyContinue' },
    { sessionOptions, timeoutMs: 60_000 },
  );
  for await (const failover of answers) {
    const key = `${failover.Name} ${failover.PrimaryServerIP} ${failover.SecondaryServerIP}`;
    relationships.set(key, [...(relationships.get(key) ?? []), failover]);
  }
  for (const { PSComputerName, message } of answers.errors) silent.push(`${PSComputerName}: ${message}`);
} finally {
  await close();
}

const rows = [...relationships.values()].map((views) => {
  const primary = views.find(({ ServerType }) => ServerType === 'PrimaryServer');
  const secondary = views.find(({ ServerType }) => ServerType === 'SecondaryServer');
  const [one] = views;
  return {
    Relationship: one.Name,
    Mode: one.Mode,
    Shares: one.Mode === 'LoadBalance' ? `${share(primary)} : ${share(secondary)}` : `${one.ReservePercent} % reserved`,
    Primary: primary?.State ?? '(no answer)',
    Secondary: secondary?.State ?? '(no answer)',
    Scopes: one.ScopeId?.length ?? 0,
    Remark: remark(primary, secondary),
  };
});
rows.sort(
  (a, b) => (a.Remark === '' ? 1 : 0) - (b.Remark === '' ? 1 : 0) || a.Relationship.localeCompare(b.Relationship),
);
table(rows);

const healthy = rows.filter(({ Remark }) => Remark === '').length;
console.log(`\n${rows.length} relationships on ${servers.length} servers, ${healthy} of them healthy.`);
for (const line of silent) console.log(line);
if (healthy < rows.length || silent.length > 0) process.exitCode = 1;

function share(view) {
  return view === undefined ? '?' : view.LoadBalancePercent;
}

function remark(primary, secondary) {
  if (primary === undefined || secondary === undefined) return 'only one server has it, or answers';
  if (primary.State !== 'Normal' || secondary.State !== 'Normal') return 'not in contact';
  const differs = ['Mode', 'MaxClientLeadTime', 'StateSwitchInterval', 'EnableAuth'].find(
    (name) => String(primary[name]) !== String(secondary[name]),
  );
  if (differs !== undefined) return `${differs} differs`;
  if (primary.ScopeId?.length === 0) return 'protects no scope';
  if (primary.Mode === 'LoadBalance' && Math.abs(primary.LoadBalancePercent - 50) > 30) return 'lopsided';
  return '';
}

function table(rows) {
  const names = Object.keys(rows[0] ?? {});
  const widths = names.map((name) => Math.max(name.length, ...rows.map((row) => String(row[name]).length)));
  const line = (cells) =>
    cells
      .map((cell, column) => String(cell).padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  console.log(line(names));
  console.log(line(widths.map((width) => '-'.repeat(width))));
  for (const row of rows) console.log(line(names.map((name) => row[name])));
}

/** Eleven relationships of both modes on the emulated fleet; then a server loses power and a link breaks. */
async function prepare(lab) {
  for (let index = 0; index < 22; index += 2) {
    const [server, partner] = [servers[index], servers[index + 1]];
    const kind = index % 6 === 4 ? { ReservePercent: 5 } : { LoadBalancePercent: index === 6 ? 95 : 50 };
    const [ScopeId] = lab.server(server).scopes.keys();
    const Name = `site-${String(index / 2 + 1).padStart(2, '0')}`;
    await addDhcpServerv4Failover(
      { ComputerName: server, Name, PartnerServer: partner, ScopeId, ...kind },
      { sessionOptions },
    );
  }
  lab.powerOff(servers[3]);
  lab.cutLink(servers[8], servers[9]);
}
