import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { AssociationFilter } from '../../wsman/contract/enumeration-filter.js';
import type { CimNamespace } from './cim-namespace.js';
import type { ClassDefinition, RequestScope } from './class-definition.js';
import { instanceKey } from './instance-key.js';

/** Finds an instance by a reference that holds only its keys. */
export type FindInstance = (reference: CimInstance) => Promise<CimInstance | undefined>;

type Question = Omit<AssociationFilter, 'object'> & { readonly object: CimInstance };

/** What an association filter gives (DSP0227 8.2): instances at the other end, each once, or the associations themselves. */
export async function* associated(
  question: Question,
  namespace: CimNamespace,
  scope: RequestScope,
  find: FindInstance,
): AsyncGenerator<CimInstance, void> {
  const { kind, associationClassName, resultClassName } = question;
  const given = new Set<string>();
  const through = kind === 'associations' ? resultClassName : associationClassName;
  for (const definition of associationClasses(namespace, through)) {
    for await (const association of definition.source?.instances(scope) ?? []) {
      if (!refersToObject(association, question)) continue;
      if (kind === 'associations') {
        yield association;
        continue;
      }
      for (const end of otherEnds(association, question)) {
        if (resultClassName !== undefined && !namespace.isA(end.cimClass.className, resultClassName)) continue;
        const key = identity(end);
        if (given.has(key)) continue;
        given.add(key);
        const instance = await find(end);
        if (instance !== undefined) yield instance;
      }
    }
  }
}

function associationClasses(namespace: CimNamespace, className: string | undefined): readonly ClassDefinition[] {
  const candidates = className === undefined ? namespace.definitions : namespace.family(className);
  return candidates.filter((definition) => definition.association === true);
}

function refersToObject(association: CimInstance, { object, role }: Question): boolean {
  return references(association).some(
    ({ name, target }) => isNamed(name, role) && identity(target) === identity(object),
  );
}

/** The references that are not the object itself, or that are it in another role. */
function otherEnds(association: CimInstance, { object, role, resultRole }: Question): CimInstance[] {
  const wanted = identity(object);
  const ends = references(association);
  const own = ends.find(({ name, target }) => isNamed(name, role) && identity(target) === wanted);
  return ends.filter((end) => end !== own && isNamed(end.name, resultRole)).map(({ target }) => target);
}

function references(association: CimInstance): { readonly name: string; readonly target: CimInstance }[] {
  const found: { name: string; target: CimInstance }[] = [];
  for (const { declaration, value } of CimInstance.declaredValues(association)) {
    if (declaration.type === 'reference' && value instanceof CimInstance)
      found.push({ name: declaration.name, target: value });
  }
  return found;
}

function isNamed(name: string, wanted: string | undefined): boolean {
  return wanted === undefined || wanted.toLowerCase() === name.toLowerCase();
}

function identity(instance: CimInstance): string {
  return `${instance.cimClass.className.toLowerCase()}${instanceKey(instance) ?? ''}`;
}
