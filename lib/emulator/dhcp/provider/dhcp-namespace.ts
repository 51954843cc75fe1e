import type { ClassLookup } from '../../../cim/codec/index.js';
import { CimInstance } from '../../../cim/instance/cim-instance.js';
import type { CimClassDeclaration } from '../../../cim/value/class-declaration.js';
import { CimNamespace } from '../../cim/cim-namespace.js';
import type {
  ClassDefinition,
  InstanceSource,
  MethodImplementation,
  RequestScope,
} from '../../cim/class-definition.js';
import { extrinsicEventClass, fileTime } from '../../cim/event-classes.js';
import { EventSource } from '../../cim/event-source.js';
import type { DhcpNetwork } from '../dhcp-network.js';
import type { DhcpServer } from '../dhcp-server.js';
import { partnerName } from '../relationship.js';
import { dhcpMethod } from './dhcp-methods.js';
import { getFailoverByName } from './get-failover.js';
import { getVersion } from './get-version.js';
import { OutputInstances } from './output-instances.js';
import type { ProviderContext } from './provider-context.js';
import { getScopes } from './scopes.js';

export interface DhcpNamespaceOptions {
  readonly name: string;
  readonly declarations: readonly CimClassDeclaration[];
  readonly lookup: ClassLookup;
  readonly server: DhcpServer;
  readonly network: DhcpNetwork;
  readonly context: (scope: RequestScope) => ProviderContext;
  readonly replicationMsPerScope: number;
}

/**
 * The namespace of the DHCP provider on one server: the classes of the schemas with their methods. Unlike on Windows the classes of data
 * have instances that can be enumerated, an association ties scopes to relationships, and a class of events tells of changes of state.
 */
export function dhcpNamespace(options: DhcpNamespaceOptions): CimNamespace {
  const output = new OutputInstances(options.lookup);
  const sources = instanceSources(options, output);
  const stateChange = stateChangeClass(options.name);
  const definitions = options.declarations.map((declaration): ClassDefinition => {
    const { className, methods } = declaration;
    const source = sources.get(className);
    const implemented = methods.flatMap((method): [string, MethodImplementation][] => {
      const run = dhcpMethod(className, method, { ...options, output });
      return run === undefined ? [] : [[method.name, run]];
    });
    return {
      declaration,
      ...(source !== undefined && { source }),
      ...(implemented.length > 0 && { methods: Object.fromEntries(implemented) }),
    };
  });
  const association: ClassDefinition = {
    declaration: failoverScopeAssociation(options.name),
    association: true,
    source: associationSource(options),
  };
  const events = new EventSource((report) => observeStates(options, stateChange.declaration, report));
  return new CimNamespace(options.name, [...definitions, association, stateChange], events);
}

function instanceSources(options: DhcpNamespaceOptions, output: OutputInstances): Map<string, InstanceSource> {
  const { context } = options;
  return new Map<string, InstanceSource>([
    [
      'DhcpServerv4Failover',
      { instances: (scope) => getFailoverByName(context(scope), {}).output.map((view) => output.failover(view)) },
    ],
    [
      'DhcpServerv4Scope',
      { instances: (scope) => getScopes(context(scope), {}).output.map((view) => output.scope(view)) },
    ],
    [
      'DhcpServerVersion',
      { instances: (scope) => getVersion(context(scope), {}).output.map((version) => output.version(version)) },
    ],
  ]);
}

/** A scope's part in a relationship. No class of Windows. */
function failoverScopeAssociation(namespace: string): CimClassDeclaration {
  return {
    namespace,
    className: 'DhcpServerv4FailoverScopeAssociation',
    description: 'Ties a scope to the failover relationship that it is in. A class of the emulator.',
    properties: [
      { name: 'Relationship', type: 'reference', className: 'DhcpServerv4Failover', key: true, readOnly: true },
      { name: 'Scope', type: 'reference', className: 'DhcpServerv4Scope', key: true, readOnly: true },
    ],
    methods: [],
  };
}

function associationSource(options: DhcpNamespaceOptions): InstanceSource {
  const declaration = failoverScopeAssociation(options.name);
  const keyOf = (className: string, key: string, value: string) => {
    const referenced = options.lookup(className);
    if (referenced === undefined) throw new Error(`The lab has no declaration of the class ${className}.`);
    return CimInstance.create(referenced, { [key]: value });
  };
  return {
    instances: (scope) =>
      getFailoverByName(options.context(scope), {}).output.flatMap((view) =>
        view.scopeId.map((scopeId) =>
          CimInstance.create(declaration, {
            Relationship: keyOf('DhcpServerv4Failover', 'Name', view.name),
            Scope: keyOf('DhcpServerv4Scope', 'ScopeId', scopeId),
          }),
        ),
      ),
  };
}

/** Told when a relationship changes its state. No class of Windows, which writes to its event log. */
function stateChangeClass(namespace: string): ClassDefinition {
  return extrinsicEventClass(namespace, 'DhcpServerv4FailoverStateChange', [
    { name: 'Name', type: 'string' },
    { name: 'PartnerServer', type: 'string' },
    { name: 'PreviousState', type: 'string' },
    { name: 'State', type: 'string' },
    { name: 'ServerName', type: 'string' },
  ]);
}

function observeStates(
  { network, server }: DhcpNamespaceOptions,
  declaration: CimClassDeclaration,
  report: (event: CimInstance) => void,
): () => void {
  return network.observe((event) => {
    if (event.type !== 'state-changed' || event.server !== server.name) return;
    const relationship = server.relationships.get(network.nameKey(event.relationship));
    report(
      CimInstance.create(declaration, {
        SECURITY_DESCRIPTOR: null,
        TIME_CREATED: fileTime(event.time),
        Name: event.relationship,
        PartnerServer: relationship === undefined ? null : partnerName(relationship),
        PreviousState: event.from,
        State: event.to,
        ServerName: server.name,
      }),
    );
  });
}
