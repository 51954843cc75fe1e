import base from './jest.config.mjs';

// Against programs that are not ours: MIT Kerberos, gss-ntlmssp, pywinrm, curl, openssl, xmllint. `.ci/run` installs them.
// Or against other peers than those that are installed, such as the oldest ones that are allowed: the folder with them.
const peers = process.env.CIMLET_FLEET_PEERS;
const ofPeers = peers === undefined ? {} : { '^(bullmq|ioredis)$': `${peers}/$1` };

export default {
  ...base,
  moduleNameMapper: { ...ofPeers, ...base.moduleNameMapper },
  roots: ['<rootDir>/test/interop'],
  testMatch: ['**/*.interop.ts'],
  globalSetup: '<rootDir>/test/interop/kdc.ts',
  testTimeout: 120_000,
};
