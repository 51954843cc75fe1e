import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import type { ErrorRecord } from '../../lib/cmdlet/contract/error-record.js';
import { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import type { Lab } from '../../lib/emulator/lab/lab.js';
import type { Caller } from '../../lib/emulator/request/request-handler.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';

/** Session options that lead to the servers of a lab, in memory; `sent` counts the requests. */
export function labSessions(lab: Lab, caller?: Partial<Caller>) {
  const counter = { sent: 0 };
  const sessionOptions: CimSessionOptions = {
    transport: ({ computerName }) => {
      const transport = lab.transport(computerName, caller);
      return {
        url: transport.url,
        host: transport.host,
        send: (request) => {
          counter.sent++;
          return transport.send(request);
        },
        close: () => transport.close(),
      };
    },
  };
  return { sessionOptions, counter };
}

/** The records of a call that has to fail with a CmdletError. */
export async function recordsOf(call: PromiseLike<unknown>): Promise<readonly ErrorRecord[]> {
  const error = await rejectionOf(call);
  if (!(error instanceof CmdletError)) throw error;
  return error.errors;
}
