import { describe, expect, it } from '@jest/globals';
import { parseXml } from '../../lib/xml/parse.js';
import { XmlWriter } from '../../lib/xml/writer.js';

describe('XmlWriter', () => {
  it('escapes what must be escaped', () => {
    const xml = new XmlWriter().open('a', { x: '<&>"\r\n\t', y: undefined }).text('<&>]]>"\r').close().toString();
    expect(xml).toBe('<a x="&lt;&amp;&gt;&quot;&#xD;&#xA;&#x9;">&lt;&amp;&gt;]]&gt;"&#xD;</a>');
    expect(parseXml(xml).text).toBe('<&>]]>"\r');
  });
});
