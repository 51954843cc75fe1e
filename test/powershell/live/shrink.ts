// Makes a line that differs as short as it can be while it still differs.

/** `differs`: whether a line still shows what is looked for. Asks it at most `limit` times. */
export async function shrinkLine(
  line: string,
  differs: (line: string) => Promise<boolean>,
  limit = 150,
): Promise<string> {
  let best = line;
  let asked = 0;
  const take = async (candidate: string): Promise<boolean> => {
    if (candidate === best || candidate.trim() === '' || asked >= limit) return false;
    asked += 1;
    if (!(await differs(candidate))) return false;
    best = candidate;
    return true;
  };
  for (const separator of [/(;)/, /(\|)/, /(\s+)/, /([\s,;|(){}[\]'"$@:=.-])/, /()/]) {
    for (let isShorter = true; isShorter && asked < limit; ) {
      isShorter = false;
      const pieces = best.split(separator);
      for (let size = Math.ceil(pieces.length / 2); size >= 1 && !isShorter; size = Math.floor(size / 2)) {
        for (let at = pieces.length - size; at >= 0 && !isShorter; at -= size)
          isShorter = await take([...pieces.slice(0, at), ...pieces.slice(at + size)].join(''));
      }
    }
  }
  return best;
}
