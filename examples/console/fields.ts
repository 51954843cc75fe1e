/** The rules of the fields of "Protect scopes" and "Change settings". The page says them at the field, the engine refuses by them. Null: in order. */
export const DEFAULTS = {
  mode: 'LoadBalance',
  share: 50,
  reserve: 5,
  role: 'Active',
  mcltSeconds: 3600,
  switchAfterSeconds: 3600,
} as const;

const HOST = /^[\p{L}\p{N}_]([\p{L}\p{N}_-]{0,62})(\.[\p{L}\p{N}_][\p{L}\p{N}_-]{0,62}){0,20}\.?$/u;
/** UTF-16 units of a relationship's name that Windows takes. */
export const LONGEST_NAME = 126;

export function partnerProblem(partner: string, server: string): string | null {
  if (partner === '') return 'Name the partner server.';
  if (partner.length > 255 || !HOST.test(partner)) return 'A host name or an IPv4 address.';
  return partner.toLowerCase() === server.toLowerCase() ? 'That is this server itself.' : null;
}

export function nameProblem(name: string): string | null {
  if (name === '') return 'Give the relationship a name.';
  if (name.length > LONGEST_NAME) return `Longer than the ${LONGEST_NAME} characters that Windows takes.`;
  return /\p{Cc}/u.test(name) ? 'Without line breaks and other control characters.' : null;
}

export function percentProblem(percent: number): string | null {
  return Number.isInteger(percent) && percent >= 0 && percent <= 100 ? null : 'A whole number from 0 to 100.';
}

export function mcltProblem(seconds: number): string | null {
  return isSeconds(seconds, 1) ? null : 'At least one second; an hour is usual.';
}

export function switchProblem(seconds: number): string | null {
  return isSeconds(seconds, 60) ? null : 'At least one minute.';
}

export function secretProblem(secret: string): string | null {
  return secret === '' ? 'Fill it in, or switch authentication off.' : null;
}

/** Windows keeps them in 32 bits. */
const isSeconds = (seconds: number, least: number): boolean =>
  Number.isInteger(seconds) && seconds >= least && seconds <= 0xffff_ffff;
