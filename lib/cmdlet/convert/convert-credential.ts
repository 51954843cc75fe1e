import { Secret } from '../../base/secret.js';
import { BoundObject } from '../contract/bound-value.js';
import { ConversionFailure } from './conversion-error.js';

/** A credential that was given, its password kept. */
interface GivenCredential {
  readonly userName: string;
  readonly password: Secret;
}

/** What a PSCredential parameter gives to the provider: `user:password` with the name's backslashes and colons escaped, as PowerShell's CIM client sends it. */
export function convertCredential(value: unknown): Secret {
  const { userName, password } = credentialOf(value);
  return new Secret(`${userName.replaceAll('\\', '\\\\').replaceAll(':', '\\:')}:${password.reveal()}`);
}

/** A credential for logging on here, which goes to no provider. */
export function convertLogon(value: unknown): BoundObject<GivenCredential> {
  return new BoundObject(credentialOf(value));
}

function credentialOf(value: unknown): GivenCredential {
  const { userName, password } =
    typeof value === 'object' && value !== null
      ? (value as { readonly [name in keyof GivenCredential]?: unknown })
      : {};
  if (typeof userName !== 'string' || !(typeof password === 'string' || password instanceof Secret)) {
    throw new ConversionFailure('is not a valid credential.', 'Give an object { userName, password }.');
  }
  return { userName, password: Secret.from(password) };
}
