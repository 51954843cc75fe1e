import { CONVERT_FROM_CSV, CONVERT_TO_CSV, EXPORT_CSV, IMPORT_CSV } from './csv-stages.js';
import { FOR_EACH_OBJECT } from './for-each-object.js';
import { CONVERT_TO_JSON, FORMAT_LIST, FORMAT_TABLE } from './format-stages.js';
import { COMPARE_OBJECT, GROUP_OBJECT, MEASURE_OBJECT, TEE_OBJECT } from './grouping-stages.js';
import { CONVERT_FROM_JSON, GET_DATE, NEW_TIME_SPAN, WRITE_OUTPUT } from './making-stages.js';
import { OUT_DEFAULT, OUT_FILE, OUT_NULL, OUT_STRING, WRITE_HOST } from './out-stages.js';
import { SELECT_OBJECT } from './select-object.js';
import { SORT_OBJECT } from './sort-object.js';
import type { StageDefinition } from './stage.js';
import { WHERE_OBJECT } from './where-object.js';

/** PowerShell's own cmdlets that a line has. */
export const STAGE_DEFINITIONS: readonly StageDefinition[] = [
  WHERE_OBJECT,
  FOR_EACH_OBJECT,
  SELECT_OBJECT,
  SORT_OBJECT,
  MEASURE_OBJECT,
  GROUP_OBJECT,
  COMPARE_OBJECT,
  TEE_OBJECT,
  FORMAT_TABLE,
  FORMAT_LIST,
  CONVERT_TO_JSON,
  CONVERT_FROM_JSON,
  CONVERT_TO_CSV,
  CONVERT_FROM_CSV,
  EXPORT_CSV,
  IMPORT_CSV,
  OUT_FILE,
  OUT_STRING,
  OUT_NULL,
  OUT_DEFAULT,
  NEW_TIME_SPAN,
  GET_DATE,
  WRITE_OUTPUT,
  WRITE_HOST,
];

/** The definition of a cmdlet that is PowerShell's own, by its name or alias, with or without its module before it. */
export function findStage(name: string): StageDefinition | undefined {
  const wanted = name.toLowerCase().replace(/^microsoft\.powershell\.(?:core|utility)\\/, '');
  return STAGE_DEFINITIONS.find(
    (definition) => definition.name.toLowerCase() === wanted || definition.aliases.includes(wanted),
  );
}
