import { enableCompileCache } from './compile-cache.js';

enableCompileCache();
void import('./command-process.js');
