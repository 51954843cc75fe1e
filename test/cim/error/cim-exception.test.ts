import { describe, expect, it } from '@jest/globals';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { errorCategoryOf } from '../../../lib/cim/error/error-category.js';
import { NATIVE_ERROR_CODES, nativeErrorCodeOf } from '../../../lib/cim/error/native-error-code.js';
import { readFault } from '../../../lib/wsman/fault/read-fault.js';
import { parseXml } from '../../../lib/xml/parse.js';
import { propertiesOf } from '../../support/values-of.js';

const NAMESPACES =
  'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"';

function exceptionOf(detail: string, subcode = '', httpStatus = 500): CimException {
  const code = subcode === '' ? '' : `<s:Subcode><s:Value>w:${subcode}</s:Value></s:Subcode>`;
  const fault = `<s:Fault ${NAMESPACES}><s:Code><s:Value>s:Receiver</s:Value>${code}</s:Code><s:Reason><s:Text xml:lang="en-US">why</s:Text></s:Reason>${
    detail === '' ? '' : `<s:Detail>${detail}</s:Detail>`
  }</s:Fault>`;
  return CimException.fromFault(readFault(parseXml(fault), httpStatus));
}

describe('the error instance of', () => {
  it('Windows', () => {
    const exception =
      exceptionOf(`<p:MSFT_WmiError b:IsCIM_Error="true" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"
      xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/MSFT_WmiError" xsi:type="p:MSFT_WmiError_Type">
      <p:CIMStatusCode xsi:type="cim:cimUnsignedInt">5</p:CIMStatusCode><p:CIMStatusCodeDescription xsi:nil="true"/>
      <p:ErrorSource xsi:nil="true"/><p:Message xsi:type="cim:cimString">Invalid class </p:Message>
      <p:MessageArguments xsi:nil="true"/><p:MessageID xsi:type="cim:cimString">HRESULT 0x80041010</p:MessageID>
      <p:error_Category xsi:type="cim:cimUnsignedInt">10</p:error_Category><p:error_Code xsi:type="cim:cimUnsignedInt">2147749904</p:error_Code>
      <p:error_Type xsi:type="cim:cimString">HRESULT</p:error_Type></p:MSFT_WmiError>`);
    expect(exception).toMatchObject({
      code: 'ERR_CIM',
      message: 'Invalid class',
      messageId: 'HRESULT 0x80041010',
      nativeErrorCode: 'InvalidClass',
      statusCode: 5,
      errorCategory: 'MetadataError',
      errorSource: undefined,
      errorType: 0,
    });
    expect(propertiesOf(exception.errorData)?.['error_Code']).toBe(2_147_749_904);
  });

  it('OMI', () => {
    // As OMI's wsbuf.c writes it.
    const exception =
      exceptionOf(`<p:OMI_Error xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/OMI_Error" xsi:type="p:OMI_Error_Type">
      <p:CIMStatusCode xsi:type="cim:cimUnsignedInt">7</p:CIMStatusCode><p:Message xsi:type="cim:cimString"></p:Message>
      <p:MessageArguments xsi:type="cim:cimString"></p:MessageArguments><p:MessageID xsi:type="cim:cimString">OMI:MI_Result:7</p:MessageID>
      <p:OMI_Category xsi:type="cim:cimUnsignedInt">0</p:OMI_Category></p:OMI_Error>`);
    expect(exception).toMatchObject({
      code: 'ERR_CIM',
      messageId: 'OMI:MI_Result:7',
      nativeErrorCode: 'NotSupported',
      errorCategory: 'NotImplemented',
    });
    expect(exception.message).not.toBe('');
  });

  it('another server, of a class derived from CIM_Error, with a value that CIM_Error does not allow', () => {
    const exception = exceptionOf(
      '<x:Acme_Error xmlns:x="urn:acme"><x:CIMStatusCode>11</x:CIMStatusCode><x:ErrorType>4</x:ErrorType><x:Message>exists</x:Message></x:Acme_Error>',
    );
    expect(exception).toMatchObject({
      nativeErrorCode: 'AlreadyExists',
      errorCategory: 'ResourceExists',
      errorType: 4,
      messageId: undefined,
    });
    const odd = exceptionOf('<CIM_Error><CIMStatusCode>2</CIMStatusCode><ErrorType>many</ErrorType></CIM_Error>');
    expect(odd).toMatchObject({ code: 'ERR_CIM', nativeErrorCode: 'AccessDenied', errorCategory: 'PermissionDenied' });
    expect(propertiesOf(odd.errorData)?.['ErrorType']).toBe('many');
    const unknown = exceptionOf('<CIM_Error><CIMStatusCode>999</CIMStatusCode></CIM_Error>');
    expect(unknown).toMatchObject({ nativeErrorCode: 'Failed', statusCode: 999 });
    const repeated = exceptionOf('<CIM_Error><Message>a<b/></Message><Message>c</Message></CIM_Error>');
    expect(repeated).toBeInstanceOf(CimException);
  });
});

