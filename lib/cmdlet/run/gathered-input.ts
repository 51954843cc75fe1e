import { invalidArgument } from '../../base/errors.js';
import type { CallParameters } from '../contract/bound-call.js';
import type { BoundParameter } from '../contract/bound-parameter.js';
import { COMPUTER_NAME } from '../contract/invocation-target.js';

/** The piped objects of a cmdlet that works on all of them at once: one call, with what they brought in its arrays. */
export class GatheredInput {
  #call: CallParameters | undefined;

  /** Undefined as long as nothing was piped. */
  get call(): CallParameters | undefined {
    return this.#call;
  }

  /** @throws CimletError `ERR_INVALID_ARGUMENT` for an object that comes from another computer than those before it. */
  add(next: CallParameters): void {
    const first = this.#call;
    if (first === undefined) {
      this.#call = next;
      return;
    }
    refuseOther(first, next);
    const parameters = new Map(first.parameters);
    for (const [name, bound] of next.parameters) {
      if (bound.fromInstance) parameters.set(name, joined(parameters.get(name), bound));
    }
    this.#call = { ...first, parameters };
  }
}

function joined(before: BoundParameter | undefined, next: BoundParameter): BoundParameter {
  if (before === undefined || !Array.isArray(before.value) || !Array.isArray(next.value)) return next;
  return { ...next, value: [...before.value, ...next.value] };
}

/** Where the call runs is taken from the objects when it is not said. */
function refuseOther(first: CallParameters, next: CallParameters): void {
  if (first.parameters.has('CimSession') || first.parameters.has(COMPUTER_NAME)) return;
  const [before, now] = [computerOf(first), computerOf(next)];
  if (before === undefined || now === undefined || before.toLowerCase() === now.toLowerCase()) return;
  throw invalidArgument(
    'PSComputerName',
    now,
    `Pipe the objects of one computer; those before it come from ${before}.`,
  );
}

function computerOf({ source }: CallParameters): string | undefined {
  const name = (source as { readonly PSComputerName?: unknown } | undefined)?.PSComputerName;
  return typeof name === 'string' ? name : undefined;
}
