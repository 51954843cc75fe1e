/** The emulated Windows DHCP servers: `cimlet/emulator`. */

export type { AcceptorContext, CallerIdentity } from '../auth/contract/acceptor-context.js';
export type { Credential } from '../auth/contract/credential.js';
export type { MessageProtection, SealedFraming } from '../auth/contract/message-protection.js';
export type { HttpAuthScheme, SecurityCapabilities, SecurityContext } from '../auth/contract/security-context.js';
export type { KerberosAcceptorOptions } from '../auth/kerberos/kerberos-mechanism.js';
export type { FailoverScopeStatistics } from './dhcp/address-pool.js';
export { type DhcpChoices, defaultChoices } from './dhcp/choices.js';
export type { DhcpServer, DhcpServerVersion, ServiceState } from './dhcp/dhcp-server.js';
export type { AuthorisedServer } from './dhcp/directory.js';
export { type FailoverTiming, instantTiming, realisticTiming } from './dhcp/failover/timing.js';
export type { LabEvent, LabObserver } from './dhcp/lab-event.js';
export type { ServerAccess } from './dhcp/provider/provider-context.js';
export type { FailoverMode, FailoverRelationship, FailoverState, ServerType } from './dhcp/relationship.js';
export type {
  AddressRange,
  ClientType,
  DnsRecords,
  DnsRegistration,
  Lease,
  LeaseState,
  NapStatus,
  OptionValue,
  Reservation,
  Scope,
  ScopeConfiguration,
  ScopeConfigurationInput,
  ScopePolicy,
  ScopeState,
} from './dhcp/scope.js';
export type { DhcpClass } from './dhcp/state/dhcp-class.js';
export type {
  Dhcpv6Configuration,
  Dhcpv6Lease,
  Dhcpv6Reservation,
  Dhcpv6Scope,
  StatelessStore,
} from './dhcp/state/dhcpv6-configuration.js';
export type { DhcpOptionDefinition, OptionType } from './dhcp/state/option-definition.js';
export type {
  InterfaceBinding,
  MacFilter,
  MulticastLease,
  MulticastScope,
  ServerConfiguration,
} from './dhcp/state/server-configuration.js';
export type { ServerSnapshot } from './dhcp/state/server-snapshot.js';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.js';
export { branchOfficeDescription } from './lab/branch-office.js';
export { driftDescription } from './lab/drift.js';
export { createLab, Lab, type LabOptions, readLab } from './lab/lab.js';
export {
  DEFAULT_USER,
  defaultLabDescription,
  fleetDescription,
  type LabDescription,
  type LeaseDescription,
  type RelationshipDescription,
  type ScopeDescription,
  type ServerDescription,
  type UserDescription,
} from './lab/lab-description.js';
export type { LabUser, LabUsers } from './lab/lab-users.js';
export { VirtualClock, type VirtualClockOptions } from './lab/virtual-clock.js';
export type { AcceptorTarget, AuthenticationSettings } from './listener/authentication-settings.js';
export { type CertificateWithKey, LabAuthority } from './listener/certificates.js';
export type { EmulatedEndpoints, LabSessionOptions } from './listener/lab-session-options.js';
export type { LabFault, LabFaultKind, ProviderStep } from './request/lab-fault.js';
export type { Caller, EmulatorReply, EmulatorRequest, RequestHandler } from './request/request-handler.js';
export type { ServiceSettings } from './service/service-settings.js';
