import { parseExactJson } from '../../base/text/exact-json.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { convertValue } from '../values/convert.js';
import { LanguageError } from '../values/language-error.js';
import { itemsOf, type LineValue } from '../values/line-value.js';
import { formatDate } from '../values/number-and-date-formats.js';
import { JsonNumber, NumberValue } from '../values/number-value.js';
import { typedValue } from '../values/typed-value.js';
import { valueText } from '../values/value-text.js';
import { madeObject } from './grouping-stages.js';
import { commandClass, type StageDefinition } from './stage.js';
import type { StageCall } from './stage-call.js';

export const NEW_TIME_SPAN: StageDefinition = {
  name: 'New-TimeSpan',
  aliases: [],
  parameters: {
    Days: 'value',
    Hours: 'value',
    Minutes: 'value',
    Seconds: 'value',
    Milliseconds: 'value',
    Start: 'value',
    End: 'value',
  },
  positional: ['Start', 'End'],
  makes: true,
  prepare: (call) => {
    const amount = (name: string) => whole(call, name);
    const parts = {
      days: amount('Days'),
      hours: amount('Hours'),
      minutes: amount('Minutes'),
      seconds: amount('Seconds'),
      milliseconds: amount('Milliseconds'),
    };
    const span = call.has('Start') || call.has('End') ? between(call) : TimeSpan.from(parts);
    return async function* () {
      yield span;
    };
  },
};

function whole(call: StageCall, name: string): number {
  const given = call.value(name);
  const number = given === undefined ? undefined : convertValue(given, 'Int32');
  if (given === undefined) return 0;
  if (number instanceof NumberValue) return Number(number.value);
  throw call.refusal(`-${name} wants a whole number`, `Write for example -${name} 2.`);
}

function between(call: StageCall): TimeSpan {
  const [start, end] = ['Start', 'End'].map((name) => pointInTime(call, name) ?? CimDateTime.from(new Date()));
  return new TimeSpan((end?.epochMicroseconds ?? 0n) - (start?.epochMicroseconds ?? 0n));
}

function pointInTime(call: StageCall, name: string): CimDateTime | undefined {
  const given = call.value(name);
  if (given === undefined) return undefined;
  const time = convertValue(given, 'DateTime');
  if (time instanceof CimDateTime) return time;
  throw call.refusal(`-${name} wants a point in time`, `Write for example -${name} '2026-11-29 08:00'.`);
}

export const GET_DATE: StageDefinition = {
  name: 'Get-Date',
  aliases: [],
  parameters: { Date: 'value', Format: 'text' },
  positional: ['Date'],
  makes: true,
  prepare: (call) => {
    const given = pointInTime(call, 'Date');
    const format = call.text('Format');
    return async function* () {
      const time = given ?? CimDateTime.from(new Date());
      yield format === undefined ? time : formatted(call, time.toDate(), format);
    };
  },
};

/** By .NET's format, standard or custom. */
function formatted(call: StageCall, date: Date, format: string): string {
  const text = formatDate(date, format);
  if (text !== undefined) return text;
  throw call.refusal(`the format ${JSON.stringify(format)} is not there`, "Write for example 'yyyy-MM-dd HH:mm:ss'.");
}

export const WRITE_OUTPUT: StageDefinition = {
  name: 'Write-Output',
  aliases: ['echo', 'write'],
  parameters: { InputObject: 'value' },
  positional: ['InputObject'],
  makes: true,
  needs: 'InputObject',
  prepare: (call) =>
    async function* (input) {
      const given = call.value('InputObject');
      if (given !== undefined) yield* itemsOf(given);
      else for await (const item of input) yield* itemsOf(item);
    },
};

export const CONVERT_FROM_JSON: StageDefinition = {
  name: 'ConvertFrom-Json',
  aliases: [],
  parameters: { InputObject: 'value', Depth: 'count' },
  positional: ['InputObject'],
  makes: true,
  needs: 'InputObject',
  prepare: (call) =>
    async function* (input) {
      const given = call.texts('InputObject');
      const texts: string[] = given === undefined ? [] : [...given];
      if (given === undefined) for await (const item of input) texts.push(valueText(item));
      yield* itemsOf(jsonValue(parsed(call, texts.join('\n'))));
    },
};

function parsed(call: StageCall, text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    throw call.refusal(
      'what it is given is not JSON',
      'Give JSON in single quotes: \'{ "Name": "x" }\' | ConvertFrom-Json.',
    );
  }
}

/** What PowerShell 7 reads as a point in time. */
const JSON_TIME = /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?$/;

/** @throws LanguageError for keys that cannot be the names of an object's properties. */
function withDistinctKeys(value: object): object {
  const keys = Object.keys(value);
  const lower = keys.map((key) => key.toLowerCase());
  const twice = keys.find((key, at) => key === '' || lower.indexOf(lower[at] ?? '') < at);
  if (twice === undefined) return value;
  throw new LanguageError(
    `${twice === '' ? 'EmptyKeyInJsonString' : 'KeysWithDifferentCasingInJsonString'},${commandClass('ConvertFrom-Json')}`,
    twice === ''
      ? 'An object in the JSON has a key without a name.'
      : `An object in the JSON has the key ${JSON.stringify(twice)} twice, in different cases.`,
    'Rename it; the case of a property does not matter.',
  );
}

function jsonValue(value: unknown): LineValue {
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value === 'object' && value !== null)
    return madeObject(Object.entries(withDistinctKeys(value)).map(([name, entry]) => [name, jsonValue(entry)]));
  if (typeof value === 'string' && JSON_TIME.test(value)) return CimDateTime.from(new Date(value));
  if (typeof value === 'bigint') return new JsonNumber(value);
  if (Number.isSafeInteger(value)) return new JsonNumber(BigInt(value as number));
  return typedValue(value);
}
