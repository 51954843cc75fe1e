/** What has properties to spread; a CimInstance. */
export interface PropertySource {
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Origin {
  readonly instance: PropertySource;
  readonly names: readonly string[];
}

const origins = new WeakMap<object, Origin>();

/**
 * Remembers which instance a set of properties was read from, by the identity of the objects among its values (arrays, intervals,
 * points in time, embedded instances). Nothing is added to the properties themselves, so that they compare as plain data.
 */
export function rememberProperties(instance: PropertySource, properties: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(properties);
  for (const name of names) {
    const value = properties[name];
    if (typeof value === 'object' && value !== null) origins.set(value, { instance, names });
  }
}

/**
 * The instance whose properties were spread into `values`: `values` has every property's name, and at least one of its objects under the
 * property's own name. Undefined when there is none, and for an instance that has no object among its values.
 */
export function originOfProperties(values: Readonly<Record<string, unknown>>): PropertySource | undefined {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'object' || value === null) continue;
    const origin = origins.get(value);
    if (origin === undefined || !origin.names.every((property) => Object.hasOwn(values, property))) continue;
    if (origin.instance.properties[name] === value) return origin.instance;
  }
  return undefined;
}
