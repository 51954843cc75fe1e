import { exceptionsOf } from '../../cmdlet/repeat/judge-failure.js';
import type { CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import type { FleetError } from '../contract/fleet-outcome.js';
import { isSecretName } from '../plan/secret-parameters.js';

const LONGEST_MESSAGE = 2_000;

/** What a cmdlet gave, as plain data. A property that is a secret, or is called one, is left out. */
export function plainOutput(output: readonly unknown[], cmdlet: CmdletSyntax): readonly unknown[] {
  const secrets = new Set(cmdlet.parameters.filter(({ secret }) => secret).map(({ name }) => name.toLowerCase()));
  const isSecret = (name: string) => secrets.has(name.toLowerCase()) || isSecretName(name);
  const text = JSON.stringify(output, (name, value: unknown) =>
    isSecret(name) && typeof value !== 'boolean' ? undefined : typeof value === 'bigint' ? String(value) : value,
  );
  return JSON.parse(text) as readonly unknown[];
}

/** Of several records the first. The library's own texts hold no secret. */
export function plainError(failure: unknown): FleetError {
  const [first = failure] = exceptionsOf(failure);
  const { code, messageId, message, hint } = Object(first) as Partial<
    Record<'code' | 'messageId' | 'message' | 'hint', unknown>
  >;
  return {
    code: typeof code === 'string' ? code : 'ERR_PROTOCOL',
    ...(typeof messageId === 'string' && { id: messageId }),
    message: String(message ?? first).slice(0, LONGEST_MESSAGE),
    ...(typeof hint === 'string' && { hint: hint.slice(0, LONGEST_MESSAGE) }),
  };
}
