/** One call of a cmdlet on one server, as a plan makes it. */
export interface PlanStep {
  readonly server: string;
  readonly cmdlet: string;
  readonly parameters: Readonly<Record<string, StepValue>>;
}

/** What a parameter of a plan can be; a switch is true. */
export type StepValue = string | number | boolean | readonly string[];

const SWITCHES: ReadonlySet<string> = new Set(['Force', 'PartnerDown']);
/** What PowerShell takes for a single quotation mark. */
const QUOTES = /['\u2018\u2019\u201a\u201b]/g;
/** What an expandable text would expand, and its own quotation marks. */
const EXPANDABLE = /[`$"\u201c\u201d\u201e]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\0': '`0', '\n': '`n', '\r': '`r', '\t': '`t' };

/**
 * A call as one line of PowerShell, to read and to copy: cmdlet, `-ComputerName`, parameters in their order. Every text is quoted, whatever it
 * holds, so that `cimlet` and PowerShell read the same values out of it again.
 */
export function powershellLine({ server, cmdlet, parameters }: PlanStep): string {
  const words = Object.entries(parameters).flatMap(([name, value]) => {
    if (SWITCHES.has(name)) return value === true ? [`-${name}`] : [];
    return [`-${name}`, valueText(value)];
  });
  return [cmdlet, '-ComputerName', quoted(server), ...words].join(' ');
}

function valueText(value: StepValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  return typeof value === 'number' ? String(value) : value.map(quoted).join(',');
}

/** A text with a line break, which would break the line, is written with escapes. */
function quoted(text: string): string {
  if (!/[\0\n\r\t]/.test(text)) return `'${text.replaceAll(QUOTES, '$&$&')}'`;
  const escaped = text
    .replaceAll(EXPANDABLE, '`$&')
    .replaceAll(/[\0\n\r\t]/g, (control) => ESCAPES[control] ?? control);
  return `"${escaped}"`;
}
