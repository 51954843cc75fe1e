/** The environment of the process that runs the line. */
export type LineEnvironment = Readonly<Record<string, string | undefined>>;

/** The name of an environment variable that `$env:NAME` means; undefined for other variables. */
export function environmentName(name: string): string | undefined {
  return /^env:./i.test(name) ? name.slice(4) : undefined;
}
