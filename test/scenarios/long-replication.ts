import { expect, jest } from '@jest/globals';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import { addDhcpServerv4Failover } from '../../lib/dhcp-server/index.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import type { LabDescription } from '../../lib/emulator/lab/lab-description.js';
import { readRequestEnvelope } from '../../lib/wsman/service/read-request.js';
import { CuttingProxy } from '../support/cutting-proxy.js';

export const SERVER = 'dhcpserver.contoso.com';
const RELATIONSHIP = 'long';
const SCOPES = ['10.10.10.0', '10.20.20.0'];
/** More than the 42 s after which a server that has nothing to say tells that it is at work. */
const PER_SCOPE_MS = 100_000;

/** A lab whose replication takes minutes of its own time, which stands until the story moves it. */
export class LongReplication {
  readonly lab: Lab;
  #retransmissions = 0;
  #keepAlives = 0;
  readonly #replicated: string[] = [];

  constructor(description: LabDescription = {}) {
    this.lab = createLab({ ...description, service: { replicationMsPerScope: PER_SCOPE_MS } }, { follow: null });
    this.lab.observe((event) => {
      if (event.type === 'scope-replicated') this.#replicated.push(event.scopeId);
    });
    const handler = this.lab.handler.bind(this.lab);
    jest.spyOn(this.lab, 'handler').mockImplementation((name) => async (request) => {
      if (readRequestEnvelope(request.body, request.contentType).retransmission) this.#retransmissions++;
      const reply = await handler(name)(request);
      return { ...reply, body: this.#counted(reply.body) };
    });
  }

  async *#counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const envelope of body) {
      if (Buffer.from(envelope).includes('/wsman/Keepalive<')) this.#keepAlives++;
      yield envelope;
    }
  }

  /** Both scopes in one relationship, which is made without going over a socket. */
  async prepare(): Promise<void> {
    const sessionOptions = { transport: () => this.lab.transport(SERVER) };
    const partner = { Name: RELATIONSHIP, PartnerServer: 'dhcpserver2.contoso.com', ScopeId: SCOPES, Force: true };
    await addDhcpServerv4Failover({ ComputerName: SERVER, ...partner }, { sessionOptions });
    this.#replicated.length = 0;
  }

  /**
   * Replicates both scopes over a real socket: the server asks first, works for more than three minutes, tells in between that it does, and
   * the connection is cut after the first scope.
   */
  async run(target: { readonly host: string; readonly port: number }, options: CimSessionOptions): Promise<void> {
    await using proxy = await CuttingProxy.open(target);
    await using session = await newCimSession(SERVER, {
      ...options,
      connectTo: { host: proxy.host, port: proxy.port },
    });
    const before = { retransmissions: this.#retransmissions, keepAlives: this.#keepAlives };
    this.#replicated.length = 0;
    const asked: string[] = [];
    const output: unknown[] = [];
    let isCut = false;
    let isOver = false;
    const running = session
      .invokeMethod({
        namespace: 'root/Microsoft/Windows/DHCP',
        className: 'PS_DhcpServerv4FailoverReplication',
        method: 'InvokeByName',
        parameters: { Name: [RELATIONSHIP] },
        operationTimeoutMs: 60_000,
        promptUser: ({ message }) => {
          asked.push(message);
          return 'yes';
        },
        onProgress: () => {},
        onOutput: ({ itemValue }) => {
          output.push(itemValue);
          if (isCut) return;
          isCut = true;
          proxy.cutAll();
        },
      })
      .finally(() => {
        isOver = true;
      });
    running.catch(() => {});
    while (!isOver) {
      // While nobody is connected the lab's time stands: what is kept for a lost connection is dropped after 185 s of it.
      const isAway = isCut && this.#retransmissions === before.retransmissions;
      if (!isAway) this.lab.clock.advance(1_000);
      await new Promise(setImmediate);
    }
    expect((await running).returnValue ?? 0).toBe(0);
    expect(asked).toHaveLength(1);
    expect(output.flat()).toEqual(SCOPES);
    expect(this.#replicated).toEqual(SCOPES);
    expect(this.#keepAlives - before.keepAlives).toBeGreaterThanOrEqual(2);
    expect(this.#retransmissions - before.retransmissions).toBeGreaterThanOrEqual(1);
  }
}
