import { CimletError } from './errors.js';

/**
 * Loads an optional peer dependency. Throws `ERR_MISSING_PEER`, saying what to install, when it is absent or broken.
 *
 * @param name the package, for the message
 * @param load `() => import('name')`, spelled out by the caller so that bundlers see it
 * @param purpose what needs it: `Kerberos`
 */
export async function loadOptionalPeer<T>(name: string, load: () => Promise<T>, purpose: string): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new CimletError(
      'ERR_MISSING_PEER',
      `${purpose} needs the optional package "${name}", which could not be loaded.`,
      {
        cause,
        hint: `Run: npm install ${name}`,
      },
    );
  }
}
