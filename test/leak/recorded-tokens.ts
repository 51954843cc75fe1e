import type { AcceptorContext } from '../../lib/auth/contract/acceptor-context.js';
import type { LabUsers } from '../../lib/emulator/lab/lab-users.js';
import { acceptorFactories } from '../../lib/emulator/listener/acceptors.js';
import type { AuthenticationSettings } from '../../lib/emulator/listener/authentication-settings.js';
import { LabAuthority } from '../../lib/emulator/listener/certificates.js';

/** The usual acceptors of a lab's listeners, which hand over every token that they receive or send. */
export function recordedAcceptors(
  users: LabUsers,
  record: (token: Uint8Array) => void,
): NonNullable<AuthenticationSettings['acceptors']> {
  const usual = acceptorFactories(users, new LabAuthority(), {});
  return Object.fromEntries(
    [...usual].map(([scheme, make]) => [scheme, (target) => recording(make(target), record)] as const),
  );
}

function recording(context: AcceptorContext, record: (token: Uint8Array) => void): AcceptorContext {
  const step = context.step.bind(context);
  context.step = async (token, channelBindings) => {
    if (token !== undefined) record(new Uint8Array(token));
    const answer = await step(token, channelBindings);
    if (answer !== undefined) record(new Uint8Array(answer));
    return answer;
  };
  return context;
}
