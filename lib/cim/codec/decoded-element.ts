import type { CimletError } from '../../base/errors.js';
import { XmlElement } from '../../xml/tree/element.js';
import type { CimInstance } from '../instance/cim-instance.js';

const NO_CHILDREN: readonly XmlElement[] = [];

/** An element that was read as the instance that it is while it came in: it has no children, but what they said. */
export class DecodedElement extends XmlElement {
  /** What was read, or why that could not be; thrown when it is asked for, as the reading of a tree would. */
  readonly #outcome: CimInstance | CimletError;
  /** There is no child, and a text that is not blank: nothing that an embedded instance can be. */
  readonly hasTextAlone: boolean;

  constructor(
    { namespace, name, attributes, scope }: XmlElement,
    text: string,
    outcome: CimInstance | CimletError,
    hasTextAlone: boolean,
  ) {
    super(namespace, name, attributes, NO_CHILDREN, text, scope);
    this.#outcome = outcome;
    this.hasTextAlone = hasTextAlone;
  }

  /** The instance. @throws CimletError `ERR_PROTOCOL` when a value is not of its declared type. */
  take(): CimInstance {
    if (this.#outcome instanceof Error) throw this.#outcome;
    return this.#outcome;
  }
}
