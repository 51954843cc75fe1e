/** Runs `action`; when it throws, everything that it registered is undone in reverse order (unless `enabled` is false) and the error goes on. */
export function withUndo<T>(enabled: boolean, action: (undo: (step: () => void) => void) => T): T {
  const steps: (() => void)[] = [];
  try {
    return action((step) => steps.push(step));
  } catch (error) {
    if (enabled) for (const step of steps.reverse()) step();
    throw error;
  }
}
