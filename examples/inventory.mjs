// What a namespace holds: its classes, what they can do, and how many instances each server has of them.
//
//   node examples/inventory.mjs          CIMLET_SERVERS=server,… CIMLET_NAMESPACE=root/cimv2, or the emulated lab
import { CimException, newCimSession } from 'cimlet';
import { connect } from './connect.mjs';

const { CIMLET_NAMESPACE: namespace = 'root/Microsoft/Windows/DHCP' } = process.env;
const { servers, sessionOptions, close } = await connect();

try {
  for (const server of servers) {
    const session = await newCimSession(server, sessionOptions);
    const rows = [];
    for await (const { className, properties, methods, isAbstract } of session.enumerateClasses({ namespace })) {
      const count = isAbstract ? '' : await instances(session, className);
      rows.push({ Class: className, Properties: properties.length, Methods: methods.length, Instances: count });
    }
    await session.close();
    console.log(`${server}: ${rows.length} classes in ${namespace}`);
    print(rows);
  }
} finally {
  await close();
}

/** Counts by their keys alone, in pages; a class that cannot be enumerated says why. */
async function instances(session, className) {
  let count = 0;
  try {
    for await (const _ of session.enumerateInstances({ namespace, className, keysOnly: true })) count++;
  } catch (error) {
    if (!(error instanceof CimException)) throw error;
    return error.nativeErrorCode;
  }
  return count;
}

function print(rows) {
  const columns = ['Class', 'Properties', 'Methods', 'Instances'];
  const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => `${row[name]}`.length)));
  const line = (cells) =>
    cells
      .map((cell, index) => `${cell}`.padEnd(widths[index]))
      .join('  ')
      .trimEnd();
  console.log(line(columns));
  for (const row of rows) console.log(line(columns.map((name) => row[name])));
  console.log();
}
