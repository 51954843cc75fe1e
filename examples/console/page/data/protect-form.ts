import type { ProtectSettings } from '../../bridge.js';
import { DEFAULTS, nameProblem, partnerProblem } from '../../fields.js';
import { numberOf, shortName } from './format.js';
import { mcltOf, type RelationshipForm } from './relationship-form.js';

/** What stands in the wizard's fields, as text: also what is not in order yet. */
export interface ProtectForm extends RelationshipForm {
  readonly server: string;
  readonly scopeIds: readonly string[];
  /** Somebody has chosen scopes, or they were chosen for him. */
  readonly isChosen: boolean;
  readonly partner: string;
  readonly name: string;
  /** The name is his own: it does not follow the partner's any more. */
  readonly isNamed: boolean;
  /** Key of a relationship with that partner that is used again; null: a new one. */
  readonly existing: string | null;
}

/** The snap-in's defaults. */
export function protectForm(server: string): ProtectForm {
  return {
    server,
    scopeIds: [],
    isChosen: false,
    partner: '',
    name: '',
    isNamed: false,
    existing: null,
    mode: DEFAULTS.mode,
    share: String(DEFAULTS.share),
    reserve: String(DEFAULTS.reserve),
    role: DEFAULTS.role,
    mcltHours: String(DEFAULTS.mcltSeconds / 3600),
    mcltMinutes: '0',
    mcltSeconds: '0',
    isSwitching: false,
    switchMinutes: String(DEFAULTS.switchAfterSeconds / 60),
    secret: 'generate',
    secretText: '',
  };
}

/** By server, in memory alone: a way back, a failed apply and a sign-in lose nothing. */
export const protectMemory = new Map<string, ProtectForm>();

/** Another partner; the name follows until it is somebody's own. */
export function withPartner(form: ProtectForm, partner: string): ProtectForm {
  const name = form.isNamed
    ? form.name
    : partner.trim() === ''
      ? ''
      : `${shortName(form.server)}-${shortName(partner.trim())}`;
  return { ...form, partner, name, existing: null };
}

export function partnerWrong({ partner, server }: ProtectForm): string | null {
  return (
    partnerProblem(partner.trim(), server) ??
    (shortName(partner.trim()).toLowerCase() === shortName(server).toLowerCase() && !/^[\d.]+$/.test(partner)
      ? 'That is this server itself.'
      : null)
  );
}

export const nameWrong = ({ name, existing }: ProtectForm): string | null =>
  existing === null ? nameProblem(name) : null;

/** `withSecret`: for the plan; checks need none. */
export function protectSettings(form: ProtectForm, withSecret: boolean): ProtectSettings {
  const secret = form.secret === 'off' ? 'off' : form.secret === 'typed' && withSecret ? 'typed' : 'generate';
  return {
    server: form.server,
    scopeIds: form.scopeIds,
    partner: form.partner.trim(),
    name: form.name,
    existing: form.existing,
    mode: form.mode,
    share: numberOf(form.share),
    reserve: numberOf(form.reserve),
    role: form.role,
    mcltSeconds: mcltOf(form),
    switchAfterSeconds: form.isSwitching ? numberOf(form.switchMinutes) * 60 : null,
    secret: secret === 'typed' ? { how: 'typed', text: form.secretText } : { how: secret, text: null },
  };
}
