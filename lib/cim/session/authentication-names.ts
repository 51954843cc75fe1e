import type { CimAuthentication, CimSessionOptions } from './session-options.js';

export const AUTHENTICATIONS = [
  'Default',
  'Basic',
  'Negotiate',
  'Kerberos',
  'Ntlm',
  'Certificate',
  'CredSsp',
] as const satisfies CimAuthentication[];

/** The one of the set's spellings that a text means, whatever its case. */
export function authenticationOf(text: string): CimAuthentication | undefined {
  return AUTHENTICATIONS.find((name) => name.toLowerCase() === text.toLowerCase());
}

/** The options with the authentication's declared spelling: it is a value of PowerShell's, which is taken in any case wherever it is written. */
export function withDeclaredAuthentication(options: CimSessionOptions): CimSessionOptions {
  const given: unknown = options.authentication;
  const authentication = typeof given === 'string' ? authenticationOf(given) : undefined;
  return authentication === undefined || authentication === given ? options : { ...options, authentication };
}
