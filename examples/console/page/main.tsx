import { render } from 'preact';
import type { Bridge } from '../bridge.js';
import { App } from './app.js';
import { ConsoleModel, ModelProvider } from './data/console-model.js';
import { overFetch, takeToken } from './data/over-fetch.js';
import { followRoute } from './data/route.js';
import { fetchLater } from './parts/later.js';

declare global {
  interface Window {
    /** What Electron's preload script gives the page: a bridge, and nothing else. */
    readonly cimletConsole?: Bridge;
  }
}

const preloaded = window.cimletConsole;
if (preloaded === undefined) await takeToken();
followRoute();
const model = new ConsoleModel(preloaded ?? overFetch());
const root = document.getElementById('console');
if (root !== null) {
  render(
    <ModelProvider value={model}>
      <App />
    </ModelProvider>,
    root,
  );
}
void model.start();
// With the first screen there, the rest of the page.
requestIdleCallback(() => fetchLater().catch(() => undefined), { timeout: 2000 });
