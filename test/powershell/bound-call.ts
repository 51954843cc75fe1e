import type { DiagnosticMessages } from '../../lib/base/diagnostics.js';
import type { RecordedCall, RecordedValue } from './recorded-row.js';

/** What was bound, as the recorder writes it. */
export function recordedCall({
  cmdlet,
  parameterSet,
  parameters,
}: DiagnosticMessages['cimlet:cmdlet:bound']): RecordedCall {
  const params = Object.entries(parameters).map(([name, value]): [string, RecordedValue] => [
    name,
    Array.isArray(value) ? value.map(textOf) : textOf(value),
  ]);
  return { cmdlet, set: parameterSet, params: Object.fromEntries(params) };
}

/** As the recorder writes a bound value. */
function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
