import { Secret } from '../../base/secret.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import type { FleetSecretName } from '../contract/fleet-plan.js';

/** A parameter, a property or a key of a dictionary whose value is a secret by its name. */
const SECRET_NAME = /(?:secret|password|passphrase|pwd)$/i;
const CREDENTIALS: ReadonlySet<string> = new Set(['PSCredential', 'Credential']);

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Its value never enters the queue. */
export function isSecretParameter({ name, secret, type }: CmdletParameter): boolean {
  return secret || CREDENTIALS.has(type) || (type === 'String' && isSecretName(name));
}

/** A user name and a password belong there, and not one text. */
function takesCredential({ type }: CmdletParameter): boolean {
  return CREDENTIALS.has(type);
}

/** Undefined for what is not the name of a secret. */
export function secretNameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { secret } = value as Partial<FleetSecretName>;
  return typeof secret === 'string' && Object.keys(value).length === 1 ? secret : undefined;
}

/** Stands for the secret while a call is bound to see whether it fits. */
export function placeholderOf(parameter: CmdletParameter): unknown {
  const text = 'x'.repeat(Math.max(8, parameter.validateLength?.min ?? 0));
  return takesCredential(parameter) ? { userName: text, password: new Secret(text) } : new Secret(text);
}
