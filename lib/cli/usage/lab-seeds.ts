/** The labs that come with cimlet beside the built-in one, with what each is: for --seed, its completion and every help. */
const LAB_SEEDS = {
  'branch-office': '40 scopes and 12,000 leases',
  drift: 'a pair whose servers differ',
} as const;

export type LabSeed = keyof typeof LAB_SEEDS;

export const SEED_NAMES = Object.keys(LAB_SEEDS) as readonly LabSeed[];

/** `branch-office (40 scopes and 12,000 leases), drift (a pair whose servers differ)`. */
export const SEED_LIST = Object.entries(LAB_SEEDS)
  .map(([name, what]) => `${name} (${what})`)
  .join(', ');
