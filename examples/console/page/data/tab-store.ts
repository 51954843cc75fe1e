/** What a tab keeps through a reload, in `sessionStorage`. Never anything secret but the bearer of this very tab. */
export function kept<T>(name: string): T | undefined {
  try {
    const text = sessionStorage.getItem(`console:${name}`);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(`console:${name}`, JSON.stringify(value));
  } catch {
    // Full, or not there: then it is forgotten.
  }
}
