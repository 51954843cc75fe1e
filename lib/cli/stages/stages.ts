import { LazyMap } from '../../base/collections/lazy-map.js';
import type { StageDefinition } from './stage.js';

const csv = () => require('./csv-stages.js') as typeof import('./csv-stages.js');
const format = () => require('./format-stages.js') as typeof import('./format-stages.js');
const grouping = () => require('./grouping-stages.js') as typeof import('./grouping-stages.js');
const making = () => require('./making-stages.js') as typeof import('./making-stages.js');
const out = () => require('./out-stages.js') as typeof import('./out-stages.js');

/** PowerShell's own cmdlets that a line has, by name in lower case; each is loaded when it is asked for. */
export const STAGES: ReadonlyMap<string, StageDefinition> = new LazyMap<StageDefinition>([
  ['where-object', () => (require('./where-object.js') as typeof import('./where-object.js')).WHERE_OBJECT],
  ['foreach-object', () => (require('./for-each-object.js') as typeof import('./for-each-object.js')).FOR_EACH_OBJECT],
  ['select-object', () => (require('./select-object.js') as typeof import('./select-object.js')).SELECT_OBJECT],
  ['sort-object', () => (require('./sort-object.js') as typeof import('./sort-object.js')).SORT_OBJECT],
  ['measure-object', () => grouping().MEASURE_OBJECT],
  ['group-object', () => grouping().GROUP_OBJECT],
  ['compare-object', () => grouping().COMPARE_OBJECT],
  ['tee-object', () => grouping().TEE_OBJECT],
  ['format-table', () => format().FORMAT_TABLE],
  ['format-list', () => format().FORMAT_LIST],
  ['convertto-json', () => format().CONVERT_TO_JSON],
  ['convertfrom-json', () => making().CONVERT_FROM_JSON],
  ['convertto-csv', () => csv().CONVERT_TO_CSV],
  ['convertfrom-csv', () => csv().CONVERT_FROM_CSV],
  ['export-csv', () => csv().EXPORT_CSV],
  ['import-csv', () => csv().IMPORT_CSV],
  ['out-file', () => out().OUT_FILE],
  ['out-string', () => out().OUT_STRING],
  ['out-null', () => out().OUT_NULL],
  ['out-host', () => out().OUT_DEFAULT],
  ['new-timespan', () => making().NEW_TIME_SPAN],
  ['get-date', () => making().GET_DATE],
  ['write-output', () => making().WRITE_OUTPUT],
  ['write-host', () => out().WRITE_HOST],
]);

/** The same by their aliases, so that a name which is none loads none; a test holds them against the definitions. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['%', 'foreach-object'],
  ['?', 'where-object'],
  ['compare', 'compare-object'],
  ['diff', 'compare-object'],
  ['echo', 'write-output'],
  ['epcsv', 'export-csv'],
  ['fl', 'format-list'],
  ['foreach', 'foreach-object'],
  ['ft', 'format-table'],
  ['group', 'group-object'],
  ['ipcsv', 'import-csv'],
  ['measure', 'measure-object'],
  ['oh', 'out-host'],
  ['out-default', 'out-host'],
  ['select', 'select-object'],
  ['sort', 'sort-object'],
  ['tee', 'tee-object'],
  ['where', 'where-object'],
  ['write', 'write-output'],
]);

/** The definition of a cmdlet that is PowerShell's own, by its name or alias, with or without its module before it. */
export function findStage(name: string): StageDefinition | undefined {
  const wanted = name.toLowerCase().replace(/^microsoft\.powershell\.(?:core|utility)\\/, '');
  return STAGES.get(ALIASES.get(wanted) ?? wanted);
}
