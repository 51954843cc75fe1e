import type { CimValue } from '../../../cim/value/cim-value.js';
import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { connectAddressed } from './connect.js';
import { messages } from './messages.js';
import type { MethodArguments } from './method-arguments.js';
import type { OutputInstances } from './output-instances.js';
import type { ProviderContext, ProviderResult } from './provider-context.js';

/** A method of a PS_ class: runs the operation and turns what it gives into CIM values for `cmdletOutput`. */
export type ProviderMethod = (
  context: ProviderContext,
  parameters: MethodArguments,
  output: OutputInstances,
) => ProviderResult<CimValue>;

/** Methods by `Class.Method`. */
export type ProviderMethods = Readonly<Record<string, ProviderMethod>>;

/** The properties of one object that a method gives out. */
export type Row = Readonly<Record<string, CimValue>>;

/** A call on a DHCP server that was reached, and may be called so. */
export interface ServerCall {
  readonly context: ProviderContext;
  readonly server: DhcpServer;
  /** What messages call the server. */
  readonly host: string;
  readonly parameters: MethodArguments;
  /** The lab's time, milliseconds since 1970. */
  readonly now: number;
}

type Run = (call: ServerCall) => ProviderResult<Row> | readonly Row[];

/** A method that looks: for readers, and what it gives is written. */
export function reads(className: string, run: Run): ProviderMethod {
  return method(className, run, 'reader');
}

/** A method that changes something: for administrators, and what it gives is written with PassThru alone. */
export function changes(className: string, run: Run): ProviderMethod {
  return method(className, run, 'administrator');
}

/**
 * A method on the directory: it runs on the session's own server, and asks for rights there, not on a DHCP server. What it gives is written when
 * it looks, or with PassThru.
 */
export function inDirectory(className: string, how: 'reads' | 'changes', run: Run): ProviderMethod {
  return (context, parameters, output) => {
    const { network, server, caller } = context;
    const host = network.ownName(server);
    if (how === 'changes' && !caller.changesDirectory) {
      throw dhcpError(network.choices.noRightsCode, context.failedOperation?.(host) ?? messages.getVersion(host));
    }
    return written(
      run,
      { context, server, host, parameters, now: network.clock.now() },
      className,
      output,
      how === 'reads',
    );
  };
}

function method(className: string, run: Run, need: 'reader' | 'administrator'): ProviderMethod {
  return (context, parameters, output) => {
    const { server, host } = connectAddressed(context, parameters.text('ComputerName'), need);
    const call = { context, server, host, parameters, now: context.network.clock.now() };
    return written(run, call, className, output, need === 'reader');
  };
}

/** What a call gives; of one that changes something with PassThru alone. */
function written(
  run: Run,
  call: ServerCall,
  className: string,
  output: OutputInstances,
  isRead: boolean,
): ProviderResult<CimValue> {
  const given = run(call);
  const result: ProviderResult<Row> = 'output' in given ? given : { output: given, errors: [] };
  const { parameters } = call;
  const isWritten = isRead || (parameters.flag('PassThru') ?? parameters.flag('Passthru')) === true;
  const rows = isWritten ? result.output : [];
  return { ...result, output: rows.map((row) => output.instance(className, row)) };
}
