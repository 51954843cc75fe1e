import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ENTRY = join(__dirname, '../../dist/index.js');
const SCRIPT = `require(${JSON.stringify(ENTRY)}); process.stdout.write(JSON.stringify(Object.keys(require.cache)));`;

describe("require('cimlet')", () => {
  it('does not load the words for codes of errors', () => {
    const loaded: string[] = JSON.parse(execFileSync(process.execPath, ['-e', SCRIPT], { encoding: 'utf8' }));
    expect(loaded).toContain(ENTRY);
    // A word of each table: of WS-Management's names, of what is said of them, of Windows' codes, of the DHCP provider's.
    const words = ['WSMAN_NULL_KEY', 'WSMAN_URI_NON_DMTF_CLASS', 'WBEM_E_UNPARSABLE_QUERY', 'no failover relationship'];
    const text = loaded.map((file) => readFileSync(file, 'utf8')).join('');
    expect(words.filter((word) => text.includes(word))).toEqual([]);
  });
});
