// The line of a plan, read by the command's own parser, gives the parameters of the call: for texts of any kind.
import { describe, expect, it } from '@jest/globals';
import { parseCommandLine } from '../../../lib/cli/language/parse-line.js';
import type { LineExpression } from '../../../lib/cli/language/syntax.js';
import { NumberValue } from '../../../lib/cli/values/number-value.js';
import { powershellLine } from '../../../lib/pairs/planning/powershell-line.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

function constantOf(expression: LineExpression): unknown {
  if (expression.kind === 'literal') {
    return expression.value instanceof NumberValue ? Number(String(expression.value)) : expression.value;
  }
  if (expression.kind === 'array') return expression.elements.map(constantOf);
  throw new Error(`The line is more than constants: ${expression.kind}`);
}

/** What the line says, as the parser reads it. */
function parametersOf(line: string): Record<string, unknown> {
  const { statements } = parseCommandLine(line);
  expect(statements).toHaveLength(1);
  const [command, ...others] = statements[0]?.pipeline.commands ?? [];
  if (command === undefined || others.length > 0 || command.redirections.length > 0) throw new Error(line);
  const found: Record<string, unknown> = { cmdlet: command.name };
  let last = '';
  for (const element of command.elements) {
    if (element.kind === 'parameter') {
      last = element.name;
      found[last] = true;
    } else if (element.kind === 'value') found[last] = constantOf(element.value);
    else throw new Error('splat');
  }
  return found;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        '"',
        '`',
        '$',
        '$(x)',
        '\u2019',
        '\u201d',
        '\n',
        '\r',
        '\0',
        ';',
        '|',
        '#',
        '-',
        ' ',
        'a',
        '@',
        '{',
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
);

describe('the line of a call', () => {
  it('gives back what it was made of', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(text, { minLength: 2, maxLength: 3 }),
        fc.nat(),
        fc.boolean(),
        (server, name, list, id, on) => {
          const line = powershellLine({
            server,
            cmdlet: 'Set-DhcpServerv4OptionValue',
            parameters: { PolicyName: name, Value: list, OptionId: id, Enabled: on, Force: true },
          });
          expect(['\n', '\r', '\0'].filter((control) => line.includes(control))).toEqual([]);
          expect(parametersOf(line)).toEqual({
            cmdlet: 'Set-DhcpServerv4OptionValue',
            ComputerName: server,
            PolicyName: name,
            Value: list,
            OptionId: id,
            Enabled: on,
            Force: true,
          });
        },
      ),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('says a switch that is off by saying nothing', () => {
    const line = powershellLine({
      server: 'a',
      cmdlet: 'Remove-DhcpServerv4Failover',
      parameters: { Name: ['x'], Force: false },
    });
    expect(line).toBe("Remove-DhcpServerv4Failover -ComputerName 'a' -Name 'x'");
  });
});
