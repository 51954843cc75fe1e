import type { ItemKind } from '../model/configuration-item.js';
import type { DifferenceVerdict } from '../model/difference.js';

/** Names for the sentences. */
interface Names {
  /** Who has it; the first server where both do. */
  readonly has: string;
  /** Who lacks it; the second server where both have it. */
  readonly lacks: string;
}

const NEVER = 'Windows never replicates it: set it on both.';

const ONE_SIDED: Readonly<Record<ItemKind, (names: Names) => string>> = {
  scope: ({ has, lacks }) => `${lacks} answers none of its clients; they depend on ${has} alone.`,
  dnsSetting: ({ has, lacks }) => `${lacks} registers names as its server settings say, ${has} as the scope's do.`,
  exclusion: ({ has, lacks }) => `${lacks} leases addresses that ${has} leaves alone.`,
  option: ({ has, lacks }) => `Clients that ${lacks} answers do not get what those of ${has} get.`,
  policy: ({ has, lacks }) => `${lacks} treats its clients like all others, ${has} does not.`,
  reservation: ({ has, lacks }) => `${lacks} may lease the address to anybody; ${has} keeps it for this client.`,
  reservationOption: ({ lacks }) => `The client does not get it when ${lacks} answers.`,
  serverOption: ({ lacks }) => `Clients that ${lacks} answers do not get it. ${NEVER}`,
  class: ({ lacks }) => `${lacks} cannot tell clients of this class. ${NEVER}`,
  optionDefinition: ({ lacks }) => `${lacks} cannot hold a value of it. ${NEVER}`,
  serverPolicy: ({ lacks }) => `${lacks} does not have it. ${NEVER}`,
  filter: ({ has }) => `Only ${has} lets this client in, or keeps it out. ${NEVER}`,
  filterList: () => NEVER,
};

const CHANGED: Readonly<Record<ItemKind, string>> = {
  scope: 'The servers lease by other rules.',
  dnsSetting: 'Names are registered in another way, depending on which server answers.',
  exclusion: '',
  option: 'A client gets another value, depending on which server answers.',
  policy: 'A client is treated in another way, depending on which server answers.',
  reservation: 'The address is kept for another client, or under another name.',
  reservationOption: 'The client gets another value, depending on which server answers.',
  serverOption: `A client gets another value, depending on which server answers. ${NEVER}`,
  class: NEVER,
  optionDefinition: NEVER,
  serverPolicy: NEVER,
  filter: NEVER,
  filterList: NEVER,
};

/** What a difference means, in a sentence. */
export function meaningOf(
  kind: ItemKind,
  verdict: DifferenceVerdict,
  members: readonly string[],
  here: string,
  there: string,
): string {
  if (verdict === 'onlyHere') return ONE_SIDED[kind]({ has: here, lacks: there });
  if (verdict === 'onlyThere') return ONE_SIDED[kind]({ has: there, lacks: here });
  if (kind !== 'scope' || !members.includes('State')) return CHANGED[kind];
  const state =
    'Only one server answers its clients. Replication is not known to carry the state; Set-DhcpServerv4Scope sets it.';
  return members.length === 1 ? state : `${CHANGED.scope} ${state}`;
}
