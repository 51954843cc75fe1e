// No text of a server costs more than linear time. A quadratic look at one of these texts would take minutes; each may take a second.
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { normalizeNamespace, parseReferencedResource } from '../../lib/cim/instance/resource-uri.js';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import { visibleText } from '../../lib/cli/terminal/visible-text.js';
import type { LineValue } from '../../lib/cli/values/line-value.js';
import { defaultView } from '../../lib/cli/views/default-view.js';
import { toOutputItem } from '../../lib/cli/views/from-result.js';
import { jsonLine } from '../../lib/cli/views/json.js';
import { readDateText } from '../../lib/cmdlet/convert/date-text.js';
import { wildcard } from '../../lib/cmdlet/convert/wildcard.js';
import { parseChallenges } from '../../lib/transport/logon/challenges.js';
import { parseXml } from '../../lib/xml/parse.js';

const LENGTH = 400_000;
const MOST_MS = 1500;

const UNITS = [
  '/',
  '\\',
  '#',
  '?',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '-',
  '=',
  ';',
  ':',
  ',',
  '"',
  "'",
  '.',
  '0',
  '1',
  'T',
  'a',
  'x y ',
  '%',
  '*-',
  '\u009b',
  'é',
  '()',
  '[]',
  '{}',
  'a=b,',
  '&amp;',
  '\u202e',
  'P1D',
];
const TEXTS = UNITS.flatMap((unit) => {
  const many = unit.repeat(Math.floor(LENGTH / unit.length));
  return [many, `a${many}`, `${many}\nx`, `2026-01-01${many}!`];
});

const declaration = {
  className: 'X',
  namespace: 'root',
  methods: [],
  properties: [{ name: 'Name', type: 'string', key: true }],
} as const;

async function* one(item: LineValue): AsyncGenerator<LineValue> {
  yield item;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('\u009b', '&#155;');

/** Everything that looks at a server's text. What it gives, and whether it refuses, does not matter here. */
const SINKS: Readonly<Record<string, (text: string) => unknown>> = {
  'the reader, in text': (text) => parseXml(`<a>${escaped(text)}</a>`),
  'the reader, in an attribute': (text) => parseXml(`<a b="${escaped(text)}"/>`),
  'the reader, between tags': (text) => parseXml(`<a ${text}>`),
  'the reader, as a comment': (text) => parseXml(`<a><!--${text}--></a>`),
  'a namespace of a reference': (text) => normalizeNamespace(`/x${text}/x`),
  'the URI of a reference': (text) => parseReferencedResource(text, { __cimnamespace: text, Name: text }),
  'the challenges of a logon': (text) => parseChallenges([text, `Basic ${text}`, `Negotiate realm="${text}`]),
  'an interval': (text) => TimeSpan.from(text),
  'a date': (text) => readDateText(text),
  'a wildcard': (text) => wildcard('*-*-*=*x').test(text),
  'an instance as a text': (text) => String(CimInstance.create(declaration, { Name: text })),
  'what is printed': (text) => visibleText(text),
  JSON: (text) => jsonLine(toOutputItem(CimInstance.create(declaration, { Name: text }), false)),
};

describe.each(Object.entries(SINKS))('%s', (_, sink) => {
  it(`takes linear time for ${TEXTS.length} texts of ${LENGTH} characters`, () => {
    const slow = TEXTS.filter((text) => {
      const { user, system } = process.cpuUsage();
      try {
        sink(text);
      } catch {}
      const used = process.cpuUsage({ user, system });
      return (used.user + used.system) / 1000 > MOST_MS;
    });
    expect(slow.map((text) => JSON.stringify(text.slice(0, 20)))).toEqual([]);
  });
});

it('so does a table', async () => {
  for (const text of TEXTS) {
    const before = process.cpuUsage();
    for await (const _ of defaultView(one(toOutputItem(CimInstance.create(declaration, { Name: text }), false))));
    const used = process.cpuUsage(before);
    expect((used.user + used.system) / 1000).toBeLessThan(MOST_MS);
  }
});
