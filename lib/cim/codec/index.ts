export { type MethodInput, readMethodInput, writeMethodInput } from './method-input.js';
export { type MethodOutput, readMethodOutput, writeMethodOutput } from './method-output.js';
export { type ClassLookup, classLookup, type ReadContext } from './read-context.js';
export { readInstance } from './read-instance.js';
export { instanceSelectors, instanceTarget } from './reference.js';
export { writeInstance } from './write-instance.js';
