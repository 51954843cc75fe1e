import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import { fitted } from '../../views/fitted.js';
import { cimExamples } from './cim-examples.js';
import { cmdletPage } from './shipped-page.js';

interface ShownExample {
  readonly title: string;
  /** A line of PowerShell. */
  readonly command: string;
  readonly remarks: readonly string[];
}

/** What `Get-Help CMDLET -Examples` prints, as PowerShell has it; undefined for a cmdlet without any. */
export function examplesHelp(
  { name, synopsis }: Pick<Cmdlet, 'name' | 'synopsis'>,
  width: number | undefined,
): string | undefined {
  const examples = examplesOf(name);
  if (examples.length === 0) return undefined;
  const text = examples.flatMap(({ title, command, remarks }, index) => {
    const rule = '-'.repeat(Math.max(2, Math.floor((76 - title.length) / 4)));
    return [
      `    ${rule} Example ${index + 1}: ${title} ${rule}`,
      '',
      // Left to the terminal where it is long: it is there to be copied.
      `    ${command}`,
      '',
      ...remarks.flatMap((remark) => [...fitted(`    ${remark}`, width), '']),
      '',
    ];
  });
  return ['NAME', `    ${name}`, '', 'SYNOPSIS', ...fitted(`    ${synopsis}`, width), '', '', ...text].join('\n');
}

/** Those of the CIM cmdlets, else those of the schemas, which the cmdlet's page has. */
function examplesOf(name: string): readonly ShownExample[] {
  const own = cimExamples[name];
  if (own !== undefined) return own.map(({ title, command }) => ({ title, command, remarks: [] }));
  const [, ...sections] = (cmdletPage(name, 'Examples') ?? '').split('\n### ');
  return sections.map(pageExample);
}

const ON_LAB = "cimlet --emulator '";
const PREPARES = 'The part before the last semicolon prepares the fresh lab of `--emulator`.';

/** An example of a page in Markdown: its line for the shell, and sentences; what is TypeScript there is not for this reader. */
function pageExample(section: string): ShownExample {
  const [title = '', ...lines] = section.split('\n');
  let isCode = false;
  let line = '';
  const remarks: string[] = [];
  for (const one of lines) {
    if (one.startsWith('```')) isCode = !isCode;
    else if (isCode && one.startsWith(ON_LAB)) line = one.slice(ON_LAB.length, -1).replaceAll("'\\''", "'");
    else if (!isCode && one !== '' && !one.startsWith('See also')) remarks.push(one.replaceAll('`', ''));
  }
  const prepared = remarks.indexOf(PREPARES.replaceAll('`', ''));
  if (prepared < 0) return { title, command: line, remarks };
  return {
    title,
    command: line.slice(line.lastIndexOf('; ') + 2),
    remarks: remarks.filter((_, index) => index !== prepared),
  };
}
