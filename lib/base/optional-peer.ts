import { CimletError } from './errors.js';

/** What Node says, and esbuild in a bundle of its own. */
const NO_REQUIRE = /^require is not defined|^Dynamic require of /;

/**
 * Loads an optional peer dependency. Throws `ERR_MISSING_PEER` when it is absent, saying what to install, and when it is there but does not
 * load, saying why.
 *
 * @param name the package, for the message
 * @param load `() => import('name')`, spelled out by the caller so that bundlers see it
 * @param purpose what needs it: `Kerberos`
 */
export async function loadOptionalPeer<T>(name: string, load: () => Promise<T>, purpose: string): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (isAbsent(name, cause)) {
      throw new CimletError(
        'ERR_MISSING_PEER',
        `${purpose} needs the optional package "${name}", which is not installed.`,
        { cause, hint: `Run: npm install ${name}` },
      );
    }
    if (NO_REQUIRE.test(String(field(cause, 'message')))) {
      throw new CimletError(
        'ERR_MISSING_PEER',
        `${purpose} needs the optional package "${name}", which this bundle of ES modules cannot load: it has no require.`,
        {
          cause,
          hint: "Bundle as CommonJS, or let the bundle begin with: import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
        },
      );
    }
    throw new CimletError(
      'ERR_MISSING_PEER',
      `${purpose} needs the optional package "${name}", which is installed but does not load: ${reasonOf(cause)}`,
      { cause, hint: `Install it for this machine and this Node: npm rebuild ${name}, or another version of it.` },
    );
  }
}

/** It was not found, in the words of Node and its single executables, or of vite or Bun in what they bundled; a missing file of its own is another matter. */
function isAbsent(name: string, error: unknown): boolean {
  const absent = new RegExp(
    `^(?:Cannot find (?:module|package)|No such built-in module:|Could not resolve|Cannot require module) ["']?${name}["']?(?:\\s|$)`,
  );
  return absent.test(String(field(error, 'message')));
}

function reasonOf(error: unknown): string {
  const message = field(error, 'message');
  const [line = ''] = String(message ?? error).split('\n');
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** Errors of another realm (a vm context) are no instances of this one's Error. */
function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
