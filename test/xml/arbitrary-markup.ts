import fc from '../fast-check.js';

const space = fc.constantFrom(' ', '\n', '\t', '\r\n', '\r', '  ');
const anySpace = fc.oneof(fc.constant(''), space);
const prefix = fc.constantFrom('', '', 'p:', 'q:', 'xml:', 'ü:');
const local = fc.constantFrom('a', 'b', 'Property', '_x.y-1', 'Größe', '😀', '__proto__', 'constructor', 'xmlns1');
const namespace = fc.constantFrom('urn:p', 'urn:q', 'urn:1&amp;2', 'http://www.w3.org/XML/1998/namespace', '');
const reference = fc.constantFrom(
  '&lt;',
  '&gt;',
  '&amp;',
  '&quot;',
  '&apos;',
  '&#65;',
  '&#x1F600;',
  '&#13;',
  '&#x00041;',
);
const run = fc.oneof(
  fc.constantFrom(
    'text',
    ' ',
    '\r\n',
    '\r',
    '\n',
    '\t',
    ']',
    ']]',
    '>',
    '"',
    "'",
    '-',
    '😀',
    'ä',
    '\u0085',
    '\uFFFD',
    '=',
  ),
  fc.string({ maxLength: 5 }).map((text) => text.replace(/[<&]/g, '')),
);

const value = fc
  .tuple(fc.constantFrom('"', "'"), fc.array(fc.oneof(run, reference), { maxLength: 4 }))
  .map(([quote, parts]) => quote + parts.join('').replaceAll(quote, '') + quote);

const attribute = fc
  .tuple(space, fc.tuple(prefix, local), anySpace, anySpace, value)
  .map(([before, name, left, right, text]) => `${before}${name.join('')}${left}=${right}${text}`);

const declaration = fc
  .tuple(space, fc.constantFrom('xmlns', 'xmlns:p', 'xmlns:p', 'xmlns:q', 'xmlns:ü', 'xmlns:xml'), namespace)
  .map(([before, name, uri]) => `${before}${name}="${uri}"`);

const comment = fc.array(run, { maxLength: 3 }).map((parts) => `<!--${parts.join('').replaceAll('-', '')}-->`);
const cdata = fc
  .array(fc.oneof(run, fc.constantFrom('<', '&', '<a>', '&amp;')), { maxLength: 4 })
  .map((parts) => `<![CDATA[${parts.join('').replaceAll(']]>', '')}]]>`);

interface Tie {
  readonly element: string;
}

const element = fc.letrec<Tie>((tie) => ({
  element: fc
    .tuple(
      fc.tuple(prefix, local),
      fc.array(declaration, { maxLength: 3 }),
      fc.array(attribute, { maxLength: 3 }),
      anySpace,
      fc.array(
        fc.oneof({ depthSize: 'small', withCrossShrink: true }, run, reference, cdata, comment, tie('element')),
        {
          maxLength: 4,
        },
      ),
    )
    .map(([names, declarations, attributes, before, content]) => {
      const name = names.join('');
      const start = `<${name}${declarations.join('')}${attributes.join('')}${before}`;
      return content.length === 0 ? `${start}/>` : `${start}>${content.join('')}</${name}${before}>`;
    }),
})).element;

const xmlDeclaration = fc.constantFrom(
  '',
  '',
  '\uFEFF',
  '<?xml version="1.0"?>',
  "<?xml version='1.1' ?>",
  '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n',
  '<?xml version="1.0" standalone="no" ?>',
);

/** Whole documents, mostly well-formed, in all the ways of writing one. */
export const markup = fc
  .tuple(xmlDeclaration, fc.constantFrom('', '\n', '<!-- c -->'), element, fc.constantFrom('', '\r\n', '<!--d-->'))
  .map((parts) => {
    const document = parts.join('');
    // Most prefixes would not be declared otherwise.
    return document.replace(/<([^\s!?/>]+)/, '<$1 xmlns:p="urn:p" xmlns:q="urn:q"\n xmlns:ü="urn:ü"');
  });

/** What markup is made of, and what breaks it. */
export const fragment = fc.oneof(
  fc.constantFrom('<', '>', '/>', '</', '<!', '<!--', '-->', '--', '<![CDATA[', ']]>', ']]', '<?xml version="1.0"?>'),
  fc.constantFrom(
    '<?a b?>',
    '?>',
    '<?',
    '<!DOCTYPE a>',
    '<!DOCTYPE a [',
    ']>',
    '<!ELEMENT a ANY>',
    '<?xml encoding="a"?>',
  ),
  fc.constantFrom('&', '&#', '&#x', ';', '&amp;', '&x;', '&#0;', '&#xD800;', '&#x110000;', '&#xFFFF;', '&#1;', '&#9;'),
  fc.constantFrom('xmlns', 'xmlns=""', ' xmlns:p="u"', ' xmlns:p=""', ' xmlns:xmlns="u"', ' p:a="1"', ' a="2"', ' a'),
  fc.constantFrom(
    ':',
    '=',
    '"',
    "'",
    ' ',
    '\r',
    '\n',
    '\t',
    '\uD800',
    '\uDC00',
    '\0',
    '\uFEFF',
    '\u0001',
    '\uFFFF',
    '\u0085',
  ),
  fc.constantFrom('<a>', '</a>', '<p:a xmlns:p="u">', '</p:a>', '<__proto__ constructor="">', 'text', '<a/>', '</a >'),
  fc.string({ maxLength: 4 }),
);

/** A document with up to three places changed. */
export function damaged(documents: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const edit = fc.tuple(fc.nat(), fc.nat(8), fragment);
  return fc.tuple(documents, fc.array(edit, { minLength: 1, maxLength: 3 })).map(([document, edits]) => {
    let text = document;
    for (const [at, removed, added] of edits) {
      const position = at % (text.length + 1);
      text = text.slice(0, position) + added + text.slice(position + removed);
    }
    return text;
  });
}
