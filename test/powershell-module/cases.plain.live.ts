import { describeScripts } from './script-cases.js';

describeScripts('scripts, with plain objects', { CIMLET_OBJECTS: 'plain' });
