import type { Session, WebContents, WebPreferences } from 'electron';
import type { PageFile } from '../page-files.js';
import { contentSecurityPolicy, PAGE_HEADERS } from '../policy.js';

/** The one address of the one page. */
export const PAGE_URL = 'app://console/';

/** What the window's page may be: everything that Chromium can take away is taken away. */
export const webPreferences = (preload: string): WebPreferences => ({
  preload,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  experimentalFeatures: false,
  allowRunningInsecureContent: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  devTools: false,
});

type Listened = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

/** The page stays where it is, opens nothing, and holds no other page. */
export function guardContents(contents: Listened): void {
  const prevent = (event: { preventDefault(): void }): void => event.preventDefault();
  contents.on('will-navigate', prevent);
  contents.on('will-frame-navigate', prevent);
  contents.on('will-redirect', prevent);
  contents.on('will-attach-webview', prevent);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

type GuardedSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'
>;

/** No permission is given, no device is shown, and nothing is downloaded: files are written by `save` alone. */
export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** The frame of a message, as far as it is looked at. */
interface Sender {
  readonly sender: unknown;
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/**
 * A message counts only from the main frame of our window while that shows exactly our page. A frame that is gone, one within the page, `about:blank`
 * and any other window do not.
 */
export function isFromPage({ sender, senderFrame }: Sender, contents: { readonly mainFrame: unknown }): boolean {
  if (sender !== contents || senderFrame === null) return false;
  // What stands behind a `#` is the page's own: which screen it shows.
  const [url] = senderFrame.url.split('#', 1);
  return senderFrame === contents.mainFrame && senderFrame.parent === null && url === PAGE_URL;
}

/** Answers `app://console/…` out of the files of the page. Any other address is not there. */
export function pageResponse(files: ReadonlyMap<string, PageFile>, url: string): Response {
  const headers = { ...PAGE_HEADERS, 'Content-Security-Policy': contentSecurityPolicy("'none'") };
  const path = url.startsWith(PAGE_URL) ? `/${url.slice(PAGE_URL.length)}` : '';
  const file = files.get(path);
  if (file === undefined) return new Response(null, { status: 404, headers });
  return new Response(new Uint8Array(file.bytes), { status: 200, headers: { ...headers, 'Content-Type': file.type } });
}
