// The line of a step, read by the command's own parser, gives the parameters of the call, for texts of any kind.
import { describe, expect, it } from '@jest/globals';
import { Secret, TimeSpan } from 'cimlet';
import { generatedSecret, lineOf, questionsOf, type Step, secondsText } from '../../../examples/console/engine/step.js';
import { parseCommandLine } from '../../../lib/cli/language/parse-line.js';
import type { LineExpression } from '../../../lib/cli/language/syntax.js';
import { NumberValue } from '../../../lib/cli/values/number-value.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

function constantOf(expression: LineExpression): unknown {
  if (expression.kind === 'literal') {
    return expression.value instanceof NumberValue ? Number(String(expression.value)) : expression.value;
  }
  if (expression.kind === 'array') return expression.elements.map(constantOf);
  if (expression.kind === 'variable') return `$${expression.name}`;
  throw new Error(`The line is more than constants: ${expression.kind}`);
}

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

const hostile = fc.array(
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
    '\u202e',
  ),
  { maxLength: 12 },
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  hostile.map((parts) => parts.join('')),
);

describe('rule 13: PowerShell lines quote every value', () => {
  it('rule 13: parse(line) equals the parameters', () => {
    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.array(text, { minLength: 2, maxLength: 4 }),
        fc.nat(100),
        (server, Name, PartnerServer, ScopeId, LoadBalancePercent) => {
          const parameters = { Name, PartnerServer, ScopeId, LoadBalancePercent, AutoStateTransition: false };
          const step: Step = { server, cmdlet: 'Add-DhcpServerv4Failover', parameters };
          expect(parametersOf(lineOf(step))).toEqual({ cmdlet: step.cmdlet, ComputerName: server, ...parameters });
        },
      ),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('rule 13: a switch has no value, and a secret stands in no line', () => {
    const Name = 'x';
    const down: Step = { server: 'a', cmdlet: 'Set-DhcpServerv4Failover', parameters: { Name, PartnerDown: true } };
    expect(lineOf(down)).toBe("Set-DhcpServerv4Failover -ComputerName 'a' -Name 'x' -PartnerDown");
    const step = { server: 'a', cmdlet: 'Set-DhcpServerv4Failover', parameters: { Name } };
    const canary = 'canary-secret-5d1';
    const line = lineOf({ ...step, secret: new Secret(canary) });
    expect(line).not.toContain(canary);
    expect(parametersOf(line)['SharedSecret']).toBe('$env:DHCP_SHARED_SECRET');
    expect(parametersOf(lineOf({ ...step, secret: null }))['SharedSecret']).toBeNull();
  });
});

it('expects a question more for a secret that travels, and for a mode that changes', () => {
  const step: Step = { server: 'a', cmdlet: 'Set-DhcpServerv4Failover', parameters: { Name: 'x' } };
  const secret = generatedSecret();
  expect(questionsOf(step)).toBe(1);
  expect(questionsOf({ ...step, secret: null })).toBe(1);
  expect(questionsOf({ ...step, secret })).toBe(1);
  expect(questionsOf({ ...step, secret, parameters: { Mode: 'HotStandby' } })).toBe(2);
});

it('generates secrets of 32 characters, each another one, that print as nothing', () => {
  const secrets = Array.from({ length: 50 }, generatedSecret);
  expect(new Set(secrets.map((secret) => secret.reveal())).size).toBe(50);
  for (const secret of secrets) expect(secret.reveal()).toMatch(/^[\w-]{32}$/);
  expect(JSON.stringify(secrets)).not.toContain(secrets[0]?.reveal());
});

it('writes seconds as PowerShell reads time spans', () => {
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), (seconds) => {
      expect(TimeSpan.parse(secondsText(seconds)).totalSeconds).toBe(seconds);
    }),
  );
});
