import { describe, expect, it } from '@jest/globals';
import { BOOLEAN, checkOptionForms, NUMBER, options, orOneOf, TEXT } from '../../lib/base/option-forms.js';

const FORMS = { on: BOOLEAN, name: TEXT, count: NUMBER, inner: options({ deep: orOneOf(BOOLEAN, 'always') }) };
const check = (given: object) => () => checkOptionForms(given, FORMS, 'option of a lamp');

describe('the forms of options', () => {
  it.each([
    {},
    { on: false, name: '', count: Number.NaN },
    { inner: { deep: 'always' } },
    { on: undefined, inner: undefined },
  ])('take %j', (given) => expect(check(given)).not.toThrow());

  it.each([
    [{ on: 'false' }, 'on: "false" is not valid. Give true or false, without quotes.'],
    [{ on: null }, 'on: null is not valid. Give true or false, without quotes.'],
    [{ count: '5' }, 'count: "5" is not valid. Give a number, without quotes.'],
    [{ on: 'hunter2' }, 'on: a text is not valid. Give true or false, without quotes.'],
    [{ naem: 'x' }, 'options: "naem" is not valid. Write name.'],
    [{ somethingElse: 1 }, 'options: "somethingElse" is not valid. There is no such option of a lamp.'],
    [{ inner: { Deep: true } }, 'options: "inner.Deep" is not valid. Write inner.deep.'],
    [{ inner: { deep: 0 } }, "inner.deep: 0 is not valid. Give true or false, without quotes, or 'always'."],
    [{ inner: [] }, 'inner: an array is not valid. Give an object.'],
    [{ constructor: 1 }, 'options: "constructor" is not valid. There is no such option of a lamp.'],
  ])('refuse %j', (given, message) => expect(check(given)).toThrow(message));
});
