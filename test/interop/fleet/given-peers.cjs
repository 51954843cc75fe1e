// For a worker's process: the engine of the folder CIMLET_FLEET_PEERS, such as the oldest one that is allowed, in the place of the installed one.
const { join } = require('node:path');
const Module = require('node:module');

const PEERS = new Set(['bullmq', 'ioredis']);
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  resolve(PEERS.has(request) ? join(process.env.CIMLET_FLEET_PEERS, request) : request, ...rest);
