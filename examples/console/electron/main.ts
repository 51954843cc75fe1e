import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, safeStorage, session, utilityProcess } from 'electron';
import { pageFiles } from '../page-files.js';
import { EngineHost, type EngineProcess } from './engine-host.js';
import { ElectronKeyStore } from './key-store.js';
import { CHANNELS } from './messages.js';
import { withFileWritten } from './save-file.js';
import { guardContents, guardSession, isFromPage, PAGE_URL, pageResponse, webPreferences } from './window-rules.js';

/** Electron's main process: a window, its rules, the key store. It knows nothing of servers, and holds a password only while it hands it on. */
async function openConsole(): Promise<void> {
  const files = await pageFiles(join(__dirname, 'page'));
  protocol.handle('app', ({ url }) => pageResponse(files, url));
  guardSession(session.defaultSession);
  Menu.setApplicationMenu(null);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 480,
    show: false,
    webPreferences: webPreferences(join(__dirname, 'preload.cjs')),
  });
  const { webContents } = window;
  const folder = app.getPath('userData');
  const host = new EngineHost({
    fork: () =>
      utilityProcess.fork(join(__dirname, 'engine.cjs'), [], { serviceName: 'cimlet engine' }) as EngineProcess,
    folder,
    keyStore: new ElectronKeyStore(safeStorage, join(folder, 'logon'), process.platform),
    send: (id, event) => {
      withFileWritten(event, async (name) => {
        const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: name });
        return canceled || filePath === '' ? undefined : filePath;
      }).then(
        (told) => {
          if (!webContents.isDestroyed()) webContents.send(CHANNELS.event, id, told);
        },
        () => undefined,
      );
    },
  });
  ipcMain.on(CHANNELS.run, (event, id: unknown, method: unknown, params: unknown) => {
    if (!isFromPage(event, webContents)) return console.warn('A message that is not from the page was dropped.');
    if (typeof id === 'string' && id.length <= 64 && typeof method === 'string') host.run(id, method, params);
  });
  ipcMain.on(CHANNELS.stop, (event, id: unknown, how: unknown) => {
    if (!isFromPage(event, webContents)) return console.warn('A message that is not from the page was dropped.');
    if (typeof id === 'string') host.stop(id, how === 'now' ? 'now' : 'after-these');
  });
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) host.stopAll();
  });
  window.once('ready-to-show', () => window.show());
  window.once('closed', () => host.close());
  app.on('second-instance', () => window.focus());
  await window.loadURL(PAGE_URL);
}

// Without a package of its own its name is Electron's, and its folder that of every other program that was started so.
if (!app.commandLine.hasSwitch('user-data-dir'))
  app.setPath('userData', join(app.getPath('appData'), 'cimlet-console'));
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
app.on('web-contents-created', (_event, contents) => guardContents(contents));
app.on('window-all-closed', () => app.quit());
if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(openConsole)
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      app.exit(1);
    });
} else app.quit();
