const LINE_ONLY =
  'A line has pipelines of cmdlets and values; the PowerShell module (docs/command.md) runs everything.';

/** What works in a line in place of PowerShell's statements; the first part of a sentence names the statement. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['if', "Filter with Where-Object, or test cimlet's exit code in your shell."],
  ['foreach', 'Pipe: Get-… | ForEach-Object { … $_ … }, or give all values at once: -ScopeId $all.ScopeId.'],
  ['for', 'Pipe: Get-… | ForEach-Object { … $_ … }.'],
  ['while', 'Let your shell repeat the line.'],
  ['do', 'Let your shell repeat the line.'],
  ['switch', 'Filter with Where-Object, once for each case.'],
  ['try', '-ErrorAction Stop ends the line where it fails, and the exit code tells.'],
  ['trap', '-ErrorAction Stop ends the line where it fails, and the exit code tells.'],
  ['throw', '-ErrorAction Stop ends the line where it fails.'],
  ['exit', 'The exit code is 0 when everything succeeded, else 1 or 2.'],
  ['return', 'Write the pipeline alone.'],
  ['param', "Put values where they are needed, or in your shell's variables."],
]);

const OTHERS = new Set([
  ...'begin break catch class clean configuration continue data define dynamicparam else elseif end'.split(' '),
  ...'enum filter finally from function in parallel process sequence until using var workflow'.split(' '),
]);

/** What works in place of the statement that a word begins; undefined for a word that begins none. */
export function statementRemedy(word: string): string | undefined {
  const name = word.toLowerCase();
  const remedy = REMEDIES.get(name);
  return remedy === undefined ? (OTHERS.has(name) ? LINE_ONLY : undefined) : `${remedy} ${LINE_ONLY}`;
}
