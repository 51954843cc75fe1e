/**
 * How far a request came that was not answered: `none`, not a byte of it left; `idle`, it was written on a connection that had been idle and was
 * found lost before any answer, as when the server had gone meanwhile; `unknown`, the server may be at work on it.
 */
export type Delivery = 'none' | 'idle' | 'unknown';

const deliveries = new WeakMap<object, Delivery>();

/** Keeps with the error of a request how far it came. */
export function withDelivery<E>(error: E, delivery: Delivery): E {
  if (typeof error === 'object' && error !== null) deliveries.set(error, delivery);
  return error;
}

export function deliveryOf(error: unknown): Delivery {
  return (typeof error === 'object' && error !== null && deliveries.get(error)) || 'unknown';
}
