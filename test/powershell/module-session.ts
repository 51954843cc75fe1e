// A session that answers as the functions of the recorder's module do: with the objects that were recorded with, filtered by their keys. Nothing is
// kept, so that what a row shows depends on the binding alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../lib/cim/value/cim-date-time.js';
import type { CimInput } from '../../lib/cim/value/cim-input.js';
import type { CimScalar, CimValue } from '../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import type { CmdletSession, MethodInvocation } from '../../lib/cmdlet/contract/cmdlet-session.js';

type RecordedObject = Readonly<Record<string, unknown>>;
export type RecordedObjects = Readonly<Record<string, readonly RecordedObject[]>>;

export function readObjects(folder: string): RecordedObjects {
  return JSON.parse(readFileSync(join(folder, 'module', 'objects.json'), 'utf8')) as RecordedObjects;
}

/** What a caller may ask for objects by (module-body.ps1). */
const KEYS = [
  'ScopeId',
  'Prefix',
  'IPAddress',
  'ClientId',
  'OptionId',
  'SuperscopeName',
  'Name',
  'List',
  'Type',
] as const;

export class ModuleSession implements CmdletSession {
  readonly computerName = 'localhost';
  readonly #objects: RecordedObjects;

  constructor(objects: RecordedObjects) {
    this.#objects = objects;
  }

  invokeMethod(request: MethodInvocation) {
    const out = request.method.parameters.find(({ direction }) => direction !== 'in');
    return Promise.resolve({
      returnValue: 0,
      outParameters: out === undefined ? {} : { [out.name]: this.#output(request) },
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #output({ className, method, parameters, outputClasses, repeatable }: MethodInvocation): CimValue {
    if (/FreeIPAddress$/.test(className)) return [/v6/.test(className) ? '2001:db8::100' : '10.10.10.100'];
    if (/Failover$/.test(className) && /replicat/i.test(method.name)) return ['10.10.10.0'];
    const [declaration] = outputClasses;
    if (declaration === undefined || className === 'PS_DhcpServerSecurityGroup') return null;
    const all = this.#objects[declaration.className] ?? [];
    const objects =
      repeatable && isOn(parameters['BadLeases'])
        ? all.filter(({ AddressState }) => AddressState === 'Declined')
        : repeatable
          ? all.filter((one) => isAskedFor(one, parameters))
          : /IPRecord$/.test(className)
            ? all
            : isOn(parameters['PassThru'])
              ? all.slice(0, 1)
              : [];
    return objects.map((values) => instanceOf(declaration, values));
  }
}

const isOn = (value: CimInput | undefined): boolean => value === true;

function isAskedFor(object: RecordedObject, parameters: MethodInvocation['parameters']): boolean {
  for (const key of KEYS) {
    const asked = parameters[key];
    if (asked === undefined || asked === null || object[key] === undefined) continue;
    const wanted = [asked].flat().map((one) => String(one).toLowerCase());
    if (![object[key]].flat().some((one) => wanted.includes(String(one).toLowerCase()))) return false;
  }
  return (
    object['AddressState'] !== 'Declined' ||
    isOn(parameters['AllLeases']) ||
    isOn(parameters['BadLeases']) ||
    parameters['IPAddress'] !== undefined
  );
}

function instanceOf(declaration: CimClassDeclaration, values: RecordedObject): CimInstance {
  const properties = declaration.properties.map((property) => [
    property.name,
    cimValue(property, values[property.name]),
  ]);
  return CimInstance.create(declaration, Object.fromEntries(properties), { computerName: 'localhost' });
}

function cimValue(property: CimPropertyDeclaration, value: unknown): CimValue {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? value.map((one) => scalar(property, one)) : scalar(property, value);
}

function scalar({ type, interval }: CimPropertyDeclaration, value: unknown): CimScalar {
  if (type === 'datetime') {
    return interval === true || /^[\d.:]+$/.test(String(value))
      ? TimeSpan.from(String(value))
      : CimDateTime.from(String(value));
  }
  if (type === 'uint64' || type === 'sint64') return BigInt(String(value));
  return value as CimScalar;
}
