// Import it before anything of lib/: it replaces the key derivation of NTLM by one that notes its keys.
import { jest } from '@jest/globals';

/** Keys that went through the key derivation of NTLM in this test file. */
export const recordedKeys = new Map<string, Uint8Array>();

type Derivation = (...parts: readonly unknown[]) => unknown;

/** The module with every function noting what it gives, and the keys that it is given. */
function noting(module: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(module).map(([name, value]) => [
      name,
      typeof value !== 'function'
        ? value
        : (...parts: readonly unknown[]) => {
            const result = (value as Derivation)(...parts);
            const [key] = parts;
            if (key instanceof Uint8Array) note(`the key given to ${name}`, key);
            if (result instanceof Uint8Array) note(`what ${name} gave`, result);
            return result;
          },
    ]),
  );
}

function note(name: string, key: Uint8Array): void {
  if (key.length >= 16) recordedKeys.set(`${name} (${recordedKeys.size})`, new Uint8Array(key));
}

jest.mock('../../lib/auth/ntlm/key-derivation.js', () =>
  noting(jest.requireActual('../../lib/auth/ntlm/key-derivation.js')),
);
