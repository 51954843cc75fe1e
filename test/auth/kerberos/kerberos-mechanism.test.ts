import { describe, expect, it } from '@jest/globals';
import type { GssInitiatorOptions, GssProvider, GssSession } from '../../../lib/auth/kerberos/gss-provider.js';
import { kerberosInitiator } from '../../../lib/auth/kerberos/kerberos-mechanism.js';
import { CimletError } from '../../../lib/base/errors.js';

/** A provider that an application brings: one token each way. */
class RecordingProvider implements GssProvider {
  readonly name = 'fake';
  readonly asked: GssInitiatorOptions[] = [];
  disposed = 0;

  async initiate(options: GssInitiatorOptions): Promise<GssSession> {
    this.asked.push(options);
    let steps = 0;
    return {
      get complete() {
        return steps > 1;
      },
      peer: 'HTTP/dhcpserver.contoso.com',
      delegated: options.delegate,
      step: async () => (++steps > 1 ? undefined : Buffer.from('AP-REQ')),
      wrap: (data) => ({ header: Buffer.from('header'), data }),
      unwrap: (_header, data) => data,
      getMic: () => Buffer.from('mic'),
      verifyMic: () => {
        throw new CimletError('ERR_MESSAGE_INTEGRITY', 'wrong');
      },
      dispose: () => {
        this.disposed += 1;
      },
    };
  }

  async accept(): Promise<GssSession> {
    throw new Error('not asked');
  }
}

describe('the Kerberos initiator', () => {
  const identity = { principal: 'dhcpadmin@CONTOSO.COM' };

  it('asks an injected provider for HTTP/host, and steps to the end', async () => {
    const provider = new RecordingProvider();
    const context = kerberosInitiator({ provider, host: 'dhcpserver.contoso.com', identity, delegate: true });
    expect(context.capabilities).toEqual({
      bindsChannel: true,
      delegates: true,
      connectionBound: true,
    });
    const bindings = Buffer.from('tls-server-end-point:x');
    expect(Buffer.from((await context.step(undefined, bindings)) ?? []).toString()).toBe('AP-REQ');
    expect(context.complete).toBe(false);
    await context.step(Buffer.from('AP-REP'), bindings);
    expect(context.complete).toBe(true);
    expect(provider.asked).toEqual([
      { identity, service: 'HTTP@dhcpserver.contoso.com', delegate: true, channelBindings: bindings },
    ]);
    context.dispose();
    expect(provider.disposed).toBe(1);
  });

  it('takes the service and host of the SPN from its options', async () => {
    const provider = new RecordingProvider();
    await kerberosInitiator({
      provider: async () => provider,
      host: '10.0.0.1',
      identity,
      spnService: 'WSMAN',
      spnHost: 'a.contoso.com',
    }).step(undefined);
    expect(provider.asked[0]?.service).toBe('WSMAN@a.contoso.com');
  });

  it.each(['10.10.10.1', '10.10.10.1:5985', 'fe80::1'])(
    'refuses the address %s without asking for a ticket',
    async (host) => {
      const provider = new RecordingProvider();
      await expect(kerberosInitiator({ provider, host, identity }).step(undefined)).rejects.toMatchObject({
        code: 'ERR_AUTHENTICATION',
        hint: expect.stringContaining('DNS name'),
      });
      expect(provider.asked).toEqual([]);
    },
  );

  it('calls a wrong protection of the mechanism list by its name', async () => {
    const context = kerberosInitiator({ provider: new RecordingProvider(), host: 'a.contoso.com', identity });
    await context.step(undefined);
    await context.step(Buffer.from('AP-REP'));
    await expect(context.verifyMechList(Buffer.from('list'), Buffer.from('mic'))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
    });
  });
});
