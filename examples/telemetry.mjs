// Traces of cmdlets and their messages, by OpenTelemetry, and the states of the sessions: all of it out of the diagnostics channels.
//
//   node examples/telemetry.mjs          CIMLET_SERVERS=server,partner or the emulated lab. With @opentelemetry/api installed, and an SDK
//                                        registered (node --import ./instrumentation.mjs …), spans go where that sends them; else they are printed
import { subscribe } from 'node:diagnostics_channel';
import { getDhcpServerv4Failover, getDhcpServerv4Scope, newCimSession } from 'cimlet';
import { connect } from './connect.mjs';

const { trace, context } = await import('@opentelemetry/api').catch(() => ({ trace: printed(), context: undefined }));
traceCmdlets(trace, context);
subscribe('cimlet:session:state', ({ computerName, state, code = '' }) => {
  console.log(`${computerName} is ${state} ${code}`.trimEnd());
});

const { servers, sessionOptions, close } = await connect();
const sessions = await Promise.all(servers.slice(0, 2).map((server) => newCimSession(server, sessionOptions)));
try {
  await getDhcpServerv4Scope({ CimSession: sessions });
  await getDhcpServerv4Failover({ CimSession: sessions[0], Name: 'no such relationship' }).catch(() => {});
} finally {
  for (const session of sessions) await session.close();
  await close();
}

/** A span for each cmdlet on each computer, and below it one for each message. Takes OpenTelemetry's `trace` and `context`. */
function traceCmdlets(traces, contexts) {
  const tracer = traces.getTracer('cimlet');
  const CLIENT = 2; // SpanKind.CLIENT
  const ERROR = 2; // SpanStatusCode.ERROR
  const running = new Map(); // spans of cmdlets, by invocation
  const below = (invocation) => {
    const parent = running.get(invocation);
    // Outside of a cmdlet, what the caller's own span is: the channels publish in the caller's context.
    return parent === undefined ? contexts?.active() : traces.setSpan(contexts?.active(), parent);
  };
  subscribe('cimlet:cmdlet:start', ({ cmdlet, computerName, session, invocation, parent }) => {
    const attributes = { 'server.address': computerName, 'cimlet.session': session };
    running.set(invocation, tracer.startSpan(cmdlet, { attributes }, below(parent)));
  });
  subscribe('cimlet:cmdlet:end', ({ invocation, failed, code }) => {
    const span = running.get(invocation);
    running.delete(invocation);
    if (failed) span?.setStatus({ code: ERROR, message: code });
    span?.end();
  });
  const message = ({ action, computerName, durationMs, status, code, invocation }) => {
    const attributes = {
      'rpc.system': 'wsman',
      'rpc.method': action,
      'server.address': computerName,
      ...(status !== undefined && { 'http.response.status_code': status }),
      ...(code !== undefined && { 'error.type': code }),
    };
    const name = action.slice(action.lastIndexOf('/') + 1);
    const startTime = Date.now() - durationMs;
    const span = tracer.startSpan(name, { kind: CLIENT, startTime, attributes }, below(invocation));
    if (code !== undefined) span.setStatus({ code: ERROR, message: code });
    span.end();
  };
  subscribe('cimlet:request:end', message);
  subscribe('cimlet:request:error', message);
}

/** What of OpenTelemetry is needed here, on the console: each span when it ends, those below another with two blanks. */
function printed() {
  const startSpan = (name, { attributes, startTime = Date.now() }, parent) => {
    let failure = '';
    return {
      setStatus: ({ message = 'errors' }) => {
        failure = `, failed: ${message}`;
      },
      end: () => {
        const took = Math.round(Date.now() - startTime);
        console.log(
          `${parent === undefined ? '' : '  '}${name} on ${attributes['server.address']}: ${took} ms${failure}`,
        );
      },
    };
  };
  return { getTracer: () => ({ startSpan }), setSpan: (_context, span) => span };
}
