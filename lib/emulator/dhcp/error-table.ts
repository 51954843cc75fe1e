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
  // Outside failover.
  entry(50, 'ERROR_NOT_SUPPORTED', 'InvalidOperation', 'The request is not supported.'),
  entry(123, 'ERROR_INVALID_NAME', 'InvalidArgument', 'The name or path is not valid.'),
  entry(534, 'ERROR_ARITHMETIC_OVERFLOW', 'InvalidArgument', 'The number is too large.'),
  entry(2014, 'ERROR_DUPLICATE_TAG', 'ResourceExists', 'The object exists.'),
  entry(20009, 'ERROR_DHCP_OPTION_EXITS', 'ResourceExists', 'The option exists.'),
  entry(20010, 'ERROR_DHCP_OPTION_NOT_PRESENT', 'ObjectNotFound', 'The option does not exist.'),
  entry(20013, 'ERROR_DHCP_JET_ERROR', 'NotSpecified', 'The database has no such record, or failed.'),
  entry(20014, 'ERROR_DHCP_CLIENT_EXISTS', 'ResourceExists', 'The client exists.'),
  entry(20016, 'ERROR_DHCP_INVALID_DHCP_CLIENT', 'InvalidArgument', 'The client is not valid.'),
  entry(20018, 'ERROR_DHCP_NOT_RESERVED_CLIENT', 'ObjectNotFound', 'The address is not reserved, or not in the scope.'),
  entry(20019, 'ERROR_DHCP_RESERVED_CLIENT', 'InvalidOperation', 'The client has a reservation.'),
  entry(20022, 'ERROR_DHCP_RESERVEDIP_EXITS', 'ResourceExists', 'The address or the client is reserved.'),
  entry(20030, 'ERROR_DHCP_SUPER_SCOPE_NAME_TOO_LONG', 'InvalidArgument', 'The name of the superscope is too long.'),
  entry(20033, 'ERROR_DHCP_LOG_FILE_PATH_TOO_LONG', 'InvalidArgument', 'The path of the audit log is too long.'),
  entry(20044, 'ERROR_DHCP_CLASS_NOT_FOUND', 'ObjectNotFound', 'The class does not exist.'),
  entry(20045, 'ERROR_DHCP_CLASS_ALREADY_EXISTS', 'ResourceExists', 'The class exists.'),
  entry(20046, 'ERROR_DHCP_SCOPE_NAME_TOO_LONG', 'InvalidArgument', 'The name of the scope is too long.'),
  entry(20049, 'ERROR_DHCP_IPRANGE_CONV_ILLEGAL', 'InvalidOperation', 'The range has clients of the other kind.'),
  entry(20050, 'ERROR_DHCP_NETWORK_CHANGED', 'InvalidOperation', 'The network has changed.'),
  entry(20051, 'ERROR_DHCP_CANNOT_MODIFY_BINDINGS', 'InvalidOperation', 'The binding cannot be changed.'),
  entry(20053, 'ERROR_DHCP_MSCOPE_EXISTS', 'ResourceExists', 'The multicast scope exists.'),
  entry(20054, 'ERROR_MSCOPE_RANGE_TOO_SMALL', 'InvalidData', 'The multicast range is too small.'),
  entry(
    20057,
    'ERROR_DHCP_INVALID_PARAMETER_OPTION32',
    'InvalidArgument',
    'The information refresh time is too short.',
  ),
  entry(20070, 'ERROR_DDS_NO_DS_AVAILABLE', 'ConnectionError', 'There is no directory.'),
  entry(20074, 'ERROR_DDS_DHCP_SERVER_NOT_FOUND', 'ObjectNotFound', 'The name does not resolve.'),
  entry(20079, 'ERROR_DDS_SERVER_ALREADY_EXISTS', 'ResourceExists', 'The server is authorised.'),
  entry(20080, 'ERROR_DDS_SERVER_DOES_NOT_EXIST', 'ObjectNotFound', 'The server is not authorised.'),
  entry(
    20081,
    'ERROR_DDS_SERVER_ADDRESS_MISMATCH',
    'InvalidArgument',
    'The address is not the one that was authorised.',
  ),
  entry(20089, 'ERROR_DHCP_DELETE_BUILTIN_CLASS', 'InvalidOperation', 'A class that is built in cannot be deleted.'),
  entry(20091, 'ERROR_DHCP_INVALID_SUBNET_PREFIX', 'InvalidArgument', 'The prefix is not valid.'),
  entry(20092, 'ERROR_DHCP_INVALID_DELAY', 'InvalidArgument', 'The delay is too long.'),
  entry(20093, 'ERROR_DHCP_LINKLAYER_ADDRESS_EXISTS', 'ResourceExists', 'The filter exists.'),
  entry(20094, 'ERROR_DHCP_LINKLAYER_ADDRESS_RESERVATION_EXISTS', 'ResourceExists', 'The address has a reservation.'),
  entry(20095, 'ERROR_DHCP_LINKLAYER_ADDRESS_DOES_NOT_EXIST', 'ObjectNotFound', 'The filter does not exist.'),
  entry(20103, 'ERROR_DHCP_OPTION_TYPE_MISMATCH', 'InvalidData', 'The value does not fit the type of the option.'),
  entry(20105, 'ERROR_DHCP_POLICY_EXISTS', 'ResourceExists', 'The policy exists.'),
  entry(
    20106,
    'ERROR_DHCP_POLICY_RANGE_EXISTS',
    'ResourceExists',
    'The range of the policy exists, or overlaps with one that does.',
  ),
  entry(20107, 'ERROR_DHCP_POLICY_RANGE_BAD', 'InvalidData', 'The range of the policy is not valid.'),
  entry(20108, 'ERROR_DHCP_RANGE_INVALID_IN_SERVER_POLICY', 'InvalidArgument', 'A policy of the server has no ranges.'),
  entry(
    20109,
    'ERROR_DHCP_INVALID_POLICY_EXPRESSION',
    'InvalidArgument',
    'The conditions of the policy are not valid.',
  ),
  entry(20110, 'ERROR_DHCP_INVALID_PROCESSING_ORDER', 'InvalidArgument', 'The processing order is not valid.'),
  entry(20111, 'ERROR_DHCP_POLICY_NOT_FOUND', 'ObjectNotFound', 'The policy does not exist.'),
  entry(20112, 'ERROR_SCOPE_RANGE_POLICY_RANGE_CONFLICT', 'InvalidOperation', 'The range leaves out one of a policy.'),
  entry(20126, 'ERROR_DHCP_REACHED_END_OF_SELECTION', 'NotSpecified', 'There are no more addresses.'),
  entry(
    20135,
    'ERROR_DHCP_POLICY_FQDN_RANGE_UNSUPPORTED',
    'InvalidOperation',
    'A policy with a condition on names has no ranges.',
  ),
  entry(
    20136,
    'ERROR_DHCP_POLICY_FQDN_OPTION_UNSUPPORTED',
    'InvalidOperation',
    'A policy with a condition on names has no such option.',
  ),
  entry(
    20137,
    'ERROR_DHCP_POLICY_EDIT_FQDN_UNSUPPORTED',
    'InvalidOperation',
    'A policy with ranges or options takes no condition on names.',
  ),
  entry(
    20138,
    'ERROR_DHCP_NAP_NOT_SUPPORTED',
    'InvalidOperation',
    'Network Access Protection is not supported any more.',
  ),
]);
