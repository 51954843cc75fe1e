import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Method, RunEvent, SavedFile } from '../bridge.js';

/** Asks where a file goes; undefined: nowhere. */
export type AskWhere = (name: string) => Promise<string | undefined>;

/** The only way a file leaves the console: what `save` gives is written where a person says. The text goes to the page no more then. */
export async function withFileWritten(event: RunEvent<Method>, ask: AskWhere): Promise<RunEvent<Method>> {
  const file = savedFileOf(event);
  if (event.type !== 'end' || file === undefined) return event;
  const path = await ask(basename(file.name));
  if (path === undefined)
    return { type: 'end', how: 'stopped', result: { ...file, text: '', savedAs: null }, problem: null };
  try {
    await writeFile(path, file.text, { mode: 0o600 });
    return { ...event, result: { ...file, text: '', savedAs: path } };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const problem = {
      code: 'ERR_FILE',
      where: null,
      what: `The file could not be written: ${what}`,
      remedy: 'Choose another folder.',
      changed: 'nothing',
      again: false,
      record: null,
    } as const;
    return { type: 'end', how: 'failed', result: null, problem };
  }
}

function savedFileOf(event: RunEvent<Method>): SavedFile | undefined {
  if (event.type !== 'end' || event.result === null || !('mediaType' in event.result)) return undefined;
  return event.result;
}
