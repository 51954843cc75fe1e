import { canonicalIp } from '../../base/network/ip-address.js';
import { CimException } from '../../cim/error/cim-exception.js';
import type { CmdletRepetition, RepetitionQuestion } from '../../schema/definition/cmdlet-repetition.js';
import { exceptionsOf } from './judge-failure.js';

/** The parameters of a call by name, spelled as the cmdlet spells them; values as callers give them or as they were bound. */
type Given = Readonly<Record<string, unknown>>;

/** The parameters with which it is asked whether the call has been done; the session or the computer is not among them. */
export function questionParameters(question: RepetitionQuestion, given: Given): Readonly<Record<string, unknown>> {
  const entries = Object.entries(question.parameters ?? {}).map(
    ([name, parameter]) => [name, given[parameter]] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

/** True when the question failed because there is nothing of the kind. */
export function saysNothing(question: RepetitionQuestion, failure: unknown): boolean {
  const exceptions = exceptionsOf(failure);
  return exceptions.every(
    (exception) =>
      exception instanceof CimException &&
      exception.messageId !== undefined &&
      question.nothing?.includes(exception.messageId) === true,
  );
}

/**
 * Whether the call has been done: `done`, `notDone`, or `conflict` where something of that name is there and is not as the call has it. `found`:
 * what the question gave, or nothing where it failed with what {@link saysNothing}. @throws TypeError for a row without a question.
 */
export function answerOf(
  repetition: CmdletRepetition,
  given: Given,
  found: readonly unknown[],
): 'done' | 'notDone' | 'conflict' {
  const { question } = repetition;
  if (question === undefined) throw new TypeError('This row has no question.');
  const isWanted = (object: unknown, [property, parameter]: [string, string]) =>
    holds(object, property, given[parameter], isPartner(repetition, parameter) ? sameHost : sameText, question.done);
  const matching = found.filter((object) => Object.entries(question.key ?? {}).every((pair) => isWanted(object, pair)));
  if (question.done === 'gone') return matching.length === 0 ? 'done' : 'notDone';
  if (matching.length === 0) return 'notDone';
  const isSame = matching.some((object) => Object.entries(question.same ?? {}).every((pair) => isWanted(object, pair)));
  return isSame ? 'done' : 'conflict';
}

/** The other computer that the call changes: out of its parameters, else out of what its question found; undefined where nobody says. */
export function partnerOf(
  { partner }: CmdletRepetition,
  given: Given,
  found: readonly unknown[] = [],
): string | undefined {
  if (partner === undefined) return undefined;
  const value =
    'parameter' in partner
      ? given[partner.parameter]
      : found.map((object) => Reflect.get(Object(object), partner.property)).find((name) => name !== undefined);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * A property has what was given: of several values all of them, where the change is done when it is there; one of them, where it is done when it is
 * gone. What was not given is right as it is.
 */
function holds(
  object: unknown,
  property: string,
  wanted: unknown,
  same: (left: string, right: string) => boolean,
  done: RepetitionQuestion['done'],
): boolean {
  if (wanted === undefined || wanted === null) return true;
  const there = texts(Reflect.get(Object(object), property));
  const isThere = (value: string) => there.some((one) => same(one, value));
  return done === 'there' ? texts(wanted).every(isThere) : texts(wanted).some(isThere);
}

function isPartner({ partner }: CmdletRepetition, parameter: string): boolean {
  return partner !== undefined && 'parameter' in partner && partner.parameter === parameter;
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== null).map(String);
}

/** Bytes in hexadecimal: a MAC address, a client's identifier. */
const BYTES = /^[\da-f]{2}(?:[-:]?[\da-f]{2})+$/i;

function sameText(left: string, right: string): boolean {
  return canonical(left) === canonical(right);
}

function canonical(text: string): string {
  const value = canonicalIp(text) ?? text.toLowerCase();
  return BYTES.test(value) ? value.replace(/[-:]/g, '') : value;
}

/** A name without its domain is that of one with it. A name and an address cannot be compared: they are not the same. */
function sameHost(left: string, right: string): boolean {
  const [one, other] = [left, right].map((name) => canonical(name).replace(/\.$/, ''));
  if (one === other) return true;
  if (one === undefined || other === undefined || canonicalIp(one) || canonicalIp(other)) return false;
  return one.includes('.') !== other.includes('.') && one.split('.')[0] === other.split('.')[0];
}
