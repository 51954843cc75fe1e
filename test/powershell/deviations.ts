// Where the command differs from PowerShell on purpose. docs/command.md tells the same reasons.
import type { RecordedRow } from './recorded-row.js';

export interface Deviation {
  readonly reason: string;
  /** The rows that differ for this reason. */
  readonly fits: (row: RecordedRow) => boolean;
}

const PROVIDED_NULL = /^B0(?:08[3-9]|09\d)$/;

export const DEVIATIONS: readonly Deviation[] = [
  {
    reason:
      'A null interval of a piped relationship is not bound: the parameter is nullable in Windows, where the recorded one was not.',
    fits: ({ id, expected }) =>
      PROVIDED_NULL.test(id) &&
      (expected.errors?.some((error) => error.startsWith('ParameterArgumentTransformationError')) ?? false),
  },
  {
    reason: 'What a piped relationship says of its mode gives way to a percentage that the caller gives.',
    fits: ({ id }) => id === 'B0125' || id === 'B0807',
  },
  {
    reason:
      'A redirection to a drive or file that cannot be written, and an object where a text is wanted, are the file system’s and the server’s to refuse.',
    fits: ({ expected, line }) =>
      (expected.errors?.some((error) => /^(?:DriveNotFound|FileOpenFailure)/.test(error)) ?? false) ||
      /Failover "?a\$x"?$/.test(line),
  },
  {
    reason: 'A cmdlet that the recorder did not have is one here.',
    fits: ({ expected }) => expected.errors?.some((error) => error.startsWith('CommandNotFoundException')) ?? false,
  },
  {
    reason:
      'An empty secret where a relationship is added is refused: the parameter has ValidateNotNullOrEmpty in Windows, where the recorded one had not.',
    fits: ({ line }) => /Add-DhcpServerv4Failover .*-SharedSecret ""/.test(line),
  },
  {
    reason:
      'A plain blank stands before AM and PM, as Windows PowerShell 5.1 writes it; .NET on Linux has a narrow one.',
    fits: ({ show, expected: { out } }) =>
      typeof show === 'number' && typeof out === 'string' && /\u202f[AP]M/.test(out),
  },
  {
    reason: 'A switch is the caller’s to give: none is taken from a piped object, so that no server chooses one.',
    fits: ({ line, expected: { calls } }) =>
      /\| Add-DhcpServerv4Scope/.test(line) && calls?.some(({ params }) => params['NapEnable'] !== undefined) === true,
  },
  {
    reason:
      'Where there is no terminal, Out-String takes a line of 120 characters; the recorder’s host had one of its own.',
    fits: ({ line, show }) => typeof show !== 'number' && /Out-String$/.test(line),
  },
];

/** Why a row may differ; undefined where it may not. */
export function deviationOf(row: RecordedRow): Deviation | undefined {
  return DEVIATIONS.find(({ fits }) => fits(row));
}
