import { contextBridge, ipcRenderer } from 'electron';
import { CHANNELS } from './messages.js';

type Listen = (event: unknown) => void;

/** What the page gets: one frozen object with one function. Neither ipcRenderer, nor its events, nor the names of channels cross. */
const listeners = new Map<string, Listen>();
let last = 0;

ipcRenderer.on(CHANNELS.event, (_event, id: unknown, event: unknown) => {
  const listen = listeners.get(String(id));
  if (Object(event).type === 'end') listeners.delete(String(id));
  listen?.(event);
});

function run(method: unknown, params: unknown, listen: unknown): (how: unknown) => void {
  if (typeof listen !== 'function') throw new TypeError('listen is no function.');
  last += 1;
  // Of this page alone: one that was loaded before it had others.
  const id = `${performance.timeOrigin}-${last}`;
  listeners.set(id, listen as Listen);
  ipcRenderer.send(CHANNELS.run, id, method, params);
  return (how) => ipcRenderer.send(CHANNELS.stop, id, how);
}

contextBridge.exposeInMainWorld('cimletConsole', Object.freeze({ api: 1, run }));
