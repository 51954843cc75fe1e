import type { CimStatusCode, ProviderErrorCategory } from '../fault/provider-error-category.js';

export interface DhcpErrorCode {
  readonly code: number;
  /** Symbol of the Windows SDK, in its spelling. */
  readonly symbol: string;
  readonly category: ProviderErrorCategory;
  /** CIM status: 1 failed, 2 access denied, 4 invalid parameter, 6 not found, 11 already exists. */
  readonly cimStatus: CimStatusCode;
  /** What the system says of the code, in our words. */
  readonly text: string;
}

function entry(code: number, symbol: string, category: ProviderErrorCategory, text: string): [number, DhcpErrorCode] {
  return [code, { code, symbol, category, cimStatus: statusOf(category), text }];
}

function statusOf(category: ProviderErrorCategory): CimStatusCode {
  switch (category) {
    case 'PermissionDenied':
      return 2;
    case 'InvalidArgument':
      return 4;
    case 'ObjectNotFound':
      return 6;
    case 'ResourceExists':
      return 11;
    default:
      return 1;
  }
}

/** Windows SDK dhcpssdk.h and winerror.h numbers, with the categories of the captured and inferred records. */
export const dhcpErrorCodes: ReadonlyMap<number, DhcpErrorCode> = new Map([
  entry(2, 'ERROR_FILE_NOT_FOUND', 'ObjectNotFound', 'The system finds no such object.'),
  entry(5, 'ERROR_ACCESS_DENIED', 'PermissionDenied', 'Access is denied.'),
  entry(87, 'ERROR_INVALID_PARAMETER', 'InvalidArgument', 'A parameter is not valid.'),
  // Recorded for 1722, and taken for 1753: codes that the provider has no category for.
  entry(1722, 'RPC_S_SERVER_UNAVAILABLE', 'NotSpecified', 'The RPC server is unavailable.'),
  entry(1753, 'EPT_S_NOT_REGISTERED', 'NotSpecified', 'The endpoint mapper has no endpoint of the service.'),
  entry(20004, 'ERROR_DHCP_SUBNET_EXITS', 'ResourceExists', 'The subnet exists.'),
  entry(20005, 'ERROR_DHCP_SUBNET_NOT_PRESENT', 'ObjectNotFound', 'The subnet does not exist.'),
  entry(20007, 'ERROR_DHCP_ELEMENT_CANT_REMOVE', 'InvalidOperation', 'The element is in use and cannot be removed.'),
  entry(20023, 'ERROR_DHCP_INVALID_RANGE', 'InvalidData', 'The address range is not valid.'),
  entry(20052, 'ERROR_DHCP_SUBNET_EXISTS', 'ResourceExists', 'The scope exists, or clashes with one that does.'),
  entry(
    20113,
    'ERROR_DHCP_FO_SCOPE_ALREADY_IN_RELATIONSHIP',
    'ResourceExists',
    'The scope is in a failover relationship.',
  ),
  entry(20114, 'ERROR_DHCP_FO_RELATIONSHIP_EXISTS', 'ResourceExists', 'A failover relationship of that name exists.'),
  entry(
    20115,
    'ERROR_DHCP_FO_RELATIONSHIP_DOES_NOT_EXIST',
    'ObjectNotFound',
    'There is no such failover relationship.',
  ),
  entry(
    20116,
    'ERROR_DHCP_FO_SCOPE_NOT_IN_RELATIONSHIP',
    'ObjectNotFound',
    'The scope is not in the failover relationship.',
  ),
  entry(
    20117,
    'ERROR_DHCP_FO_RELATION_IS_SECONDARY',
    'InvalidOperation',
    'The server is the secondary of the relationship.',
  ),
  entry(20118, 'ERROR_DHCP_FO_NOT_SUPPORTED', 'InvalidOperation', 'The server does not support failover.'),
  entry(20119, 'ERROR_DHCP_FO_TIME_OUT_OF_SYNC', 'InvalidOperation', 'The clocks of the two servers differ too much.'),
  entry(
    20120,
    'ERROR_DHCP_FO_STATE_NOT_NORMAL',
    'InvalidOperation',
    'The failover relationship is not in the state Normal.',
  ),
  entry(
    20121,
    'ERROR_DHCP_NO_ADMIN_PERMISSION',
    'PermissionDenied',
    'The caller is not an administrator of the DHCP server.',
  ),
  entry(20122, 'ERROR_DHCP_SERVER_NOT_REACHABLE', 'ConnectionError', 'The DHCP server cannot be reached.'),
  entry(20123, 'ERROR_DHCP_SERVER_NOT_RUNNING', 'ConnectionError', 'The DHCP service does not run on the server.'),
  entry(
    20124,
    'ERROR_DHCP_SERVER_NAME_NOT_RESOLVED',
    'ConnectionError',
    'The name of the DHCP server does not resolve.',
  ),
  entry(20125, 'ERROR_DHCP_FO_RELATIONSHIP_NAME_TOO_LONG', 'InvalidArgument', 'The relationship name is too long.'),
  entry(
    20127,
    'ERROR_DHCP_FO_ADDSCOPE_LEASES_NOT_SYNCED',
    'InvalidOperation',
    'The leases of the added scopes did not synchronise.',
  ),
  entry(
    20128,
    'ERROR_DHCP_FO_MAX_RELATIONSHIPS',
    'InvalidArgument',
    'The server holds as many relationships as it can.',
  ),
  entry(
    20129,
    'ERROR_DHCP_FO_IPRANGE_TYPE_CONV_ILLEGAL',
    'InvalidOperation',
    'The range of a failover scope cannot serve BOOTP.',
  ),
  entry(20130, 'ERROR_DHCP_FO_MAX_ADD_SCOPES', 'InvalidArgument', 'Too many scopes are added at once.'),
  entry(
    20131,
    'ERROR_DHCP_FO_BOOT_NOT_SUPPORTED',
    'InvalidArgument',
    'A scope that serves BOOTP cannot take part in failover.',
  ),
  entry(20132, 'ERROR_DHCP_FO_RANGE_PART_OF_REL', 'InvalidOperation', 'The range belongs to a failover scope.'),
  entry(
    20133,
    'ERROR_DHCP_FO_SCOPE_SYNC_IN_PROGRESS',
    'InvalidOperation',
    'The relationship is re-integrating with its partner.',
  ),
]);
