import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import type { BoundValue } from './bound-value.js';

/** One parameter of a call, before and after conversion. */
export interface GivenParameter {
  readonly parameter: CmdletParameter;
  readonly value: unknown;
  /** It came by property name from an instance, and not from the caller: it starts no confirmation and gives way in a conflict. */
  readonly fromInstance: boolean;
}

export interface BoundParameter extends GivenParameter {
  readonly value: BoundValue;
}

/** The parameters of one call by declared name. */
export type GivenParameters = Map<string, GivenParameter>;
export type BoundParameters = ReadonlyMap<string, BoundParameter>;
