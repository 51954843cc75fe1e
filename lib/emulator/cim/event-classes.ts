import type { CimClassDeclaration, CimPropertyDeclaration } from '../../cim/value/class-declaration.js';
import type { ClassDefinition } from './class-definition.js';

const EVENT: readonly CimPropertyDeclaration[] = [
  { name: 'SECURITY_DESCRIPTOR', type: 'uint8', isArray: true },
  { name: 'TIME_CREATED', type: 'uint64' },
];
const TARGET: CimPropertyDeclaration = { name: 'TargetInstance', type: 'instance' };
const PREVIOUS: CimPropertyDeclaration = { name: 'PreviousInstance', type: 'instance' };

/** WMI's own event classes (MS-WMI 2.2; WMI's system classes), which every namespace has. */
export function eventClasses(namespace: string): readonly ClassDefinition[] {
  const event = (
    className: string,
    superClassName: string | undefined,
    properties: readonly CimPropertyDeclaration[] = [],
    abstract = false,
  ): ClassDefinition => ({
    declaration: {
      namespace,
      className,
      ...(superClassName !== undefined && { superClassName }),
      properties: [...EVENT, ...properties],
      methods: [],
    },
    indication: true,
    ...(abstract && { abstract }),
  });
  return [
    event('__Event', undefined, [], true),
    event('__ExtrinsicEvent', '__Event', [], true),
    event('__InstanceOperationEvent', '__Event', [TARGET]),
    event('__InstanceCreationEvent', '__InstanceOperationEvent', [TARGET]),
    event('__InstanceModificationEvent', '__InstanceOperationEvent', [TARGET, PREVIOUS]),
    event('__InstanceDeletionEvent', '__InstanceOperationEvent', [TARGET]),
  ];
}

/** A class of events that a provider reports by itself. */
export function extrinsicEventClass(
  namespace: string,
  className: string,
  properties: readonly CimPropertyDeclaration[],
): ClassDefinition {
  const declaration: CimClassDeclaration = {
    namespace,
    className,
    superClassName: '__ExtrinsicEvent',
    properties: [...EVENT, ...properties],
    methods: [],
  };
  return { declaration, indication: true };
}

/** TIME_CREATED: 100 ns since 1601. */
export function fileTime(milliseconds: number): bigint {
  return BigInt(Math.trunc(milliseconds)) * 10_000n + 116_444_736_000_000_000n;
}
