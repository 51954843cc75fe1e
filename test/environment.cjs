const { channel } = require('node:diagnostics_channel');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

// Node 20 forgets a channel's subscribers when an earlier channel of the same name is collected. Each test file loads the library anew, and
// with it channels of its own; this module is shared by all files of a worker, so that the channels it holds outlive every one of them.
const source = readFileSync(join(__dirname, '../lib/base/diagnostics.ts'), 'utf8');

module.exports = class extends TestEnvironment {
  static channels = [...source.matchAll(/channel\('(cimlet:[^']+)'\)/g)].map(([, name]) => channel(name));
};
