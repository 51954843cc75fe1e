import { isDeepStrictEqual } from 'node:util';
import type { CmdletDefinition } from '../definition/cmdlet-definition.js';
import {
  completeDefinition,
  completeMembership,
  completeMethod,
  completeParameter,
  type WrittenCmdlet,
} from '../definition/complete-definition.js';

/** Without these nothing can be completed. */
const NEEDED = ['name', 'methods', 'declaration'];

/** A definition without what it would be completed with again. */
export function writtenDefinition(definition: CmdletDefinition): WrittenCmdlet {
  const parameters = definition.parameters.map((parameter) => {
    const sets = parameter.sets.map((entry) => written(entry, completeMembership));
    return written({ ...parameter, sets }, completeParameter);
  });
  const methods = definition.methods.map((method) =>
    written(method, (one) => completeMethod(one, definition.parameters)),
  );
  return written<WrittenCmdlet>({ ...definition, parameters, methods }, completeDefinition);
}

/** Takes out member after member, as long as what is left means the same. */
function written<T extends object>(whole: T, complete: (written: T) => object): T {
  const meaning = complete(whole);
  let left = whole;
  for (const name of Object.keys(whole).filter((key) => !NEEDED.includes(key))) {
    const shorter = { ...left };
    Reflect.deleteProperty(shorter, name);
    if (isDeepStrictEqual(complete(shorter), meaning)) left = shorter;
  }
  return left;
}
