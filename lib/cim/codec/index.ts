export { type ClassLookup, classLookup, type ReadContext } from './read-context.js';
export { readInstance } from './read-instance.js';
export { readMethodInput } from './read-method-input.js';
export { readMethodOutput } from './read-method-output.js';
export { writeInstance } from './write-instance.js';
export { type MethodInput, writeMethodInput } from './write-method-input.js';
export { type MethodOutput, writeMethodOutput } from './write-method-output.js';
export { instanceSelectors, instanceTarget } from './write-reference.js';
