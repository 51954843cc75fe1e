import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { originOfProperties } from '../../../lib/cim/instance/property-origin.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';

const declaration: CimClassDeclaration = {
  namespace: 'root/test',
  className: 'Thing',
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'Tags', type: 'string', isArray: true },
  ],
  methods: [],
};

describe('originOfProperties', () => {
  it('knows an instance by its spread properties, whatever else is changed or added', () => {
    const instance = CimInstance.create(declaration, { Name: 'a', Tags: ['x'] });
    expect(originOfProperties({ ...instance.properties })).toBe(instance);
    expect(originOfProperties({ Force: true, ...instance.properties, Name: 'b' })).toBe(instance);
  });

  it('adds nothing to the properties', () => {
    const { properties } = CimInstance.create(declaration, { Name: 'a', Tags: ['x'] });
    expect(Reflect.ownKeys(properties)).toEqual(['Name', 'Tags']);
  });

  it('tells instances with equal values apart', () => {
    const [one, two] = [1, 2].map(() => CimInstance.create(declaration, { Name: 'a', Tags: ['x'] }));
    expect(originOfProperties({ ...one?.properties })).toBe(one);
    expect(originOfProperties({ ...two?.properties })).toBe(two);
  });

  it('does not take a part, a copy or a value under another name for a spread', () => {
    const instance = CimInstance.create(declaration, { Name: 'a', Tags: ['x'] });
    const { properties } = instance;
    expect(originOfProperties({ Tags: properties['Tags'] })).toBeUndefined();
    expect(originOfProperties({ Name: properties['Tags'], Tags: null })).toBeUndefined();
    expect(originOfProperties(structuredClone({ ...properties }))).toBeUndefined();
    expect(originOfProperties({})).toBeUndefined();
  });
});
