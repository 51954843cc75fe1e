import { isSecretParameterName } from '../../language/secret-parameter-name.js';
import type { CommandElement, Statement } from '../../language/syntax.js';

/** A secret of the line is not written where it is given: it comes from a variable, a hash table or a pipeline, whose values are not to be shown then. */
export function namesSecretElsewhere(statements: readonly Statement[]): boolean {
  return holds(statements);
}

function holds(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(holds);
  if (typeof node !== 'object' || node === null) return false;
  if ('elements' in node && 'redirections' in node && givesSecret(node.elements as readonly CommandElement[]))
    return true;
  if ('key' in node && isSecretParameterName(String(node.key))) return true;
  return Object.values(node).some(holds);
}

function givesSecret(elements: readonly CommandElement[]): boolean {
  return elements.some((element, at) => {
    if (element.kind === 'splat' || element.value === undefined) return false;
    const before = elements[at - 1];
    const isNamed =
      element.kind === 'parameter'
        ? isSecretParameterName(element.name)
        : before?.kind === 'parameter' && before.value === undefined && isSecretParameterName(before.name);
    return isNamed && element.value.kind !== 'literal';
  });
}
