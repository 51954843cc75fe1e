import { expect, it } from '@jest/globals';
import { visibleText } from '../../../lib/cli/terminal/visible-text.js';

it.each([
  ['plain\ttext\nand more\n', 'plain\ttext\nand more\n'],
  ['over\r\nthe line', 'over\nthe line'],
  ['back\rover', 'back\\u000dover'],
  ['\u001b[31m\u009b1m\u007f', '\\u001b[31m\\u009b1m\\u007f'],
  ['a\u202eb\u2066c\u061cd', 'a\\u202eb\\u2066c\\u061cd'],
  ['é 日本 👍 \u00a0\u200b', 'é 日本 👍 \u00a0\u200b'],
  [JSON.stringify({ a: '\u009b\u202e' }), '{"a":"\\u009b\\u202e"}'],
])('%j is %j', (text, visible) => expect(visibleText(text)).toBe(visible));
