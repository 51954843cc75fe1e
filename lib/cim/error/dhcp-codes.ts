import { type Text, wording } from '../../base/wording.js';

/** What a code of the DHCP provider means, for servers that do not say it themselves, and what to do about it. */
export interface DhcpCode {
  readonly meaning: string;
  readonly remedy?: Text;
}

const FREE = 'Get-DhcpServerv4FreeIPAddress names free addresses.';
const SCOPES = 'Get-DhcpServerv4Scope, or Get-DhcpServerv6Scope, lists those that there are.';
const EVENT_LOG = "Look into the server's event log Microsoft-Windows-DHCP Server Events.";
const LATER = 'Try again in a moment.';
const RESERVATIONS = 'Get-DhcpServerv4Reservation lists the reservations of a scope.';
const POLICIES = 'Get-DhcpServerv4Policy lists policies and the order in which they are processed.';
const NAMES_ONLY = 'Give the policy a condition other than Fqdn, or let it do nothing but set options 51 and 81.';
const DIRECTORY = 'The server has to be a member of a domain, and reach a domain controller.';
const AUTHORISED = 'Get-DhcpServerInDC lists the servers that are authorised.';
const ROGUE = 'Authorise the server in Active Directory: Add-DhcpServerInDC.';

/** The numbers are dhcpssdk.h's of the Windows SDK; where MS-DHCPM's hexadecimal values differ by one or more, it errs. */
export const dhcpCodes: ReadonlyMap<number, DhcpCode> = new Map<number, DhcpCode>([
  [20000, { meaning: 'The DHCP server cannot read or write its registry keys.', remedy: EVENT_LOG }],
  [20001, { meaning: 'The DHCP server cannot open its database.', remedy: EVENT_LOG }],
  [20002, { meaning: 'The DHCP server cannot start its RPC interface.', remedy: EVENT_LOG }],
  [20003, { meaning: 'The DHCP server cannot open its sockets.', remedy: EVENT_LOG }],
  [
    20004,
    {
      meaning: 'The scope is in another superscope, or the name is taken.',
      remedy: 'To move the scope, add -Force; else give another name.',
    },
  ],
  [20005, { meaning: 'There is no such scope on the server.', remedy: SCOPES }],
  [
    20007,
    {
      meaning: 'It is in use, so it cannot be removed.',
      remedy: 'Remove what uses it first, such as leases and reservations, or add -Force where the cmdlet has it.',
    },
  ],
  [20009, { meaning: 'An option of that number exists.', remedy: 'Change it with Set-DhcpServerv4OptionDefinition.' }],
  [
    20010,
    {
      meaning: 'The option is not defined, or has no value at this level.',
      remedy:
        'Get-DhcpServerv4OptionDefinition lists what is defined; Add-DhcpServerv4OptionDefinition defines more. Values may stand at another level: server, scope or reservation.',
    },
  ],
  [20011, { meaning: 'The address is not available.', remedy: FREE }],
  [20012, { meaning: 'The range has no free address.', remedy: 'Make the range larger, or remove leases.' }],
  [
    20013,
    { meaning: 'The database has no such record, or failed.', remedy: 'Get-DhcpServerv4Lease lists the records.' },
  ],
  [20014, { meaning: 'A lease of this client or address exists.', remedy: 'Remove it first, or give another one.' }],
  [
    20016,
    {
      meaning: 'The server knows no such client, or its identifier is not valid.',
      remedy: 'Give the address, or the client identifier as Get-DhcpServerv4Lease shows it.',
    },
  ],
  [20017, { meaning: 'The DHCP service is paused.', remedy: 'Run there: Resume-Service DHCPServer' }],
  [20018, { meaning: 'The address is not reserved, or is not in the scope.', remedy: RESERVATIONS }],
  [
    20019,
    {
      meaning: 'The lease belongs to a reservation.',
      remedy: 'Remove the reservation: Remove-DhcpServerv4Reservation.',
    },
  ],
  [20020, { meaning: 'The range is too small.', remedy: 'Give a larger one.' }],
  [20021, { meaning: 'The range exists.', remedy: 'Get-DhcpServerv4Scope shows the ranges.' }],
  [20022, { meaning: 'The address or the client has a reservation.', remedy: RESERVATIONS }],
  [
    20023,
    {
      meaning: 'The range is not valid.',
      remedy:
        'It has to lie within the scope, begin before it ends, and overlap with no other; the new range of a scope has to hold the old one or lie within it.',
    },
  ],
  [20024, { meaning: 'The range was extended.' }],
  [20025, { meaning: 'The range was extended by too little.', remedy: 'Give a larger range.' }],
  [20026, { meaning: 'The range was extended by less than was asked for.' }],
  [20030, { meaning: 'The name of the superscope is too long.', remedy: 'Give a shorter name.' }],
  [20032, { meaning: 'The address is in use.', remedy: FREE }],
  [20033, { meaning: 'The path of the audit log is too long.', remedy: 'Give a path of at most 247 characters.' }],
  [20037, { meaning: 'The check whether the server is authorised could not begin.', remedy: EVENT_LOG }],
  [20038, { meaning: 'The server is shutting down.', remedy: LATER }],
  [20039, { meaning: 'The server is not authorised in the domain, and leases nothing.', remedy: ROGUE }],
  [20040, { meaning: 'The server could not reach the directory to ask whether it is authorised.', remedy: DIRECTORY }],
  [20041, { meaning: 'The server found the directory to be of another domain.', remedy: ROGUE }],
  [20042, { meaning: 'The server found an authorised one of another enterprise.', remedy: ROGUE }],
  [20043, { meaning: 'The server stands alone where others are authorised by a directory.', remedy: ROGUE }],
  [20044, { meaning: 'There is no such vendor or user class.', remedy: 'Get-DhcpServerv4Class lists them.' }],
  [20045, { meaning: 'A class of that name or with that data exists.', remedy: 'Get-DhcpServerv4Class lists them.' }],
  [20046, { meaning: 'The name of the scope is too long.', remedy: 'Give a shorter name.' }],
  [20047, { meaning: 'A default scope exists.' }],
  [20048, { meaning: 'This property of a superscope cannot be changed.' }],
  [
    20049,
    {
      meaning: 'The range has clients of the kind that it would not serve any more.',
      remedy: 'Remove their leases and reservations first.',
    },
  ],
  [
    20050,
    {
      meaning: 'There is no such network interface, or the network has changed.',
      remedy: 'Get-DhcpServerv4Binding lists the interfaces.',
    },
  ],
  [20051, { meaning: 'This network interface cannot be changed.', remedy: 'It has to stay as it is.' }],
  [
    20052,
    {
      meaning: 'The scope exists, or overlaps with one that does.',
      remedy: `${SCOPES} When a relationship is added, the scope must not exist at the partner: remove the partner's copy first.`,
    },
  ],
  [
    20053,
    { meaning: 'The multicast scope exists.', remedy: 'Get-DhcpServerv4MulticastScope lists those that there are.' },
  ],
  [20054, { meaning: 'The multicast range is too small.', remedy: 'In 239.0.0.0/8 give at least 256 addresses.' }],
  [20057, { meaning: 'The information refresh time is too short.', remedy: 'Give at least 600 seconds.' }],
  [20070, { meaning: 'No directory could be reached.', remedy: DIRECTORY }],
  [20071, { meaning: 'The directory has no DhcpRoot object.', remedy: 'Add-DhcpServerInDC makes it.' }],
  [20072, { meaning: 'The directory answered something unexpected.', remedy: LATER }],
  [20073, { meaning: 'The directory failed too often.', remedy: LATER }],
  [20074, { meaning: 'The directory has no such server, or its name does not resolve.', remedy: AUTHORISED }],
  [20075, { meaning: 'The directory has that option already.' }],
  [20076, { meaning: 'The directory has no such option.' }],
  [20077, { meaning: 'The directory has that class already.' }],
  [20078, { meaning: 'The directory has no such class.' }],
  [20079, { meaning: 'The server is authorised already.', remedy: AUTHORISED }],
  [20080, { meaning: 'The server is not authorised.', remedy: AUTHORISED }],
  [20081, { meaning: 'The address is not the one that the server was authorised with.', remedy: AUTHORISED }],
  [20089, { meaning: 'The class is built in and cannot be deleted.' }],
  [
    20091,
    {
      meaning: 'The prefix is not valid.',
      remedy: 'Give a unicast prefix of 64 bits, neither multicast nor link-local.',
    },
  ],
  [20092, { meaning: 'The delay is too long.', remedy: 'Give at most 1000 milliseconds.' }],
  [
    20093,
    {
      meaning: 'The MAC address is on a list already.',
      remedy: 'To move it, add -Force. Get-DhcpServerv4Filter lists both.',
    },
  ],
  [20094, { meaning: 'The MAC address has a reservation.', remedy: 'Remove the reservation first.' }],
  [20095, { meaning: 'The MAC address is on no list.', remedy: 'Get-DhcpServerv4Filter lists both.' }],
  [20101, { meaning: 'The hardware type is exempt already.' }],
  [20102, { meaning: 'The hardware type is not exempt.' }],
  [
    20103,
    {
      meaning: 'The value does not fit the type of the option.',
      remedy: 'Get-DhcpServerv4OptionDefinition shows the type, and whether it takes several values.',
    },
  ],
  [
    20104,
    { meaning: 'The conditions of the policy are not valid.', remedy: 'Give a comparator, EQ or NE, then values.' },
  ],
  [20105, { meaning: 'A policy of that name exists.', remedy: POLICIES }],
  [20106, { meaning: 'The range overlaps with one of a policy.', remedy: 'Get-DhcpServerv4PolicyIPRange lists them.' }],
  [
    20107,
    {
      meaning: "The policy's range is not valid, or there is none such.",
      remedy: "It has to lie within the scope's. Get-DhcpServerv4PolicyIPRange lists the ranges.",
    },
  ],
  [20108, { meaning: 'A policy of the server has no ranges.', remedy: 'Give the policy a scope: -ScopeId.' }],
  [
    20109,
    {
      meaning: 'The conditions of the policy are not valid.',
      remedy: 'Give a comparator, EQ or NE, then values; a policy needs a condition at least.',
    },
  ],
  [20110, { meaning: 'The processing order is not valid.', remedy: POLICIES }],
  [20111, { meaning: 'There is no such policy at this level.', remedy: POLICIES }],
  [
    20112,
    {
      meaning: 'A range of a policy would lie outside the scope.',
      remedy: 'Remove it first: Remove-DhcpServerv4PolicyIPRange.',
    },
  ],
  [
    20113,
    {
      meaning: 'The scope is in a failover relationship.',
      remedy: 'Get-DhcpServerv4Failover -ScopeId tells in which; Remove-DhcpServerv4FailoverScope takes it out.',
    },
  ],
  [
    20114,
    {
      meaning: 'A failover relationship of that name exists, here or at the partner.',
      remedy:
        'Give another name. What was left at the partner is removed there with Remove-DhcpServerv4Failover -Force.',
    },
  ],
  [
    20115,
    { meaning: 'There is no failover relationship of that name.', remedy: 'Get-DhcpServerv4Failover lists them.' },
  ],
  [
    20116,
    {
      meaning: 'The scope is not in the failover relationship.',
      remedy: 'Add-DhcpServerv4FailoverScope adds it; Get-DhcpServerv4Failover lists the scopes of each.',
    },
  ],
  [20117, { meaning: 'The server is the secondary of the relationship.', remedy: 'Call the primary.' }],
  [
    20118,
    {
      meaning: 'The server, or its partner, does not support failover.',
      remedy: 'Both need Windows Server 2012 or later.',
    },
  ],
  [
    20119,
    {
      meaning: 'The clocks of the two servers differ by more than a minute.',
      remedy: 'Synchronise them (w32tm /resync on each); w32tm /stripchart /computer:PARTNER shows the difference.',
    },
  ],
  [
    20120,
    {
      meaning: 'The failover relationship is not in the state Normal.',
      remedy: 'Wait until it is (Get-DhcpServerv4Failover), or find out why the two do not talk: TCP port 647.',
    },
  ],
  [
    20121,
    {
      meaning: 'The caller is not an administrator of the DHCP server, or of its partner.',
      remedy: wording`Make the account a member of DHCP Administrators on both. The partner sees who calls only when the credential is delegated: ${{ option: 'authentication', value: 'CredSsp' }}, or Kerberos with ${{ option: 'kerberos.delegate', value: true }}.`,
    },
  ],
  [
    20122,
    {
      meaning: 'The partner cannot be reached from the server.',
      remedy:
        'Look at the network and the firewall between the two (rules "DHCP Server Management", TCP port 647). To remove a relationship without the partner, add -Force.',
    },
  ],
  [20123, { meaning: 'The DHCP service does not run at the partner.', remedy: 'Run there: Start-Service DHCPServer' }],
  [
    20124,
    {
      meaning: "The partner's name does not resolve on the server.",
      remedy: 'Give its full name or its address, or mend DNS on the server.',
    },
  ],
  [20125, { meaning: 'The name of the relationship is too long.', remedy: 'Give at most 126 characters.' }],
  [20126, { meaning: 'There are no more free addresses in the range.', remedy: 'Make the range larger.' }],
  [
    20127,
    {
      meaning: 'The leases of the added scopes were not synchronised with the partner.',
      remedy: 'Run Invoke-DhcpServerv4FailoverReplication, and look at the leases of both.',
    },
  ],
  [
    20128,
    { meaning: 'The server has as many failover relationships as it can, 31.', remedy: 'Put several scopes into one.' },
  ],
  [
    20129,
    { meaning: 'The scope is in a failover relationship and cannot serve BOOTP.', remedy: 'Leave its Type at Dhcp.' },
  ],
  [20130, { meaning: 'Too many scopes at once.', remedy: 'Add at most 400 with one call.' }],
  [
    20131,
    {
      meaning: 'A scope that serves BOOTP cannot be in a failover relationship.',
      remedy: 'Set-DhcpServerv4Scope -Type Dhcp makes it serve DHCP alone.',
    },
  ],
  [
    20132,
    { meaning: 'The range belongs to a scope of a failover relationship.', remedy: 'Take the scope out of it first.' },
  ],
  [20133, { meaning: 'The relationship is synchronising with the partner.', remedy: LATER }],
  [
    20134,
    { meaning: 'The partner lacks a feature that is used here.', remedy: 'Bring both to the same version of Windows.' },
  ],
  [20135, { meaning: 'A policy with a condition on names has no ranges.', remedy: NAMES_ONLY }],
  [20136, { meaning: 'A policy with a condition on names takes no such option.', remedy: NAMES_ONLY }],
  [20137, { meaning: 'A policy with ranges or options takes no condition on names.', remedy: NAMES_ONLY }],
  [20138, { meaning: 'Windows Server 2016 and later have no Network Access Protection.', remedy: 'Leave NAP out.' }],
]);

/** What codes of Windows mean when the DHCP provider reports them, where more is to be said than of any provider. */
export const dhcpWin32Codes: ReadonlyMap<number, DhcpCode> = new Map<number, DhcpCode>([
  [2, { meaning: 'The server has no such object.', remedy: 'List what there is with the Get- cmdlet.' }],
  [
    87,
    {
      meaning: 'The server does not take one of the values.',
      remedy:
        'Check them: percent from 0 to 100, times above zero, addresses within the scope, scopes that do not serve BOOTP; a relationship can be set to PartnerDown only while the two do not talk.',
    },
  ],
  [
    1722,
    {
      meaning: 'The DHCP service of the server, or of its partner, cannot be reached by RPC.',
      remedy: 'Is it on, does its DHCP service run, and are the firewall rules "DHCP Server Management" enabled there?',
    },
  ],
  [1753, { meaning: 'The DHCP service does not run.', remedy: 'Run on the server: Start-Service DHCPServer' }],
]);
