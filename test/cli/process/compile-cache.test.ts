import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { enableCompileCache } from '../../../lib/cli/process/compile-cache.js';

describe('what Node compiled', () => {
  let home: string;
  let kept: string[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'cimlet-cache-'));
    kept = [];
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function enabledWith(env: NodeJS.ProcessEnv): readonly string[] {
    enableCompileCache(env, (directory) => kept.push(directory));
    return kept;
  }

  it("is kept in the user's cache folder, which is made for nobody else", () => {
    const folder = join(home, 'cache');
    expect(enabledWith({ XDG_CACHE_HOME: folder })).toEqual([join(folder, 'cimlet')]);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'cimlet')).mode & 0o777).toBe(0o700);
  });

  it.each(['', 'here'])('is not kept where the command is called: %p', (relative) => {
    expect(enabledWith({ XDG_CACHE_HOME: relative, LOCALAPPDATA: home })).toEqual([join(home, 'cimlet')]);
  });

  (process.platform === 'win32' ? it.skip : it)('is not kept where others can write', () => {
    mkdirSync(join(home, 'cimlet'));
    chmodSync(join(home, 'cimlet'), 0o777);
    expect(enabledWith({ XDG_CACHE_HOME: home })).toEqual([]);
  });

  it('is not kept in a folder that cannot be made', () => {
    expect(enabledWith({ XDG_CACHE_HOME: join(process.execPath, 'no folder') })).toEqual([]);
  });

  it("is left to Node where the user told Node's own variable", () => {
    expect(enabledWith({ XDG_CACHE_HOME: home, NODE_COMPILE_CACHE: home })).toEqual([]);
  });
});
