import { invalidArgument } from './errors.js';
import { suggestion } from './text/suggestion.js';

/** What values an option takes. */
export interface OptionForm {
  accepts(value: unknown): boolean;
  /** What to give, for the error. */
  readonly remedy: string;
  /** Of an object: its own options. */
  readonly inner?: Readonly<Record<string, OptionForm>>;
}

export const BOOLEAN: OptionForm = {
  accepts: (value) => typeof value === 'boolean',
  remedy: 'Give true or false, without quotes.',
};
export const TEXT: OptionForm = { accepts: (value) => typeof value === 'string', remedy: 'Give a text.' };
export const NUMBER: OptionForm = {
  accepts: (value) => typeof value === 'number',
  remedy: 'Give a number, without quotes.',
};
export const FUNCTION: OptionForm = { accepts: (value) => typeof value === 'function', remedy: 'Give a function.' };
export const OBJECT: OptionForm = {
  accepts: (value) => (typeof value === 'object' && value !== null) || typeof value === 'function',
  remedy: 'Give an object.',
};
export const SIGNAL: OptionForm = {
  // One of another realm, or a polyfill's, is as good.
  accepts: (value) =>
    typeof (value as Partial<AbortSignal> | null)?.addEventListener === 'function' && 'aborted' in Object(value),
  remedy: 'Give an AbortSignal.',
};
export const TEXTS: OptionForm = {
  accepts: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  remedy: "Give an array of texts: ['…'].",
};
/** What somebody else looks at. */
export const ANYTHING: OptionForm = { accepts: () => true, remedy: '' };

/** An object with these options. */
export function options(inner: Readonly<Record<string, OptionForm>>): OptionForm {
  return {
    accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    remedy: 'Give an object.',
    inner,
  };
}

/** One of these texts. */
export function oneOf(...values: readonly string[]): OptionForm {
  return {
    accepts: (value) => typeof value === 'string' && values.includes(value),
    remedy: `Give ${values.map((value) => `'${value}'`).join(' or ')}.`,
  };
}

/** What this form takes, or one of these values. */
export function orOneOf(form: OptionForm, ...values: readonly (string | boolean)[]): OptionForm {
  const names = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  return {
    ...form,
    accepts: (value) => form.accepts(value) || values.some((one) => one === value),
    remedy: `${form.remedy.replace(/\.$/, '')}, or ${names.join(' or ')}.`,
  };
}

/**
 * Refuses what would be passed over, or taken for something else: an option of an unknown name, and one of a wrong type, such as the text
 * `'false'` out of an environment, which is true. `undefined` is an option that was not given.
 * @throws CimletError `ERR_INVALID_ARGUMENT`.
 */
export function checkOptionForms(
  given: object,
  forms: Readonly<Record<string, OptionForm>>,
  what: string,
  within = '',
): void {
  // No list of entries: this is done for every request.
  for (const name in given) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
    if (form === undefined) {
      const meant = suggestion(name, Object.keys(forms));
      const remedy = meant === undefined ? `There is no such ${what}.` : `Write ${within}${meant}.`;
      throw invalidArgument('options', `${within}${name}`, remedy);
    }
    if (value === undefined) continue;
    // The value may be a secret that stands in the wrong place.
    if (!form.accepts(value)) throw invalidArgument(`${within}${name}`, kindOf(value), form.remedy);
    if (form.inner !== undefined && typeof value === 'object' && value !== null) {
      checkOptionForms(value, form.inner, what, `${within}${name}.`);
    }
  }
}

/** A short text that says a truth value, a number or null stands as it is. */
const HARMLESS = /^(?:true|false|yes|no|on|off|null|\d{1,12}|)$/i;

function kindOf(value: unknown): unknown {
  if (typeof value === 'string') return HARMLESS.test(value) ? value : Object('a text');
  if (Array.isArray(value)) return Object('an array');
  return typeof value === 'object' && value !== null ? Object('an object') : value;
}
