import { connect, type LookupFunction, type Socket } from 'node:net';
import type { Deadline } from '../../base/deadline.js';
import { firstToConnect } from './connection-attempts.js';

/** Loaded when something fails. */
export const failures = () => require('./node-errors.js') as typeof import('./node-errors.js');

/** Where a TCP connection goes. */
export interface TcpDestination {
  readonly host: string;
  readonly port: number;
}

export interface OpenTcpOptions {
  readonly lookup: LookupFunction | undefined;
  /** TLS will be spoken on it: for messages. */
  readonly secure: boolean;
  /** Nobody but the caller will read from it, and whole pieces. */
  readonly copiedReads: boolean;
  /** It is the proxy on the way to the server: for messages. */
  readonly isProxy?: boolean;
}

/** What is read from sockets of plain http, one read after another. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/** Connects to whichever address of the host answers first; when `deadline` is done, it rejects with its reason. */
export async function openTcp(to: TcpDestination, options: OpenTcpOptions, deadline: Deadline): Promise<Socket> {
  const { host, port } = to;
  const { lookup, secure, copiedReads, isProxy } = options;
  const dial = (address: string) => dialTo(address, port, copiedReads);
  try {
    return await firstToConnect({ host, lookup, dial, deadline });
  } catch (error) {
    throw deadline.reason ?? failures().fromNodeError(error, { host, port, secure, phase: 'connect', isProxy });
  }
}

function dialTo(host: string, port: number, copiedReads: boolean): Socket {
  if (!copiedReads) return connect({ host, port });
  // Node makes 64 KiB for each read and passes it through a stream; one buffer for all, copied from, costs less. Nothing is read before whoever
  // opens has its listener on: between the connection and that lie promises alone, and what came would be lost.
  const onread = {
    buffer: readBuffer,
    callback: (length: number) => {
      const bytes = Buffer.allocUnsafe(length);
      readBuffer.copy(bytes, 0, 0, length);
      socket.emit('data', bytes);
      return true;
    },
  };
  const socket: Socket = connect({ host, port, onread });
  return socket;
}
