import type { Params } from '../../bridge.js';
import type { ConsoleModel } from './console-model.js';
import { ask, problemFrom } from './reading.js';

/** The engine writes the text; a browser hands it on as a download, Electron has asked where and written it. */
export async function save(model: ConsoleModel, params: Params['save']): Promise<void> {
  try {
    const file = await ask(model.bridge, 'save', params);
    if (file.savedAs === null) download(file.name, file.text, file.mediaType);
    model.announce(file.savedAs === null ? `${file.name} is saved.` : `Saved as ${file.savedAs}.`);
  } catch (error) {
    model.announce(problemFrom(error).what, true);
  }
}

export function download(name: string, text: string, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