describe('a fault without one', () => {
  it.each([
    [
      '<f:WSManFault Code="5"><f:Message>Access is denied. </f:Message></f:WSManFault>',
      '',
      'AccessDenied',
      'HRESULT 0x80070005',
    ],
    ['<f:WSManFault Code="2147942405"/>', '', 'AccessDenied', 'HRESULT 0x80070005'],
    ['<f:WSManFault Code="2150858752"/>', '', 'NotFound', 'HRESULT 0x80338000'],
    ['<f:WSManFault Code="2150859173"/>', '', 'ServerLimitsExceeded', 'HRESULT 0x803381a5'],
    [
      '<f:WSManFault Code="1"><f:Message><f:ProviderFault><f:WSManFault Code="2147749902"/></f:ProviderFault></f:Message></f:WSManFault>',
      '',
      'InvalidNamespace',
      'HRESULT 0x80070001',
    ],
    ['', 'ActionNotSupported', 'MethodNotFound', undefined],
    ['', 'QuotaLimit', 'ServerLimitsExceeded', undefined],
    ['', 'NeverHeardOf', 'Failed', undefined],
    ['', 'constructor', 'Failed', undefined],
  ])('%.60p, subcode %p', (detail, subcode, nativeErrorCode, messageId) => {
    const exception = exceptionOf(detail, subcode);
    expect(exception).toMatchObject({ code: 'ERR_WSMAN_FAULT', nativeErrorCode, messageId, errorData: undefined });
  });

  it('with nothing but an HTTP status', () => {
    expect(exceptionOf('', '', 403).nativeErrorCode).toBe('AccessDenied');
    expect(exceptionOf('', '', 404).nativeErrorCode).toBe('NotFound');
  });

  it('keeps whether to try again, and the hint', () => {
    const busy = exceptionOf('<f:WSManFault Code="2150859173"/>');
    expect(busy.hint).toContain('ThrottleLimit');
    expect(busy.retryable).toBe(true);
  });
});

describe('tables', () => {
  // MMI's NativeErrorCode.cs, DSP0200's CIM status codes.
  it('have the values of MI_Result', () => {
    expect(NATIVE_ERROR_CODES.MethodNotFound).toBe(17);
    expect(NATIVE_ERROR_CODES.ServerIsShuttingDown).toBe(28);
    for (const [name, value] of Object.entries(NATIVE_ERROR_CODES)) expect(nativeErrorCodeOf(value)).toBe(name);
    expect(nativeErrorCodeOf(18)).toBeUndefined();
  });

  // System.Management.Automation.ErrorCategory
  it.each([
    [0, 'NotSpecified'],
    [13, 'ObjectNotFound'],
    [18, 'PermissionDenied'],
    [31, 'NotEnabled'],
    ['resourcebusy', 'ResourceBusy'],
    ['5', 'InvalidArgument'],
    [32, undefined],
    ['nothing', undefined],
    [null, undefined],
  ])('category %p is %p', (value, expected) => {
    expect(errorCategoryOf(value)).toBe(expected);
  });
});

describe('withHint', () => {
  const instance = '<x:Acme_Error xmlns:x="urn:acme"><x:CIMStatusCode>11</x:CIMStatusCode></x:Acme_Error>';

  it('is the same failure with a hint', () => {
    const exception = exceptionOf(instance);
    const advised = exception.withHint('Do this.');
    expect(advised).toBeInstanceOf(CimException);
    expect({ ...advised, cause: advised.cause, message: advised.message }).toEqual({
      ...exception,
      cause: exception.cause,
      message: exception.message,
      hint: 'Do this.',
    });
    expect(exception).not.toHaveProperty('hint');
  });

  it('keeps the hint that is there', () => {
    expect(exceptionOf(instance).withHint('One.').withHint('Two.').hint).toBe('One. Two.');
  });
});
