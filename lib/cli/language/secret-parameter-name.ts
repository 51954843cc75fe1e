/**
 * True for a parameter name whose value no message may show: `SharedSecret`, what abbreviates it, and anything that is called a secret,
 * a password or a credential.
 */
export function isSecretParameterName(name: string): boolean {
  return /^sh/i.test(name) || /secret|password|credential/i.test(name);
}
