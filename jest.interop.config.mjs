import base from './jest.config.mjs';

// Against programs that are not ours: MIT Kerberos, gss-ntlmssp, pywinrm, curl, openssl, xmllint. `.ci/run` installs them.
export default {
  ...base,
  roots: ['<rootDir>/test/interop'],
  testMatch: ['**/*.interop.ts'],
  globalSetup: '<rootDir>/test/interop/kdc.ts',
  testTimeout: 120_000,
};
