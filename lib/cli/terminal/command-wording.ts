/** What errors of the floors below name by the library's options, and how a user of the command has it. The longer ones come first. */
export const WORDINGS: readonly (readonly [library: string, command: string])[] = [
  [', give that name as tls.serverName, pin the certificate with', ', pin the certificate with'],
  ['with tls.fingerprint256', 'with --pin SHA256'],
  ['before you change tls.fingerprint256', 'before you change --pin'],
  ['or set tls.skipCnCheck', 'or accept any name with --skip-cn-check'],
  ['or set tls.skipCaCheck', 'or accept any authority with --skip-ca-check'],
  ['Give the authority as tls.ca', 'Give the authority with --ca FILE'],
  ['see tls.cert, tls.key and tls.pfx', 'see --cert and --key'],
  ['Give tls.cert and tls.key, or tls.pfx', 'Give --cert FILE, and --key FILE if the key is not in it'],
  ['--cert and --key of the command, tls.cert and tls.key of newCimSession', '--cert and --key before the line'],
  ['give the address with connectTo', 'give the address with --connect-to'],
  ['or set allowUnencrypted: true if', 'or give --allow-unencrypted if'],
  ['Give the call or its session a larger operationTimeoutMs', 'Give a larger --timeout'],
  ['Give a larger timeoutMs', 'Give a larger --timeout'],
  ['or give a larger timeoutMs', 'or give a larger --timeout'],
  [
    'Give credential: { userName, password }',
    'Give --user NAME with --password-env or --password-stdin, or wait for the prompt',
  ],
  [', or set spnHost to it', ''],
  [', or set spnService and spnHost', ''],
  ['; or name it with libraryPath', ''],
  [', or an object such as { hours: 2 }', ''],
  [', an object such as { hours: 2 }, or a TimeSpan', ''],
];

/** The text of an error as a user of the command can act on it: with the command's options instead of the library's. */
export function commandWording(text: string): string {
  return WORDINGS.reduce((worded, [library, command]) => worded.replaceAll(library, command), text);
}
