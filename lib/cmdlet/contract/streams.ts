import type { CimProgress } from '../../cim/operations/cim-enhanced-options.js';
import type { ErrorRecord } from './error-record.js';

/** Something said to the caller while a cmdlet runs. */
export interface StreamMessage {
  /** As PowerShell prints it, prefixed `COMPUTER: ` when the target was given as a CimSession. */
  readonly text: string;
  readonly cmdlet: string;
  readonly computerName: string;
}

/** How far a call over many targets has come, or, with `operation`, one of them. */
export interface ProgressEvent {
  readonly activity: string;
  readonly completed: number;
  readonly failed: number;
  /** Targets known by now; it grows while input is still being read. */
  readonly total: number;
  /** 0 to 100. */
  readonly percentComplete: number;
  /** The target that has just ended, or tells of itself. */
  readonly computerName: string;
  /** What the server says of its own progress while it works. */
  readonly operation?: CimProgress;
}

/** Listeners to PowerShell's streams. One that throws stops the call. */
export interface StreamListeners {
  /** Each error record as it comes, unless ErrorAction is SilentlyContinue or Ignore. */
  readonly onError?: ((record: ErrorRecord) => void) | undefined;
  readonly onWarning?: ((message: StreamMessage) => void) | undefined;
  /** With `Verbose: true`. */
  readonly onVerbose?: ((message: StreamMessage) => void) | undefined;
  /** With `Debug: true`. */
  readonly onDebug?: ((message: StreamMessage) => void) | undefined;
  readonly onProgress?: ((progress: ProgressEvent) => void) | undefined;
  /** What `WhatIf: true` would do, one text for each target. */
  readonly onWhatIf?: ((message: StreamMessage) => void) | undefined;
}
