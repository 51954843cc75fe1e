import { refuse } from './problem.js';

/** Takes what came over the bridge as the type that it has to have. @throws ConsoleError `REFUSED`, which names the field and never the value. */
export type Check<T> = (value: unknown, field: string) => T;

type Checked<C> = C extends Check<infer T> ? T : never;
type Fields = Readonly<Record<string, Check<unknown>>>;
type Shape<F extends Fields> = { readonly [N in keyof F]: Checked<F[N]> };

export function refused(field: string, rule: string): Error {
  return refuse(
    'REFUSED',
    `${field === '' ? 'The params' : field}: ${rule}`,
    'Reload the page: it and the engine are not of one version.',
  );
}

/** Exactly these fields, all of them. */
export function fields<F extends Fields>(checks: F): Check<Shape<F>> {
  const names = Object.keys(checks);
  return (value, field) => {
    const given = plainObject(value, field);
    for (const name of Reflect.ownKeys(given)) {
      if (typeof name !== 'string' || !Object.hasOwn(checks, name))
        throw refused(field, `It has no field ${shown(name)}.`);
    }
    const taken: Record<string, unknown> = {};
    for (const name of names) {
      const check = checks[name];
      if (!Object.hasOwn(given, name) || check === undefined) throw refused(field, `The field ${name} is missing.`);
      taken[name] = check(given[name], field === '' ? name : `${field}.${name}`);
    }
    return taken as Shape<F>;
  };
}

/** One of several forms, told apart by the text in one field. */
export function forms<T>(tag: string, checks: Readonly<Record<string, Check<T>>>): Check<T> {
  return (value, field) => {
    const which = Object.hasOwn(plainObject(value, field), tag) ? (value as Record<string, unknown>)[tag] : undefined;
    const check = typeof which === 'string' && Object.hasOwn(checks, which) ? checks[which] : undefined;
    if (check === undefined) throw refused(field, `${tag} is none of ${Object.keys(checks).join(', ')}.`);
    return check(value, field);
  };
}

export function oneOf<const T extends string>(...words: readonly T[]): Check<T> {
  return (value, field) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw refused(field, `It is none of ${words.join(', ')}.`);
    return found;
  };
}

export function text(longest: number, shortest = 0): Check<string> {
  return (value, field) => {
    if (typeof value !== 'string') throw refused(field, 'It is no text.');
    if (value.length > longest) throw refused(field, `It is longer than ${longest} characters.`);
    if (value.length < shortest) throw refused(field, 'It is empty.');
    return value;
  };
}

const ADDRESS = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

export const address: Check<string> = (value, field) => {
  const given = text(15)(value, field);
  if (!ADDRESS.test(given)) throw refused(field, 'It is no IPv4 address.');
  return given;
};

export function whole(least: number, most: number): Check<number> {
  return (value, field) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      throw refused(field, `It is no whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

export const flag: Check<boolean> = (value, field) => {
  if (typeof value !== 'boolean') throw refused(field, 'It is neither true nor false.');
  return value;
};

export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, field) => (value === null ? null : check(value, field));
}

export function list<T>(check: Check<T>, most: number): Check<readonly T[]> {
  return (value, field) => {
    if (!Array.isArray(value)) throw refused(field, 'It is no list.');
    if (value.length > most) throw refused(field, `It has more than ${most} entries.`);
    return Array.from({ length: value.length }, (_, index) => check(value[index], `${field}[${index}]`));
  };
}

function plainObject(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused(field, 'It is no object.');
  // Also of another realm, whose Object is not ours: its prototype has none above it.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw refused(field, 'It is no plain object.');
  return value as Record<string, unknown>;
}

const shown = (name: string | symbol): string => JSON.stringify(String(name).slice(0, 40));
