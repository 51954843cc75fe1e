import base from './jest.config.mjs';

// Against PowerShell itself, live: `npm run test:powershell`. `.ci/run` installs it.
export default {
  ...base,
  roots: ['<rootDir>/test/powershell', '<rootDir>/test/powershell-module'],
  testMatch: ['**/*.live.ts'],
};
