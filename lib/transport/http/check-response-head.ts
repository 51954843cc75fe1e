import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import type { HttpResponse } from './http-response.js';

/** Refuses answers that no SOAP message can be in. @throws `ERR_PROTOCOL` */
export function checkResponseHead(response: HttpResponse, where: string): void {
  const { status } = response;
  if (status >= 300 && status < 400) {
    throw new CimletError(
      'ERR_PROTOCOL',
      `${where} redirects to ${destination(response.header('location'))} (HTTP ${status}); redirects are not followed.`,
      {
        hint: 'If that is the right server, connect to it by name. A proxy or a login page may be in the way.',
      },
    );
  }
  if (status === 407) {
    throw new CimletError('ERR_PROTOCOL', `A proxy in front of ${where} asks for a credential (HTTP 407).`, {
      hint: wording`Connect without the proxy${{ clause: wording`, or give ${{ option: 'proxy' }} with a credential` }}.`,
    });
  }
  const encoding = response.header('content-encoding');
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new CimletError(
      'ERR_PROTOCOL',
      `${where} sent a reply in the content encoding ${JSON.stringify(encoding.slice(0, 40))}, which was not asked for.`,
    );
  }
}

/** The host alone: the rest of a location may carry a token. */
function destination(location: string | undefined): string {
  if (location === undefined) return 'nowhere';
  try {
    return new URL(location, 'http://the-same-host').host;
  } catch {
    return 'a malformed location';
  }
}
