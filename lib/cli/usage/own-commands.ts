/** The words that begin a line of cimlet's own instead of a PowerShell line. */
export const OWN_COMMANDS: readonly string[] = [
  'emulator',
  'demo',
  'decode',
  'test',
  'generate',
  'serve',
  'powershell',
  'compare',
  'replicate',
  'put-back',
  'fleet',
  'completion',
];
