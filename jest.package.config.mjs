import base from './jest.config.mjs';

// The package as it is published: what judges it, and the Node releases that it promises to run on. These are fetched from the registry.
export default { ...base, roots: ['<rootDir>/test/package'], testMatch: ['**/*.package.ts'] };
