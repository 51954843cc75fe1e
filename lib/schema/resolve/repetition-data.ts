import { describeValue } from '../../base/errors.js';
import type { CmdletRepetition, RepetitionQuestion } from '../definition/cmdlet-repetition.js';

/** What the reader of private data does for each of its fields. */
export interface RepetitionSource {
  /** The lines `key: value` of the field. */
  readonly pairs: readonly (readonly [string, string])[];
  /** The name, where the cmdlet has such a parameter. */
  parameter(name: string): string;
  fail(problem: string): never;
}

const KEYS = ['kind', 'question', 'by', 'key', 'same', 'done', 'nothing', 'already', 'partner', 'once'];
const KINDS: readonly CmdletRepetition['kind'][] = ['read', 'repeatable', 'ask', 'once'];

/** The field `Repeat`; docs/cdxml.md describes its lines. @throws SchemaError */
export function readRepetition(source: RepetitionSource): CmdletRepetition | undefined {
  const { pairs } = source;
  if (pairs.length === 0) return undefined;
  const unknown = pairs.find(([key]) => !KEYS.includes(key));
  if (unknown !== undefined) source.fail(`${describeValue(unknown[0])} is none of ${KEYS.join(', ')}.`);
  const fields = new Map(pairs);
  if (fields.size < pairs.length) source.fail('A line is there twice.');
  const kind = KINDS.find((one) => one === fields.get('kind')) ?? source.fail(`kind must be ${KINDS.join(', ')}.`);
  const question = readQuestion(source, fields);
  if (kind === 'ask' && question === undefined) source.fail('ask needs a question.');
  const onceWith = words(fields.get('once')).map((name) => source.parameter(name));
  const alreadySo = ids(fields.get('already'));
  if (alreadySo.length > 0 && question === undefined) source.fail('already needs a question.');
  const partner = fields.get('partner');
  return {
    kind,
    ...(onceWith.length > 0 && { onceWith }),
    ...(question && { question }),
    ...(alreadySo.length > 0 && { alreadySo }),
    ...(partner !== undefined && { partner: readPartner(source, partner, question) }),
  };
}

function readQuestion(source: RepetitionSource, fields: ReadonlyMap<string, string>): RepetitionQuestion | undefined {
  const cmdlet = fields.get('question');
  if (cmdlet === undefined) return undefined;
  const done = fields.get('done') ?? 'there';
  if (done !== 'there' && done !== 'gone') return source.fail('done must be there or gone.');
  const parameters = equations(source, fields.get('by'));
  const key = equations(source, fields.get('key'));
  const same = equations(source, fields.get('same'));
  const nothing = ids(fields.get('nothing'));
  return {
    cmdlet,
    ...(parameters && { parameters }),
    ...(key && { key }),
    ...(same && { same }),
    done,
    ...(nothing.length > 0 && { nothing }),
  };
}

/** `parameter PartnerServer` or `property PartnerServer`. */
function readPartner(
  source: RepetitionSource,
  text: string,
  question: RepetitionQuestion | undefined,
): NonNullable<CmdletRepetition['partner']> {
  const [of, name] = words(text);
  if (of === 'parameter' && name !== undefined) return { parameter: source.parameter(name) };
  if (of === 'property' && name !== undefined && question !== undefined) return { property: name };
  return source.fail('partner must be parameter NAME, or, beside a question, property NAME.');
}

/** Words `Name`, or `Name=Parameter` where the call's parameter is called otherwise. */
function equations(source: RepetitionSource, text: string | undefined): Record<string, string> | undefined {
  if (text === undefined) return undefined;
  return Object.fromEntries(
    words(text).map((word) => {
      const [name = '', parameter = name] = word.split('=');
      return [name, source.parameter(parameter)];
    }),
  );
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

/** Error ids, between commas: they have a space in them. */
function ids(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}
