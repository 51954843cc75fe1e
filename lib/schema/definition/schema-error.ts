import { baseJson, CimletError, type CimletErrorJson, optionsOf } from '../../base/errors.js';
import { causeJson, JsonFields, registerErrorClass } from '../../base/text/error-json.js';
import type { Text } from '../../base/wording.js';

/** A place in a MOF or CDXML file; lines and columns count from 1. */
export interface SchemaPosition {
  readonly line: number;
  readonly column: number;
}

/** A SchemaError as JSON has it. */
export interface SchemaErrorJson extends CimletErrorJson {
  readonly fileName: string;
  readonly position?: SchemaPosition;
}

/** A MOF or CDXML file that cannot be used: where, and what is wrong with it. Its code is `ERR_INVALID_ARGUMENT`. */
export class SchemaError extends CimletError {
  declare readonly code: 'ERR_INVALID_ARGUMENT';
  /** The file as the caller named it. */
  readonly fileName: string;
  /** The place, where it is known: MOF always, CDXML not (the message then holds the path of the element). */
  readonly position: SchemaPosition | undefined;

  constructor(
    fileName: string,
    problem: string,
    details: { position?: SchemaPosition | undefined; hint?: Text | undefined; cause?: unknown } = {},
  ) {
    const { position, hint, cause } = details;
    super('ERR_INVALID_ARGUMENT', `${placeOf(fileName, position)}: ${problem}`, { hint, cause });
    this.fileName = fileName;
    this.position = position;
  }
  override toJSON(): SchemaErrorJson {
    const { fileName, position } = this;
    return { ...baseJson(this), fileName, ...(position === undefined ? {} : { position }), ...causeJson(this.cause) };
  }
}

registerErrorClass('SchemaError', (fields) => {
  const fileName = fields.text('fileName') ?? '';
  const place = new JsonFields(fields.object('position'));
  const [line, column] = [place.number('line'), place.number('column')];
  const position = line === undefined || column === undefined ? undefined : { line, column };
  const problem = (fields.text('message') ?? '').slice(placeOf(fileName, position).length + 2);
  const { hint, cause } = optionsOf(fields);
  return new SchemaError(fileName, problem, { position, hint, cause });
});

function placeOf(fileName: string, position: SchemaPosition | undefined): string {
  return position === undefined ? fileName : `${fileName}:${position.line}:${position.column}`;
}
