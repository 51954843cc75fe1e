import type { DhcpServerVersion } from '../dhcp-server.js';
import { connectAddressed } from './connect.js';
import type { ProviderContext, ProviderResult } from './provider-context.js';

/** PS_DhcpServerVersion.Get. */
export function getVersion(
  context: ProviderContext,
  input: { readonly computerName?: string | undefined },
): ProviderResult<DhcpServerVersion> {
  const { server } = connectAddressed(context, input.computerName, 'reader');
  return { output: [server.version], errors: [] };
}
