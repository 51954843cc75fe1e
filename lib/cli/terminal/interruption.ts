/** Why the command stops: its process was told to. The reason of the signal that aborts. */
export class Interruption {
  /** 128 and the signal's number, as shells have it: 130 for Ctrl-C, 143 for SIGTERM. */
  readonly exitCode: number;

  constructor(exitCode: number) {
    this.exitCode = exitCode;
  }
}

/** The exit code of a command that was interrupted; undefined for one that was not. */
export function interruptedCode({ aborted, reason }: AbortSignal): number | undefined {
  if (!aborted) return undefined;
  return reason instanceof Interruption ? reason.exitCode : 130;
}
