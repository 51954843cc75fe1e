import { describe, expect, it } from '@jest/globals';
import { parseStringPromise } from 'xml2js';
import { resourceTarget } from '../../../lib/cim/instance/resource-uri.js';
import { ACTIONS } from '../../../lib/wsman/envelope/actions.js';
import { envelope, send } from '../call.js';
import { SERVER, ServiceLab, TEST } from './session.js';

const ITEM = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Cimlet_Item';
const header = (path: string, attributes = 's:mustUnderstand="true"') =>
  `<w:FragmentTransfer ${attributes}>${path}</w:FragmentTransfer>`;

class Alpha {
  readonly #transport = new ServiceLab().lab.transport(SERVER);

  async send(action: string, headers: string, body = '') {
    const target = resourceTarget(TEST, 'Cimlet_Item', { keys: { Name: 'alpha' } });
    const { text } = await send(this.#transport, envelope({ action, ...target, headers, body }));
    return text;
  }

  /** What the fragment of a reply has, read by a parser that is not ours. */
  async fragment(action: string, path: string, body = ''): Promise<unknown> {
    const text = await this.send(action, header(path), body);
    const parsed = await parseStringPromise(text, { tagNameProcessors: [(name) => name.replace(/^.*:/, '')] });
    const { Header, Body } = parsed.Envelope;
    // DSP0226 7.7: the response names the fragment that it has.
    expect(Header[0].FragmentTransfer?.[0]._).toBe(path);
    const [fragment] = Body[0].XmlFragment;
    if (typeof fragment === 'string') return fragment;
    const { $: attributes, _: own, ...elements } = fragment;
    if (attributes['xsi:nil'] === 'true') return null;
    return (
      own ??
      Object.fromEntries(
        Object.entries(elements).map(([name, all]) => [name, (all as { _: string }[]).map(({ _ }) => _)]),
      )
    );
  }
}

const put = (alpha: Alpha, path: string, content: string) =>
  alpha.fragment(ACTIONS.put, path, `<w:XmlFragment xmlns:p="${ITEM}">${content}</w:XmlFragment>`);
const get = (alpha: Alpha, path: string) => alpha.fragment(ACTIONS.get, path);

// DSP0226 7.7 and annex D.1; `winrm get … -fragment:Status/text()` is Microsoft's own example of the form with text().
describe('a part of an instance', () => {
  it.each([
    ['Size', { Size: ['1'] }],
    ['p:Size', { Size: ['1'] }],
    ['Cimlet_Item/Size', { Size: ['1'] }],
    ['/Cimlet_Item/Size', { Size: ['1'] }],
    ['Size/text()', '1'],
    ['/Cimlet_Item/Name/text()', 'alpha'],
    ['Colour', null],
    ['Colour/text()', null],
  ])('is got by %s', async (path, expected) => {
    expect(await get(new Alpha(), path)).toEqual(expected);
  });

  it('is the whole for ".", "/" and the class', async () => {
    for (const path of ['.', '/', '/Cimlet_Item']) {
      expect(await get(new Alpha(), path)).toHaveProperty('Cimlet_Item');
    }
  });

  it('is changed alone', async () => {
    const alpha = new Alpha();
    expect(await put(alpha, 'Size', '<p:Size>7</p:Size>')).toEqual({ Size: ['7'] });
    expect(await put(alpha, 'Cimlet_Item/Size/text()', '8')).toBe('8');
    expect(await put(alpha, 'Tags', '<p:Tags>one</p:Tags><p:Tags>two</p:Tags>')).toEqual({ Tags: ['one', 'two'] });
    expect(await put(alpha, 'Tags[2]', '<p:Tags>&lt;2&gt;</p:Tags>')).toEqual({ Tags: ['<2>'] });
    expect(await get(alpha, 'Tags[1]/text()')).toBe('one');
    expect(await get(alpha, 'Tags[3]')).toBeNull();
    expect([await get(alpha, 'Size/text()'), await get(alpha, 'Tags')]).toEqual(['8', { Tags: ['one', '<2>'] }]);
  });

  it('may become null, and is then nil', async () => {
    const alpha = new Alpha();
    const nil = '<w:XmlFragment xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>';
    await alpha.send(ACTIONS.put, header('Size'), nil);
    expect(await get(alpha, 'Size/text()')).toBeNull();
  });

  it.each([
    ['Tags[9]', '<p:Tags>x</p:Tags>', 'FragmentLevelAccess'],
    ['Size', '<p:Name>other</p:Name>', 'Type mismatch'],
    ['Size', '', 'Type mismatch'],
    ['Size', '<p:Size>one</p:Size>', 'Type mismatch'],
    ['Colour', '<p:Colour>red</p:Colour>', '0x80041031'],
    ['Created/text()', 'now', '0x80041'],
  ])('is not changed by what does not fit: %s, %s', async (path, content, why) => {
    const alpha = new Alpha();
    const body = `<w:XmlFragment xmlns:p="${ITEM}">${content}</w:XmlFragment>`;
    const text = await alpha.send(ACTIONS.put, header(path), body);
    expect(text).toContain('Fault');
    expect(text).toContain(why);
    expect(await get(alpha, 'Size/text()')).toBe('1');
  });

  it.each([
    'Part/X/Y',
    '//Size',
    'Size/@x',
    'Size[Name="a"]',
    'Other/Size',
    '/Size',
    '',
    'text()',
    'Cimlet_Item[1]/Size',
  ])('is refused for what is not XPath level 1 in an instance: "%s"', async (path) => {
    const text = await new Alpha().send(ACTIONS.get, header(path));
    expect(text).toContain('w:UnsupportedFeature');
    expect(text).toContain('faultDetail/FragmentLevelAccess');
  });

  // MS-WSMV 3.1.4.1.18: wsa:InvalidMessageInformationHeader when it need not be understood.
  it.each(['', 's:mustUnderstand="false"'])('must be insisted on: %s', async (attributes) => {
    expect(await new Alpha().send(ACTIONS.get, header('Size', attributes))).toContain(
      'a:InvalidMessageInformationHeader',
    );
  });

  it('is refused in other dialects, and for other operations', async () => {
    const xpath2 = 's:mustUnderstand="true" Dialect="http://www.w3.org/TR/xpath20"';
    expect(await new Alpha().send(ACTIONS.get, header('Size', xpath2))).toContain('FragmentLevelAccess');
    for (const action of [ACTIONS.delete, ACTIONS.create, ACTIONS.enumerate, `${ITEM}/Resize`]) {
      expect(await new Alpha().send(action, header('Size'))).toContain('FragmentLevelAccess');
    }
  });
});
