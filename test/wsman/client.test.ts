import { describe, expect, it } from '@jest/globals';
import { Deadline } from '../../lib/base/deadline.js';
import { createWsManClient } from '../../lib/wsman/client.js';
import { writeIdentifyResponse, writeResponseEnvelope } from '../../lib/wsman/response-envelope.js';
import { FakeTransport, messageIdOf } from './fake-transport.js';

const CLASS = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Process';

describe('createWsManClient', () => {
  it('invokes and gives the body element', async () => {
    const transport = new FakeTransport((request) => ({
      body: writeResponseEnvelope({
        action: `${CLASS}/CreateResponse`,
        relatesTo: messageIdOf(request),
        body: `<p:Create_OUTPUT xmlns:p="${CLASS}"><p:ProcessId>4000</p:ProcessId><p:ReturnValue>0</p:ReturnValue></p:Create_OUTPUT>`,
      }),
    }));
    const client = createWsManClient(transport);
    using deadline = new Deadline({ timeoutMs: 10_000 });
    const body = await client.invoke({
      target: { resourceUri: CLASS },
      method: 'Create',
      body: `<p:Create_INPUT xmlns:p="${CLASS}"/>`,
      repeatable: false,
      deadline,
    });
    expect(body.name).toBe('Create_OUTPUT');
    expect(body.child('ProcessId')?.text).toBe('4000');
    await client.close();
    expect(transport.closed).toBe(true);
  });

  it('identifies', async () => {
    const identity = {
      protocolVersion: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
      productVendor: 'Microsoft Corporation',
      productVersion: 'OS: 10.0.20348 SP: 0.0 Stack: 3.0',
      securityProfiles: [],
    };
    const transport = new FakeTransport(() => ({ body: writeIdentifyResponse(identity) }));
    const client = createWsManClient(transport);
    expect(await client.identify({ deadline: new Deadline(), anonymous: true })).toEqual(identity);
    expect(transport.requests[0]?.headers).toEqual({ WSMANIDENTIFY: 'unauthenticated' });
    expect(transport.requests[0]?.anonymous).toBe(true);
  });
});
