import { enableCompileCache } from './process/compile-cache.js';

enableCompileCache();
void Promise.all([import('./process/run-in-process.js'), import('./main.js')]).then(([{ runInProcess }, { main }]) =>
  runInProcess(main),
);
