import { describeScripts } from './script-cases.js';

describeScripts('scripts, with Microsoft’s types', {});
