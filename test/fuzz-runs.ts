/** Cases that a fuzz test tries: `usual` in `npm test`, CIMLET_FUZZ_RUNS in `npm run fuzz`. */
export function fuzzRuns(usual: number): number {
  return Number(process.env['CIMLET_FUZZ_RUNS'] ?? usual);
}

/** The seed of those cases: `usual` in `npm test`, CIMLET_FUZZ_SEED elsewhere; `npm run fuzz` takes another one each time. */
export function fuzzSeed(usual: number): number {
  return Number(process.env['CIMLET_FUZZ_SEED'] ?? usual);
}
