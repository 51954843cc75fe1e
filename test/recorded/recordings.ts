import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from '@jest/globals';

/** One recorded SOAP reply. */
export interface RecordedReply {
  /** What it is called here, `winrb/003.xml`. */
  readonly file: string;
  readonly source: string;
  readonly kind: string;
  readonly action: string;
  /** First element of the body; empty when there is none. */
  readonly first: string;
  readonly body: string;
}

/** One recorded HTTP message. */
export interface RecordedHttpMessage {
  readonly capture: string;
  readonly from: 'client' | 'server';
  /** With the empty line. */
  readonly head: string;
  readonly framing: 'length' | 'chunked';
  /** Sizes of the chunks that were recorded. */
  readonly chunks: readonly number[] | null;
  /** False: the capture ends within it. */
  readonly complete: boolean;
  /** In base64, chunk sizes taken off. */
  readonly body: string;
}

export interface RecordedChallenge {
  readonly source: string;
  /** In base64. */
  readonly challenge: string;
}

/** The folder that an environment variable names; undefined when it names none. */
export function folderOf(variable: string): string | undefined {
  const named = process.env[variable];
  if (named === undefined || named === '') return undefined;
  const folder = resolve(named);
  if (!existsSync(folder)) throw new Error(`${variable} names ${folder}, which does not exist.`);
  return folder;
}

/** Describes tests that read a folder from outside of the project; without it they are skipped, and a line says so. */
export function describeWithFolder(variable: string, name: string, tests: (folder: string) => void): void {
  const folder = folderOf(variable);
  if (folder !== undefined) {
    describe(name, () => tests(folder));
    return;
  }
  process.stderr.write(`skipped: ${name} (${variable} names no folder)\n`);
  describe.skip(`${name} (${variable} names no folder)`, () => {
    test('is not run', () => {});
  });
}

export function readReplies(folder: string): RecordedReply[] {
  const lines = readFileSync(join(folder, 'replies.jsonl'), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RecordedReply);
}

export function readHttpMessages(folder: string): RecordedHttpMessage[] {
  return JSON.parse(readFileSync(join(folder, 'windows-http.json'), 'utf8')) as RecordedHttpMessage[];
}

export function readChallenges(folder: string): RecordedChallenge[] {
  return JSON.parse(readFileSync(join(folder, 'ntlm-challenges.json'), 'utf8')) as RecordedChallenge[];
}
