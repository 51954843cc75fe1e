// What was measured in the soak's pauses, and whether it stayed flat.

/** What may be more in the last third than in the middle one: a share, or so much whatever the share is. */
const ROOM = {
  heapMb: { share: 0.1, least: 4 },
  outsideMb: { share: 0.1, least: 4 },
  rssMb: { share: 0.15, least: 30 },
  handles: { share: 0.1, least: 3 },
  sockets: { share: 0.1, least: 3 },
  files: { share: 0.1, least: 3 },
};

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Medians of the three thirds of a run, by what was measured. Its first third is where caches fill. */
export function thirds(samples) {
  const third = Math.floor(samples.length / 3);
  const parts = [samples.slice(0, third), samples.slice(third, samples.length - third), samples.slice(-third)];
  return Object.fromEntries(
    Object.keys(ROOM).map((name) => [name, parts.map((part) => median(part.map((sample) => sample[name])))]),
  );
}

/** What grew: a sentence each. */
export function growth(samples) {
  if (samples.length < 6) return ['fewer than six pauses: the run was too short to tell'];
  return Object.entries(thirds(samples)).flatMap(([name, [, middle, last]]) => {
    const { share, least } = ROOM[name];
    const room = Math.max(least, middle * share);
    return last - middle > room
      ? [`${name} grew from ${middle} to ${last}; up to ${Math.round(room)} more is flat`]
      : [];
  });
}
