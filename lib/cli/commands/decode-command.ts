import { readFile } from 'node:fs/promises';
import { type CommandIo, type TextSource, writeText } from '../terminal/command-io.js';
import type { CommandOptions } from '../usage/options.js';
import { systemErrorCode } from '../usage/system-error-code.js';
import { UsageError } from '../usage/usage-error.js';
import { bytesOfContent, bytesOfText } from './decode/decode-input.js';
import { decodeReport } from './decode/decode-report.js';
import { reportLines } from './decode/report.js';

/** `cimlet decode TEXT|FILE|-`: says what a token, an encrypted body or an envelope is. */
export async function runDecode(given: readonly string[], options: CommandOptions, io: CommandIo): Promise<number> {
  const words = given.filter((word) => word !== '--json');
  const json = options.json || words.length < given.length;
  if (words.length === 0 && io.stdin.isTTY === true) throw nothing('There is nothing to decode.');
  const reports = decodeReport(await inputBytes(words, io));
  const lines = json
    ? reports.map((report) => JSON.stringify(report))
    : reports.flatMap((report) => reportLines(report));
  for (const line of lines) await writeText(io.stdout, `${line}\n`);
  return 0;
}

const nothing = (message: string): UsageError =>
  new UsageError(
    `${message} cimlet decode explains a Negotiate token, an encrypted body or a SOAP envelope.`,
    'Write cimlet decode TEXT, which is base64 or hexadecimal; cimlet decode FILE; or cimlet decode - for standard input.',
  );

async function inputBytes(words: readonly string[], io: CommandIo): Promise<Uint8Array> {
  const text = words.join(' ');
  if (text === '' || text === '-') {
    const content = await readAll(io.stdin);
    if (content.length === 0) throw nothing('There is nothing to decode: standard input is empty.');
    return bytesOfContent(content);
  }
  try {
    return bytesOfContent(await readFile(text));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EISDIR' || code === 'EACCES')
      throw new UsageError(`${JSON.stringify(text)} cannot be read (${code}).`, 'Give a file.');
    if (code === undefined) throw error;
    return bytesOfText(text);
  }
}

function readAll(source: TextSource): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const finish = () => resolve(Buffer.concat(chunks));
    source.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    source.on('end', finish);
    source.on('close', finish);
    source.resume();
  });
}
