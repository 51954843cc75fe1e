import fc from 'fast-check';
import { fuzzSeed } from './fuzz-runs.js';

// `npm test` tries the same cases each time, so that whoever changes nothing sees nothing else, and what is red here is red there.
fc.configureGlobal({ seed: fuzzSeed(20261130) });

export default fc;
