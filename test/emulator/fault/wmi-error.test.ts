import { describe, expect, it } from '@jest/globals';
import { parseStringPromise } from 'xml2js';
import { wmiErrorClass, writeWmiError } from '../../../lib/emulator/fault/wmi-error.js';

interface Member {
  readonly _?: string;
  readonly $: Readonly<Record<string, string>>;
}

/** As Windows wrote MSFT_WmiError for a quota of its own: each member, its type, and what it said; null where it was nil. */
const RECORDED: readonly (readonly [string, string, string | null])[] = [
  ['CIMStatusCode', 'cim:cimUnsignedInt', '27'],
  ['CIMStatusCodeDescription', 'cim:cimString', null],
  ['ErrorSource', 'cim:cimString', null],
  ['ErrorSourceFormat', 'cim:cimUnsignedShort', '0'],
  ['ErrorType', 'cim:cimUnsignedShort', '0'],
  ['Message', 'cim:cimString', 'exceeded'],
  ['MessageID', 'cim:cimString', 'HRESULT 0x803381a5'],
  ['OtherErrorSourceFormat', 'cim:cimString', null],
  ['OtherErrorType', 'cim:cimString', null],
  ['OwningEntity', 'cim:cimString', null],
  ['PerceivedSeverity', 'cim:cimUnsignedShort', '0'],
  ['ProbableCause', 'cim:cimUnsignedShort', '0'],
  ['ProbableCauseDescription', 'cim:cimString', null],
  ['error_Category', 'cim:cimUnsignedInt', '30'],
  ['error_Code', 'cim:cimUnsignedInt', '2150859173'],
  ['error_Type', 'cim:cimString', 'HRESULT'],
  ['error_WindowsErrorMessage', 'cim:cimString', 'exceeded'],
];

async function written(content: Partial<Parameters<typeof writeWmiError>[0]> = {}) {
  const markup = writeWmiError({
    messageId: 'HRESULT 0x803381a5',
    message: 'exceeded',
    code: 0x803381a5,
    cimStatus: 27,
    category: 30,
    systemText: 'exceeded',
    ...content,
  });
  const { 'p:MSFT_WmiError': root } = (await parseStringPromise(markup)) as Record<string, Record<string, unknown>>;
  const { $: attributes, ...members } = root ?? {};
  return { attributes, members: members as Readonly<Record<string, readonly Member[]>> };
}

describe('an error instance', () => {
  it('has the members that were recorded, with their types, and those that say nothing as typed nulls', async () => {
    const { attributes, members } = await written();
    expect(attributes).toMatchObject({ 'b:IsCIM_Error': 'true', 'xsi:type': 'p:MSFT_WmiError_Type' });
    const rows = Object.entries(members).map(([name, [member]]) => [
      name.replace(/^p:/, ''),
      member?.$['xsi:type'],
      member?.$['xsi:nil'] === 'true' ? null : member?._,
    ]);
    expect(rows).toEqual(RECORDED);
  });

  it('names a provider and its computer where they are known', async () => {
    const { members } = await written({ errorSource: 'WIN-01', owningEntity: 'DhcpServerPsProvider' });
    expect([members['p:ErrorSource']?.[0]?._, members['p:OwningEntity']?.[0]?._]).toEqual([
      'WIN-01',
      'DhcpServerPsProvider',
    ]);
  });

  it('is declared with every member that is written', () => {
    const declared = wmiErrorClass.properties.filter(({ isArray }) => isArray !== true).map(({ name }) => name);
    expect(declared).toEqual(RECORDED.map(([name]) => name));
  });
});
