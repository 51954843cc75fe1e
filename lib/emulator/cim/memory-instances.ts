import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { InstanceSource } from './class-definition.js';
import { instanceKey } from './instance-key.js';

/** Instances of one class that are kept in memory and can be created, changed and deleted, in the order of their creation. */
export class MemoryInstances implements InstanceSource {
  readonly #byKey = new Map<string, CimInstance>();

  constructor(instances: Iterable<CimInstance> = []) {
    for (const instance of instances) this.create(instance);
  }

  *instances(): Generator<CimInstance, void> {
    yield* this.#byKey.values();
  }

  find(key: string): CimInstance | undefined {
    return this.#byKey.get(key);
  }

  create(instance: CimInstance): void {
    this.#byKey.set(instanceKey(instance) ?? '', instance);
  }

  replace(instance: CimInstance): void {
    this.create(instance);
  }

  delete(instance: CimInstance): void {
    this.#byKey.delete(instanceKey(instance) ?? '');
  }
}
