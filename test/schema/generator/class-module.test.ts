import { describe, expect, it } from '@jest/globals';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { classModule } from '../../../lib/schema/generator/class-module.js';

function declaring(names: { className?: string; embedded?: string; method?: string }): CimClassDeclaration {
  const { className = 'X_Lamp', embedded = 'X_Bulb', method = 'Switch' } = names;
  return {
    namespace: 'root/test',
    className,
    properties: [{ name: 'Bulb', type: 'instance', className: embedded }],
    methods: [{ name: method, isStatic: true, returnType: 'uint32', parameters: [] }],
  };
}

describe('classModule', () => {
  it.each(['X_Lamp', 'Lämpe', 'Лампа', 'X1'])('writes what a class is called: %s', (className) => {
    expect(classModule(declaring({ className }))).toContain(`export interface ${className} {`);
  });

  it.each([
    'A extends\u00a0B',
    'A\u2028B',
    'A\u202eB',
    'A\u200bB',
    'A\u200dB',
    'A{}',
    'A;B',
    '1A',
    'A B',
    '\ufeffA',
    'A\u0085',
  ])('refuses the name %j', (name) => {
    for (const names of [{ className: name }, { embedded: name }, { method: name }]) {
      expect(() => classModule(declaring(names))).toThrow('TypeScript takes no such name');
    }
  });
});
