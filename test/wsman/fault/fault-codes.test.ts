import { describe, expect, it } from '@jest/globals';
import { faultAdvice } from '../../../lib/wsman/fault/fault-advice.js';
import { describeWsManCode } from '../../../lib/wsman/fault/fault-codes.js';
import { FIRST_WSMAN_CODE, wsmanCodeNames } from '../../../lib/wsman/fault/wsman-code-names.js';

describe('describeWsManCode', () => {
  // Values of the Windows SDK's wsmerror.h, in decimal as other projects list them.
  it.each([
    [2150858752, 'ERROR_WSMAN_RESOURCE_NOT_FOUND'],
    [2150858793, 'ERROR_WSMAN_OPERATION_TIMEDOUT'],
    [2150858819, 'ERROR_WSMAN_INVALID_XML'],
    [2150858883, 'ERROR_WSMAN_PLUGIN_FAILED'],
    [2150858909, 'ERROR_WSMAN_SECURITY_UNMAPPED'],
    [2150858980, 'ERROR_WSMAN_SERVER_NOT_TRUSTED'],
    [2150859040, 'ERROR_WINRS_CLIENT_INVALID_FLAG'],
    [2150859046, 'ERROR_WSMAN_NETWORK_TIMEDOUT'],
    [2150859102, 'ERROR_WSMAN_POLICY_CANNOT_COMPLY'],
    [2150859173, 'ERROR_WSMAN_QUOTA_MAX_SHELLS'],
    [2150859190, 'ERROR_REDIRECT_LOCATION_TOO_LONG'],
    [2150859193, 'ERROR_WSMAN_NAME_NOT_RESOLVED'],
    [2150859228, 'ERROR_WSMAN_SEMANTICCALLBACK_TIMEDOUT'],
    [2150859240, 'ERROR_WSMAN_QUOTA_MAX_OPERATIONS_USER_PPQ'],
    [2150859263, 'ERROR_WSMAN_EVENTING_PUSH_SUBSCRIPTION_NOACTIVATE_EVENTSOURCE'],
    [5, 'ERROR_ACCESS_DENIED'],
    [0x80070005, 'E_ACCESSDENIED'],
    [0x8007052e, 'ERROR_LOGON_FAILURE'],
    [2147749902, 'WBEM_E_INVALID_NAMESPACE'],
    [2147749904, 'WBEM_E_INVALID_CLASS'],
  ])('knows %d as %s', (code, name) => {
    expect(describeWsManCode(code)?.name).toBe(name);
    expect(describeWsManCode(code | 0)).toEqual(describeWsManCode(code));
  });

  // MS-WMI 2.2.11, and READ_ONLY of its appendix C; the last two by their names in the Windows SDK.
  it.each([
    [0x80041002, 'WBEM_E_NOT_FOUND'],
    [0x80041005, 'WBEM_E_TYPE_MISMATCH'],
    [0x80041017, 'WBEM_E_INVALID_QUERY'],
    [0x80041019, 'WBEM_E_ALREADY_EXISTS'],
    [0x80041023, 'WBEM_E_READ_ONLY'],
    [0x80041024, 'WBEM_E_PROVIDER_NOT_CAPABLE'],
    [0x80041028, 'WBEM_E_ILLEGAL_NULL'],
    [0x8004102e, 'WBEM_E_INVALID_METHOD'],
    [0x8004102f, 'WBEM_E_INVALID_METHOD_PARAMETERS'],
    [0x80041031, 'WBEM_E_INVALID_PROPERTY'],
    [0x80041032, 'WBEM_E_CALL_CANCELLED'],
    [0x80041033, 'WBEM_E_SHUTTING_DOWN'],
    [0x8004103a, 'WBEM_E_INVALID_OBJECT_PATH'],
    [0x80041045, 'WBEM_E_SERVER_TOO_BUSY'],
    [0x80041055, 'WBEM_E_METHOD_NOT_IMPLEMENTED'],
    [0x80041056, 'WBEM_E_METHOD_DISABLED'],
    [0x80041058, 'WBEM_E_UNPARSABLE_QUERY'],
    [0x80041059, 'WBEM_E_NOT_EVENT_CLASS'],
    [0x80041062, 'WBEM_E_PRIVILEGE_NOT_HELD'],
    [0x8004106c, 'WBEM_E_QUOTA_VIOLATION'],
    [0x80041087, 'WBEM_E_ENCRYPTED_CONNECTION_REQUIRED'],
    [0x80041088, 'WBEM_E_PROVIDER_TIMED_OUT'],
    [0x80042001, 'WBEMESS_E_REGISTRATION_TOO_BROAD'],
    [0x80042002, 'WBEMESS_E_REGISTRATION_TOO_PRECISE'],
  ])('knows %d as %s', (code, name) => {
    expect(describeWsManCode(code)?.name).toBe(name);
  });

  it('knows every code from 0x80338000 to 0x803381FF, each by a name of its own, and says something of it', () => {
    expect(FIRST_WSMAN_CODE + wsmanCodeNames.length - 1).toBe(0x803381ff);
    expect(new Set(wsmanCodeNames).size).toBe(512);
    for (let code = 0x80338000; code <= 0x803381ff; code++) {
      const known = describeWsManCode(code);
      expect(known?.code).toBe(code);
      expect(known?.name).toMatch(/^ERROR_[A-Z_]+$/);
      expect(known?.gist).toMatch(/^\S.*\S$/);
    }
  });

  it('advises on names that exist', () => {
    expect(Object.keys(faultAdvice).filter((name) => !wsmanCodeNames.includes(name))).toEqual([]);
  });

  it('tells what can be tried again from what cannot', () => {
    expect(describeWsManCode(0x80338029)?.retryable).toBe(true);
    expect(describeWsManCode(0x803381a6)?.retryable).toBe(true);
    expect(describeWsManCode(0x8033803d)?.retryable).toBe(false);
    expect(describeWsManCode(0x803380e4)?.hint).toContain('HTTPS');
    expect(describeWsManCode(0x80338126)?.hint).toContain('firewall');
  });

  it.each([0, 1, 0x80337fff, 0x80338200, 0x8007ffff, 32768])('does not know %d', (code) => {
    expect(describeWsManCode(code)).toBeUndefined();
  });
});
