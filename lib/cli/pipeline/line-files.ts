import { CimletError } from '../../base/errors.js';
import { filePath } from '../language/file-path.js';
import type { LineFiles } from '../stages/stage.js';
import { UsageError } from '../usage/usage-error.js';

/** Few lines name a file. */
const disk = () => import('node:fs/promises');

/** The files that a line names, by their paths from the current folder, as UTF-8. */
export const lineFiles: LineFiles = {
  read: (path) => named(path, 'read', async () => (await disk()).readFile(filePath(path), 'utf8')),
  write: (path, text, how) =>
    named(path, 'written', async () => (await disk()).writeFile(filePath(path), text, { flag: FLAGS[how] })),
};

const FLAGS = { replace: 'w', append: 'a', create: 'wx' } as const;

async function named<T>(path: string, verb: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CimletError('ERR_INVALID_ARGUMENT', `The file ${JSON.stringify(path)} cannot be ${verb}. ${reason}`, {
      hint: 'Give the path of a file that you may use.',
      cause,
    });
  }
}
