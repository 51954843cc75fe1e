/** Cases that a fuzz test tries: `usual` in `npm test`, CIMLET_FUZZ_RUNS in `npm run fuzz`. */
export function fuzzRuns(usual: number): number {
  return Number(process.env['CIMLET_FUZZ_RUNS'] ?? usual);
}
