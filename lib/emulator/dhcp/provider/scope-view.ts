import type { Scope, ScopeConfiguration, ScopeState } from '../scope.js';

/** A scope as the class DhcpServerv4Scope shows it. */
export type ScopeView = Readonly<
  Omit<ScopeConfiguration, 'exclusions' | 'reservations' | 'optionValues' | 'policies'>
> & { readonly state: ScopeState };

export function scopeView(scope: Scope): ScopeView {
  const { exclusions: _e, reservations: _r, optionValues: _o, policies: _p, ...shown } = scope.configuration;
  return { ...shown, state: scope.state };
}
