import { invalidArgument } from '../../base/errors.js';
import type { Credential } from '../contract/credential.js';
import type { SecurityContext } from '../contract/security-context.js';

/**
 * Basic authentication (RFC 7617): user name and password as UTF-8 in a header on every request, readable to whoever reads the connection.
 * @throws `ERR_INVALID_ARGUMENT` for a user name with a colon or a control character, which the header cannot carry.
 */
export function basicContext(credential: Credential): SecurityContext {
  const { userName, domain } = credential;
  const qualified = domain === undefined || domain === '' ? userName : `${domain}\\${userName}`;
  if (qualified.includes(':')) {
    throw invalidArgument(
      'userName',
      // What stands behind a colon may be the password, as curl takes it.
      `${qualified.slice(0, qualified.indexOf(':'))}:…`,
      'Basic authentication cannot carry a colon in a user name (RFC 7617).',
    );
  }
  if (hasControlCharacter(qualified)) {
    throw invalidArgument('userName', qualified, 'A user name has no control characters.');
  }
  if (hasControlCharacter(credential.password.reveal())) {
    throw invalidArgument('password', '[redacted]', 'Basic authentication cannot carry control characters (RFC 7617).');
  }
  return new BasicContext(qualified, credential);
}

class BasicContext implements SecurityContext {
  readonly scheme = 'Basic';
  readonly mechanism = 'Basic';
  readonly capabilities = { bindsChannel: false, delegates: false, connectionBound: false };
  readonly complete = true;
  readonly refusalHint =
    'Check user name and password. Windows accepts Basic for local accounts only, and only when it was enabled there.';
  readonly #userName: string;
  #credential: Credential | undefined;

  constructor(userName: string, credential: Credential) {
    this.#userName = userName;
    this.#credential = credential;
  }

  async step(): Promise<Uint8Array | undefined> {
    const credential = this.#credential;
    return credential && Buffer.from(`${this.#userName}:${credential.password.reveal()}`, 'utf8');
  }

  dispose(): void {
    this.#credential = undefined;
  }
}

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
