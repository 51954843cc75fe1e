import { describe, expect, it } from '@jest/globals';
import { parseXml } from '../../lib/xml/parse.js';
import { cpuTimeOf } from '../support/cpu-time.js';
import { thrownBy } from './thrown-by.js';

describe('parseXml', () => {
  it('resolves namespaces and keeps text, attributes and order', () => {
    const root = parseXml('<a:r xmlns:a="urn:a" xmlns="urn:d" x="1" a:x="2">t1<b>in</b>t2<a:c/></a:r>');
    expect([root.namespace, root.name, root.text]).toEqual(['urn:a', 'r', 't1t2']);
    expect(root.attributes.map(({ name }) => name)).toEqual(['x', 'x']);
    expect(root.attribute('x')).toBe('1');
    expect(root.attribute('x', 'urn:a')).toBe('2');
    expect(root.attribute('y')).toBeUndefined();
    expect(root.children.map((child) => [child.namespace, child.name, child.text])).toEqual([
      ['urn:d', 'b', 'in'],
      ['urn:a', 'c', ''],
    ]);
  });

  it('resolves prefixes in content by the declarations in force', () => {
    const root = parseXml(
      '<r xmlns:p="urn:1" xmlns="urn:d"><a xmlns:p="urn:2"/><b/><c xmlns="" xmlns:p="urn:2"/><d xmlns:p="urn:2"/></r>',
    );
    const resolved = root.children.map((child) => [child.name, child.resolvePrefix('p'), child.resolvePrefix('')]);
    expect(resolved).toEqual([
      ['a', 'urn:2', 'urn:d'],
      ['b', 'urn:1', 'urn:d'],
      ['c', 'urn:2', ''],
      ['d', 'urn:2', 'urn:d'],
    ]);
    expect(root.resolvePrefix('none')).toBeUndefined();
  });

  it('reads CDATA, comments, the predefined entities and character references', () => {
    const root = parseXml('<a>1<![CDATA[<&]]>2<!-- no -->&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>');
    expect(root.text).toBe('1<&2<>&"\'A😀');
  });

  it('normalizes line ends and white space in attributes (XML 1.0, 2.11 and 3.3.3)', () => {
    const root = parseXml('<a b="1\r\n2\t3&#10;">x\r\ny\rz&#13;</a>');
    expect([root.text, root.attribute('b')]).toEqual(['x\ny\nz\r', '1 2 3\n']);
  });

  it.each([
    ['a byte order mark', '\uFEFF<a/>'],
    ['a declaration', '<?xml version="1.0" encoding="utf-8" standalone="yes"?><a/>'],
    ['both', '\uFEFF<?xml version="1.0"?>\r\n<a/>'],
    ['comments around the root', '<!-- a --><a/><!-- b -->\n'],
  ])('takes %s', (_what, text) => {
    expect(parseXml(text).name).toBe('a');
  });

  it.each([
    ['nothing', ''],
    ['white space only', ' \r\n'],
    ['text only', 'hello'],
    ['an unclosed element', '<a><b></b>'],
    ['a tag cut short', '<a b="1'],
    ['crossed tags', '<a><b></a></b>'],
    ['a second root', '<a/><b/>'],
    ['text after the root', '<a/>x'],
    ['an unbound prefix', '<p:a/>'],
    ['an unbound attribute prefix', '<a p:b="1"/>'],
    ['the same attribute twice', '<a b="1" b="2"/>'],
    ['the same attribute by two prefixes', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['an attribute without value', '<a b/>'],
    ['< in an attribute', '<a b="<"/>'],
    [']]> in text', '<a>]]></a>'],
    ['a bare ampersand', '<a>&</a>'],
    ['an entity of HTML', '<a>&nbsp;</a>'],
    ['an entity named like a property', '<a>&constructor;&__proto__;</a>'],
    ['a reference to U+0000', '<a>&#0;</a>'],
    ['a reference to a surrogate', '<a>&#xD800;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['U+0000', '<a>\0</a>'],
    ['U+0001 in an attribute', '<a b="\u0001"/>'],
    ['U+FFFF', '<a>\uFFFF</a>'],
    ['-- in a comment', '<a><!-- -- --></a>'],
    ['the xmlns prefix on an element', '<xmlns:a/>'],
    ['an undeclared prefix', '<a xmlns:p=""><p:b/></a>'],
    ['a declaration after white space', ' <?xml version="1.0"?><a/>'],
  ])('refuses %s', (_what, text) => {
    expect(thrownBy(() => parseXml(text)).code).toBe('ERR_XML');
  });

  it.each([
    '<a>\uD800</a>',
    '<a>\uD800<b/></a>',
    '<a>\uDC00</a>',
    '<a b="\uD83D"/>',
    '<a/>\uD800',
    '<\uD800a/>',
    '\uD800',
  ])('refuses the unpaired surrogate in %j, even where it would swallow a character', (text) => {
    expect(thrownBy(() => parseXml(text)).code).toBe('ERR_XML');
  });

  it.each([
    ['a DTD', '<!DOCTYPE a><a/>', 'document type declaration'],
    ['a DTD with an internal subset', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'document type declaration'],
    ['a DTD that has only begun', '<!DOCTYPE', 'document type declaration'],
    ['an external DTD', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'document type declaration'],
    ['a processing instruction', '<a><?php echo 1 ?></a>', 'processing instruction'],
    ['a stylesheet instruction', '<?xml-stylesheet href="a"?><a/>', 'processing instruction'],
  ])('refuses %s', (_what, text, named) => {
    const error = thrownBy(() => parseXml(text));
    expect(error.code).toBe('ERR_XML');
    expect(error.message).toContain(named);
  });

  it('refuses a billion laughs at once', () => {
    const entities = Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const milliseconds = cpuTimeOf(() => {
      const error = thrownBy(() => parseXml(`<!DOCTYPE l [<!ENTITY l0 "lol">${entities}]><l>&l30;</l>`));
      expect(error.code).toBe('ERR_XML');
    });
    expect(milliseconds).toBeLessThan(500);
  });

  it('refuses nesting 100,000 deep, closed or not, without a deep stack', () => {
    for (const text of ['<a>'.repeat(100_000) + '</a>'.repeat(100_000), '<a>'.repeat(100_000)]) {
      expect(thrownBy(() => parseXml(text)).message).toContain('the nesting of its elements exceeds the limit of 128');
    }
  });

  it('takes what reaches a limit and refuses what exceeds it', () => {
    const attributes = (count: number) => `<a ${Array.from({ length: count }, (_, n) => `a${n}=""`).join(' ')}/>`;
    const cases: [string, string, object][] = [
      ['<a><b/></a>', '<a><b><c/></b></a>', { maxDepth: 2 }],
      [attributes(256), attributes(257), {}],
      [`<${'a'.repeat(1024)}/>`, `<${'a'.repeat(1025)}/>`, {}],
      [`<a ${'b'.repeat(1024)}=""/>`, `<a ${'b'.repeat(1025)}=""/>`, {}],
      [`<!--${' '.repeat(90)}--><a/>`, `<!--${' '.repeat(100)}--><a/>`, { maxPrologLength: 100 }],
      [`<!--${' '.repeat(90)}--><a/>`, `<!--${' '.repeat(100)}`, { maxPrologLength: 100 }],
    ];
    for (const [taken, refused, limits] of cases) {
      expect(parseXml(taken, limits)).toBeDefined();
      const error = thrownBy(() => parseXml(refused, limits));
      expect([error.code, error.message]).toEqual(['ERR_XML', expect.stringContaining('exceeds the limit')]);
    }
  });

  it('takes a document of the length allowed, and says of a longer one that it may be a right answer', () => {
    expect(parseXml('<a>12345</a>', { maxLength: 12 })).toBeDefined();
    const error = thrownBy(() => parseXml('<a>123456</a>', { maxLength: 12 }));
    expect(error).toMatchObject({ code: 'ERR_RESPONSE_TOO_LARGE', message: expect.stringContaining('12 bytes') });
  });

  it('treats names like __proto__ and constructor as names', () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype'];
    for (const name of names) {
      const root = parseXml(
        `<${name} xmlns:${name}="urn:x" ${name}="1" ${name}:${name}="2"><${name}:${name}/></${name}>`,
      );
      expect([root.name, root.attribute(name), root.attribute(name, 'urn:x')]).toEqual([name, '1', '2']);
      expect(root.child(name, 'urn:x')?.resolvePrefix(name)).toBe('urn:x');
      expect(root.resolvePrefix('valueOf')).toBeUndefined();
      expect(root.attribute('valueOf')).toBeUndefined();
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('keeps messages short, however long the names in them are', () => {
    const long = 'n'.repeat(100_000);
    const error = thrownBy(() => parseXml(`<a></${long}>`));
    expect(error.message.length).toBeLessThan(300);
  });
});
