import { describe, expect, it } from '@jest/globals';
import { loadOptionalPeer } from '../../lib/base/optional-peer.js';

const failure = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('an optional peer', () => {
  it('is what was loaded', async () => {
    expect(await loadOptionalPeer('koffi', async () => 'loaded', 'Kerberos')).toBe('loaded');
  });

  it.each([
    // Node's require and import, webpack's stand-in.
    failure("Cannot find module 'koffi'\nRequire stack:\n- /app/x.js", 'MODULE_NOT_FOUND'),
    failure("Cannot find package 'koffi' imported from /app/x.mjs", 'ERR_MODULE_NOT_FOUND'),
    failure("Cannot find module 'koffi'", 'MODULE_NOT_FOUND'),
    failure('No such built-in module: koffi', 'ERR_UNKNOWN_BUILTIN_MODULE'),
    // Bundles that vite and Bun made without it.
    failure('Could not resolve "koffi" imported by "cimlet". Is it installed?'),
    failure('Cannot require module koffi'),
  ])('that is absent is to be installed', async (cause) => {
    await expect(loadOptionalPeer('koffi', () => Promise.reject(cause), 'Kerberos')).rejects.toMatchObject({
      code: 'ERR_MISSING_PEER',
      message: 'Kerberos needs the optional package "koffi", which is not installed.',
      hint: 'Run: npm install koffi',
      cause,
    });
  });

  // rollup and ncc leave the word, esbuild puts a function in its place.
  it.each(['require is not defined', 'Dynamic require of "koffi" is not supported'])(
    'that a bundle cannot load, since %s, needs a require',
    async (message) => {
      await expect(loadOptionalPeer('koffi', () => Promise.reject(failure(message)), 'Kerberos')).rejects.toMatchObject(
        {
          code: 'ERR_MISSING_PEER',
          message:
            'Kerberos needs the optional package "koffi", which this bundle of ES modules cannot load: it has no require.',
          hint: expect.stringContaining('createRequire(import.meta.url)'),
        },
      );
    },
  );

  it.each([
    [
      failure('cannot enable executable stack as shared object requires: Invalid argument', 'ERR_DLOPEN_FAILED'),
      'cannot enable executable stack as shared object requires: Invalid argument.',
    ],
    [
      failure("Cannot find module './build/koffi.node'\nRequire stack:", 'MODULE_NOT_FOUND'),
      "Cannot find module './build/koffi.node'.",
    ],
    [
      failure('Cannot find the native Koffi module; did you bundle it correctly?'),
      'Cannot find the native Koffi module; did you bundle it correctly?',
    ],
    ['text', 'text.'],
  ])('that is there but does not load says why', async (cause, reason) => {
    await expect(loadOptionalPeer('koffi', () => Promise.reject(cause), 'Kerberos')).rejects.toMatchObject({
      code: 'ERR_MISSING_PEER',
      message: `Kerberos needs the optional package "koffi", which is installed but does not load: ${reason}`,
      hint: expect.stringContaining('npm rebuild koffi'),
      cause,
    });
  });
});
