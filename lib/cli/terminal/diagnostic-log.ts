import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { DiagnosticChannelName, DiagnosticMessages } from '../../base/diagnostics.js';

const TEXTS: { readonly [N in DiagnosticChannelName]: (message: DiagnosticMessages[N]) => string } = {
  'cimlet:connection:open': ({ host, port, secure }) => `Connected to ${host}:${port}${secure ? ' over TLS' : ''}.`,
  'cimlet:connection:close': ({ host, port, requests }) =>
    `Disconnected from ${host}:${port} after ${requests} ${requests === 1 ? 'request' : 'requests'}.`,
  'cimlet:auth:complete': ({ host, mechanism, encrypts, delegates, roundTrips }) =>
    `Logged on to ${host} with ${mechanism} in ${roundTrips} round ${roundTrips === 1 ? 'trip' : 'trips'}; messages are ${encrypts ? 'sealed' : 'not sealed'}, credentials ${delegates ? 'delegated' : 'not delegated'}.`,
  'cimlet:auth:mechanism': ({ host, mechanism, declined }) => {
    const without = declined.map((one) => `${one.mechanism} cannot be used (${one.code}); `).join('');
    return `${host}: ${without}Negotiate settled on ${mechanism ?? 'nothing'}.`;
  },
  'cimlet:auth:failed': ({ host, mechanism, code }) => `${host} refused ${mechanism} (${code}).`,
  'cimlet:request:start': ({ url, action, messageId, bytes }) =>
    `→ ${url} ${lastPart(action)} ${messageId}, ${bytes} bytes.`,
  'cimlet:request:end': ({ url, action, messageId, status, durationMs }) =>
    `← ${url} ${lastPart(action)} ${messageId}: ${status} after ${Math.round(durationMs)} ms.`,
  'cimlet:request:error': ({ url, action, messageId, code }) => `← ${url} ${lastPart(action)} ${messageId}: ${code}.`,
  'cimlet:request:control': ({ url, action, status, code }) => `→ ${url} ${lastPart(action)}: ${status ?? code}.`,
  'cimlet:session:state': ({ computerName, state, previous, code }) =>
    `The session with ${computerName} was ${previous} and is ${state}${code === undefined ? '' : ` (${code})`}.`,
  'cimlet:cmdlet:bound': ({ cmdlet, parameterSet, parameters }) =>
    `${cmdlet} is called by its set ${parameterSet} with ${Object.keys(parameters).join(', ') || 'no parameters'}.`,
  'cimlet:cmdlet:start': ({ cmdlet, computerName }) => `${cmdlet} begins on ${computerName}.`,
  'cimlet:cmdlet:end': ({ cmdlet, computerName, durationMs, failed, code }) =>
    `${cmdlet} ${failed ? 'failed' : 'is done'} on ${computerName} after ${Math.round(durationMs)} ms${code === undefined ? '' : ` (${code})`}.`,
  'cimlet:cmdlet:retry': ({ computerName, attempt, delayMs, code }) =>
    `${computerName} is busy (${code}); try ${attempt + 1} in ${Math.round(delayMs)} ms.`,
};

/** Prints what the library publishes about connections, logons and requests, as lines, until the returned function is called. */
export function startDiagnosticLog(print: (line: string) => void): () => void {
  const stops = Object.entries(TEXTS).map(([name, text]) => {
    // The channel's name decides the message's type; the table above pairs them.
    const listener = (message: unknown) => print((text as (message: unknown) => string)(message));
    subscribe(name, listener);
    return () => unsubscribe(name, listener);
  });
  return () => {
    for (const stop of stops) stop();
  };
}

function lastPart(action: string): string {
  return action.slice(action.lastIndexOf('/') + 1);
}
