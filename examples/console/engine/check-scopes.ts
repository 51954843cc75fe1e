import type { CheckRow, ProtectSettings } from '../bridge.js';
import type { Basics } from './readings.js';
import { addressNumber, holds } from './scopes.js';
import { counted } from './words.js';

/** Takes a row of the checks: id, state, title, detail, remedy, what may be left out. */
export type TellCheck = (
  id: string,
  state: CheckRow['state'],
  title: string,
  detail?: string | null,
  remedy?: string | null,
  leaveOut?: readonly string[],
) => void;

/** Whether the scopes are there, free, of the right type, not on the partner, and whole superscopes. */
export function checkScopes(
  settings: ProtectSettings,
  own: Basics | null,
  other: Basics | null,
  partner: string,
  tell: TellCheck,
): void {
  const { scopeIds, server } = settings;
  if (own === null) {
    tell('scopes', 'notKnown', `Whether ${server} has the scopes`);
    return;
  }
  const chosen = new Set(scopeIds);
  const there = new Map(own.scopes.map((scope) => [scope.scopeId, scope] as const));
  const missing = scopeIds.filter((scopeId) => !there.has(scopeId));
  const taken = scopeIds.filter((scopeId) => own.copies.some((copy) => copy.scopeIds.includes(scopeId)));
  const bootp = own.scopes.filter(({ scopeId, type }) => chosen.has(scopeId) && type !== 'Dhcp');
  if (missing.length > 0) leaveOut(tell, 'scopes', missing, (what) => `${what} not there on ${server} any more`, null);
  else if (taken.length > 0) leaveOut(tell, 'scopes', taken, (what) => `${what} in a relationship already`, null);
  else tell('scopes', 'inOrder', `${counted(scopeIds.length, 'scope')} exist and are in no relationship`);
  if (bootp.length > 0) {
    const names = bootp.map(({ scopeId }) => scopeId);
    leaveOut(
      tell,
      'bootp',
      names,
      (what) => `${what} serving BOOTP clients`,
      'Change the type to Dhcp, or leave it out.',
    );
  } else tell('bootp', 'inOrder', 'No scope serves BOOTP');
  if (other === null) tell('absent', 'notKnown', 'Whether the partner has the scopes already');
  else checkAbsent(settings, own, other, partner, tell);
  const superscopes = new Set(
    own.scopes
      .filter(({ scopeId, superscope }) => chosen.has(scopeId) && superscope)
      .map(({ superscope }) => superscope),
  );
  const cut = own.scopes.find(
    ({ scopeId, superscope }) => superscope !== null && superscopes.has(superscope) && !chosen.has(scopeId),
  );
  if (cut === undefined) tell('superscope', 'inOrder', 'No superscope is cut in two');
  else
    tell(
      'superscope',
      'notKnown',
      `The superscope ${cut.superscope} is cut in two`,
      `${cut.scopeId} is of it, and is not chosen.`,
      'Choose all of its scopes, or none.',
    );
}

function checkAbsent(settings: ProtectSettings, own: Basics, other: Basics, partner: string, tell: TellCheck): void {
  const chosen = new Set(settings.scopeIds);
  const wanted = own.scopes.filter(({ scopeId }) => chosen.has(scopeId));
  const conflicts = other.scopes.filter(({ scopeId, start, end }) =>
    wanted.some((scope) => scope.scopeId === scopeId || holds(scope, start) || holds(scope, end)),
  );
  const [first] = conflicts;
  if (first === undefined) {
    tell('absent', 'inOrder', `None of them is on ${partner} yet`);
    return;
  }
  const figures = other.statistics?.get(first.scopeId);
  const what = [
    ...(figures === undefined
      ? []
      : [`${counted(figures.inUse, 'address', 'addresses')} in use`, counted(figures.reserved, 'reservation')]),
    first.isActive ? 'active' : 'inactive',
  ].join(', ');
  const names = wanted
    .filter((scope) => conflicts.some(({ scopeId, start }) => scopeId === scope.scopeId || holds(scope, start)))
    .map(({ scopeId }) => scopeId);
  const title =
    conflicts.length === 1
      ? `${first.scopeId} exists on ${partner} already`
      : `${counted(conflicts.length, 'scope')} exist on ${partner} already, ${first.scopeId} among them`;
  tell('absent', 'inTheWay', title, what, 'Remove it there, or leave it out.', names);
}

function leaveOut(
  tell: TellCheck,
  id: string,
  scopeIds: readonly string[],
  title: (what: string) => string,
  remedy: string | null,
): void {
  const [first = ''] = scopeIds;
  const sorted = [...scopeIds].sort((one, other) => addressNumber(one) - addressNumber(other));
  const what = scopeIds.length === 1 ? `${first} is` : `${counted(scopeIds.length, 'scope')} are`;
  tell(id, 'inTheWay', title(what), sorted.slice(0, 5).join(', '), remedy ?? 'Leave it out.', sorted);
}
