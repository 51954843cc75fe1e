import { expect, it } from '@jest/globals';
import { spanTextWords, spanWords } from '../../../examples/console/engine/span.js';
import { changedWhat, valueText } from '../../../examples/console/engine/value-text.js';

const SCOPE = { Name: 'Head office', LeaseDuration: '8.00:00:00', Delay: 500, Description: '', State: 'Active' };

it('says how long a setting lasts, whole, in words', () => {
  expect([0, 1, 90, 3600, 5400, 691_200, 694_861].map(spanWords)).toEqual([
    '0 s',
    '1 s',
    '1 min 30 s',
    '1 h',
    '1 h 30 min',
    '8 d',
    '8 d 1 h 1 min 1 s',
  ]);
  expect(['8.00:00:00', '2:00:00', '00:00:00.5', 'no span'].map(spanTextWords)).toEqual([
    '8 d',
    '2 h',
    '00:00:00.5',
    'no span',
  ]);
});

it('names what of a thing changes, and says its spans and units as people do', () => {
  expect(changedWhat('scope 10.1.0.0', ['LeaseDuration'])).toBe('scope 10.1.0.0: lease duration');
  expect(valueText('scope', SCOPE, ['LeaseDuration'])).toBe('8 d');
  expect(valueText('scope', SCOPE, ['Delay'])).toBe('500 ms');
  expect(changedWhat('option 6', ['Value'])).toBe('option 6');
});

it('leaves out nothing of what changes, however much it is', () => {
  const members = ['LeaseDuration', 'Delay', 'Description', 'State'];
  expect(valueText('scope', SCOPE, members)).toBe(
    'lease duration 8 d, delay 500 ms, description (empty), state Active',
  );
});

it('says of a whole thing what tells it from others, and null where there is none', () => {
  expect(valueText('scope', SCOPE, null)).toBe('name Head office, state Active');
  expect(valueText('exclusion', { StartRange: '10.0.0.1', EndRange: '10.0.0.9' }, null)).toBe('10.0.0.1 to 10.0.0.9');
  expect(valueText('option', { OptionId: 6, Value: ['10.0.0.1', '10.0.0.2'] }, ['Value'])).toBe('10.0.0.1, 10.0.0.2');
  expect(valueText('scope', null, null)).toBeNull();
});
