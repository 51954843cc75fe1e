import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block of a page. */
export interface CodeBlock {
  /** Path from the top of the repository. */
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** `docs/x.md:12`, for the names of tests. */
  readonly name: string;
  readonly language: string;
  readonly source: string;
  /** Why it is not run: the comment `<!-- not run: … -->` above it. */
  readonly notRun?: string;
}

const FENCE = /^( *)(`{3,}|~{3,})(.*)$/;
const NOT_RUN = /^ *<!-- not run: (.+) -->$/;

/** The fenced blocks of a page, without the indentation of their fences. */
export function readBlocks(page: string, markdown: string): CodeBlock[] {
  const lines = markdown.split('\n');
  const blocks: CodeBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, indent = '', fence, language = ''] = FENCE.exec(lines[at] ?? '') ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && line.trim() === fence);
    if (end < 0) throw new Error(`${page}:${at + 1}: the block has no end.`);
    const source = lines.slice(at + 1, end).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    const notRun = NOT_RUN.exec(lines.slice(0, at).findLast((line) => line.trim() !== '') ?? '')?.[1];
    blocks.push({
      page,
      line: at + 1,
      name: `${page}:${at + 1}`,
      language: language.trim(),
      source: `${source.join('\n')}\n`,
      ...(notRun !== undefined && { notRun }),
    });
    at = end;
  }
  return blocks;
}

/** The pages that people read, from the top of the repository. */
export function pages(root: string): string[] {
  const markdown = (folder: string): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name));
  return ['README.md', ...markdown('docs'), ...markdown('examples')].sort();
}

export function blocksOf(root: string): CodeBlock[] {
  return pages(root).flatMap((page) => readBlocks(page, readFileSync(join(root, page), 'utf8')));
}
