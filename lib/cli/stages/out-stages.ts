import { filePath } from '../language/file-path.js';
import { itemsOf, type LineValue } from '../values/line-value.js';
import { valueText } from '../values/value-text.js';
import { defaultView } from '../views/default-view.js';
import type { StageContext, StageDefinition } from './stage.js';

/** What comes through the pipeline as the lines that the command would print. */
async function* shownLines(input: AsyncIterable<LineValue>, width: number | undefined): AsyncGenerator<string> {
  for await (const line of defaultView(input, width)) yield* line.split('\n');
}

export const OUT_NULL: StageDefinition = {
  name: 'Out-Null',
  aliases: [],
  parameters: {},
  positional: [],
  prepare: () =>
    async function* (input) {
      for await (const _ of input);
      yield* [];
    },
};

export const OUT_DEFAULT: StageDefinition = {
  name: 'Out-Host',
  aliases: ['oh', 'out-default'],
  parameters: { Paging: 'switch' },
  positional: [],
  prepare: () => (input) => input,
};

export const WRITE_HOST: StageDefinition = {
  name: 'Write-Host',
  aliases: [],
  parameters: { Object: 'value', Separator: 'text', ForegroundColor: 'text', BackgroundColor: 'text' },
  positional: ['Object'],
  makes: true,
  prepare: (call) =>
    async function* (input, { say }) {
      const given = call.value('Object');
      const separator = call.text('Separator') ?? ' ';
      const text = (value: LineValue) => itemsOf(value).map(valueText).join(separator);
      if (given !== undefined) say(text(given));
      else for await (const item of input) say(text(item));
      yield* [];
    },
};

export const OUT_STRING: StageDefinition = {
  name: 'Out-String',
  aliases: [],
  parameters: { Width: 'count', Stream: 'switch' },
  positional: [],
  gives: 'text',
  prepare: (call) =>
    async function* (input, { width }) {
      const lines: string[] = [];
      for await (const line of shownLines(input, call.count('Width') ?? width)) lines.push(line);
      if (call.isOn('Stream')) yield* lines;
      else if (lines.length > 0) yield `${lines.join('\n')}\n`;
    },
};

export const OUT_FILE: StageDefinition = {
  name: 'Out-File',
  aliases: [],
  parameters: {
    FilePath: 'text',
    LiteralPath: 'text',
    Append: 'switch',
    Encoding: 'text',
    Width: 'count',
    Force: 'switch',
    NoClobber: 'switch',
  },
  positional: ['FilePath', 'Encoding'],
  prepare: (call) => {
    const path = call.text('FilePath') ?? call.text('LiteralPath');
    if (path === undefined) throw call.refusal('-FilePath is missing', 'Name the file: Out-File report.txt.');
    filePath(path);
    const how = call.isOn('Append') ? 'append' : call.isOn('NoClobber') ? 'create' : 'replace';
    return (input, { files, width }) => writeToFile(input, path, how, { files, width: call.count('Width') ?? width });
  },
};

/** Writes what the command would print to the file that the line names, as UTF-8. Gives nothing on. */
export async function* writeToFile(
  input: AsyncIterable<LineValue>,
  path: string,
  how: Parameters<StageContext['files']['write']>[2],
  { files, width }: Pick<StageContext, 'files' | 'width'>,
): AsyncGenerator<LineValue> {
  const lines: string[] = [];
  for await (const line of shownLines(input, width)) lines.push(line);
  await files.write(path, lines.map((line) => `${line}\n`).join(''), how);
  yield* [];
}
