// Rows whose recorder had stand-ins that take what Windows refuses. They are judged as the rows of the whole module have it, which
// were recorded with every validator of the help pages.
import type { RecordedCall, RecordedRow } from './recorded-row.js';

const EMPTY_REFUSED = 'ParameterArgumentValidationError';
/** The recorder's New-CimSession has no `[Credential()]`, which asks for a password, or fails where nobody can be asked. */
const ASKS_FOR_PASSWORD = /^New-CimSession [^;|]*-Credential \S+$/;

/** `moduleRows`: of the same folder, by which the others are corrected. */
export function correctedRows(rows: readonly RecordedRow[], moduleRows: readonly RecordedRow[]): RecordedRow[] {
  // "Add-DhcpServerv4Failover: SharedSecret: empty text"
  const refusesEmpty = new Set(
    moduleRows
      .filter(({ expected: { errors = [] } }) => errors.some((error) => error.startsWith(EMPTY_REFUSED)))
      .map(({ about }) => about),
  );
  const known = new Map(moduleRows.map((row) => [row.line, row.expected.calls ?? []]));
  const isRefused = ({ cmdlet, params }: RecordedCall) =>
    Object.entries(params).some(([name, value]) => value === '' && refusesEmpty.has(`${cmdlet}: ${name}: empty text`));
  return rows.map((row) => {
    const { calls = [], errors = [] } = row.expected;
    // Windows has the cmdlet with which the line ends; the stand-ins had not.
    const [last] = known.get(row.line.slice(row.line.lastIndexOf(';') + 1).trim()) ?? [];
    const lacked = last !== undefined && calls.every(({ cmdlet }) => cmdlet !== last.cmdlet);
    if (lacked && errors.join() === 'CommandNotFoundException') return withExpected(row, [...calls, last], []);
    if (ASKS_FOR_PASSWORD.test(row.line))
      return withExpected(row, calls, [...errors, 'ParameterArgumentTransformationError,New-CimSession']);
    const refused = calls.filter(isRefused);
    return refused.length === 0
      ? row
      : withExpected(
          row,
          calls.filter((call) => !refused.includes(call)),
          [...refused.map(({ cmdlet }) => `${EMPTY_REFUSED},${cmdlet}`), ...errors],
        );
  });
}

function withExpected(row: RecordedRow, calls: readonly RecordedCall[], errors: readonly string[]): RecordedRow {
  return { ...row, expected: { ...row.expected, calls, errors } };
}
