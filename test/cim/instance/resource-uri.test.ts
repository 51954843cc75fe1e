import { describe, expect, it } from '@jest/globals';
import {
  classResourceUri,
  normalizeNamespace,
  parseCimResource,
  resourceTarget,
  spellingOf,
} from '../../../lib/cim/instance/resource-uri.js';

const DMTF = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/UTFPSSemantics_Test';
const WMI = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/mytest4/UTFPSSemantics_Test';

describe('resource URIs', () => {
  // Both spellings as MS-WSMV 4.11.1 and 4.11.2 print them.
  it('have two spellings', () => {
    expect(classResourceUri('root\\cimv2\\mytest4', 'UTFPSSemantics_Test')).toBe(DMTF);
    expect(classResourceUri('root/cimv2/mytest4', 'UTFPSSemantics_Test', 'wmi')).toBe(WMI);
    expect(resourceTarget('root/cimv2/mytest4', 'UTFPSSemantics_Test')).toEqual({
      resourceUri: DMTF,
      selectors: { __cimnamespace: 'root/cimv2/mytest4' },
    });
    expect(
      resourceTarget('root/cimv2/mytest4', 'UTFPSSemantics_Test', { spelling: 'wmi', keys: { uint32key: '10' } }),
    ).toEqual({
      resourceUri: WMI,
      selectors: { uint32key: '10' },
    });
    expect([spellingOf(DMTF), spellingOf(WMI)]).toEqual(['dmtf', 'wmi']);
  });

  it('are read back, whatever their case', () => {
    const expected = { className: 'UTFPSSemantics_Test', namespace: 'root/cimv2/mytest4', keys: { k: '1' } };
    expect(parseCimResource(DMTF, { __CIMNamespace: 'root\\cimv2\\mytest4', k: '1' })).toEqual(expected);
    expect(parseCimResource(WMI.replace('http://schemas.microsoft', 'HTTP://Schemas.Microsoft'), { k: '1' })).toEqual(
      expected,
    );
    expect(parseCimResource(DMTF)?.namespace).toBeUndefined();
    expect(parseCimResource(`\n${WMI}?query \n`)?.className).toBe('UTFPSSemantics_Test');
    expect(parseCimResource('http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/*')?.className).toBe('*');
  });

  it.each([
    'http://example.com/X',
    'http://schemas.microsoft.com/wbem/wsman/1/wmi/X',
    'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/',
    '',
    WMI.replace(/[^/]+$/, ''),
  ])('%p names no class', (uri) => {
    expect(parseCimResource(uri)).toBeUndefined();
  });

  it('keep hostile selectors as data', () => {
    const keys = parseCimResource(DMTF, JSON.parse('{"__proto__":"x"}'))?.keys;
    expect(Object.keys(keys ?? {})).toEqual(['__proto__']);
  });

  it('hold namespaces in one form', () => {
    expect(normalizeNamespace('\\root\\cimv2\\')).toBe('root/cimv2');
  });
});

describe('a long text of a server', () => {
  it.each([
    ['a namespace of slashes', () => normalizeNamespace(`/x${'/'.repeat(300_000)}x`)],
    ['a resource URI of number signs', () => parseCimResource(`${'#'.repeat(300_000)}\n#`)],
  ])('takes time in proportion to its length: %s', (_what, read) => {
    const before = process.cpuUsage();
    read();
    // It takes a few milliseconds. Squared it was half a minute.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });
});
