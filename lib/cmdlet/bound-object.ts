/** The value of a parameter that is no CIM value: a session, a class, a dictionary, options. It never goes into a method's input. */
export class BoundObject<T = unknown> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }

  toString(): string {
    return String(this.value);
  }
}
