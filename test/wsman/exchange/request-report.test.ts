// What whoever observes a client hears of its requests.
import { afterEach, describe, expect, it } from '@jest/globals';
import { createWsManClient } from '../../../lib/wsman/client.js';
import type { RequestObserver } from '../../../lib/wsman/contract/request-observer.js';
import { CLASS, message, OUTPUT } from '../operation-script.js';
import { RobustServer } from '../robust-server.js';
import { connectionLost, disposeDeadlines, fault, newDeadline, ScriptedServer } from '../scripted-server.js';
import { TestClock } from '../test-clock.js';

afterEach(disposeDeadlines);

class Listener implements RequestObserver {
  readonly computerName = 'dhcpserver.contoso.com';
  readonly instanceId = '8f7c0a4e-0000-4000-8000-000000000000';
  readonly heard: unknown[] = [];

  answered(): void {
    if (this.heard.at(-1) !== 'answered') this.heard.push('answered');
  }

  failed(error: unknown): void {
    this.heard.push(Reflect.get(Object(error), 'code'));
  }
}

const target = { resourceUri: CLASS };
const request = { target, method: 'Run', body: `<p:Run_INPUT xmlns:p="${CLASS}"/>` };

async function invokeEnhanced(server: ScriptedServer, clock = new TestClock()): Promise<readonly unknown[]> {
  const observer = new Listener();
  const client = createWsManClient(server, { clock, serverResumesOperations: true, observer });
  const run = async () => {
    const events = client.invokeEnhanced({ ...request, enhanced: { streaming: true }, deadline: newDeadline({}) });
    for await (const _event of events);
  };
  await clock.running(run().catch(() => undefined));
  return observer.heard;
}

describe('an observer hears', () => {
  it('that a connection was lost as soon as it is, and of the answer when the operation is picked up', async () => {
    const server = new RobustServer([200], (sent) => [message(sent, 1, OUTPUT)]);
    expect(await invokeEnhanced(server)).toEqual(['ERR_CONNECTION_LOST', 'answered']);
  });

  it('of a fault as an answer, in a plain request, too', async () => {
    const server = () => new ScriptedServer((sent) => fault(sent, {}));
    expect(await invokeEnhanced(server())).toEqual(['answered']);
    const observer = new Listener();
    const plain = { ...request, repeatable: true, deadline: newDeadline({}) };
    await expect(createWsManClient(server(), { observer }).invoke(plain)).rejects.toMatchObject({
      code: 'ERR_WSMAN_FAULT',
    });
    expect(observer.heard).toEqual(['answered']);
  });

  it('nothing of what is sent without a credential', async () => {
    const observer = new Listener();
    const lost = new ScriptedServer(() => {
      throw connectionLost();
    });
    const client = createWsManClient(lost, { observer });
    await expect(client.identify({ anonymous: true, deadline: newDeadline({}) })).rejects.toThrow();
    expect(observer.heard).toEqual([]);
    await expect(client.identify({ deadline: newDeadline({}) })).rejects.toThrow();
    expect(observer.heard).toEqual(['ERR_CONNECTION_LOST']);
  });
});
