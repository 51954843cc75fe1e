// Gets the ticket for a service as a session does, and no more; which one it was, the cache tells.
import { gssapiProvider } from '../../lib/auth/gssapi/gssapi-provider.js';

async function main([service = '', delegate = '']: readonly string[]): Promise<void> {
  const provider = await gssapiProvider();
  const session = await provider.initiate({
    identity: {},
    service,
    delegate: delegate !== '',
    channelBindings: undefined,
  });
  await session.step(undefined);
  session.dispose();
}

void main(process.argv.slice(2));
