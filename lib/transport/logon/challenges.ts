/** One offer in a `WWW-Authenticate` header. */
export interface Challenge {
  /** As the server spelled it. */
  readonly scheme: string;
  /** The token68 after the scheme, base64; undefined when there is none or when parameters follow. */
  readonly token: string | undefined;
}

/**
 * Reads `WWW-Authenticate` (RFC 9110 11.6.1): several challenges in one header or in several, each a scheme alone,
 * with a token, or with parameters, which are not needed here. Never throws; what it cannot read it leaves out.
 */
export function parseChallenges(headers: readonly string[]): Challenge[] {
  const challenges: Challenge[] = [];
  for (const header of headers) {
    for (const part of splitAtCommas(header)) {
      const [, scheme, rest = ''] = /^(\S+)(?:[ \t]+(.*))?$/s.exec(part) ?? [];
      // `realm="x"` after a comma belongs to the challenge before.
      if (scheme === undefined || isParameter(part)) continue;
      const token = rest.trim();
      challenges.push({ scheme, token: /^[A-Za-z0-9+/._~-]+=*$/.test(token) ? token : undefined });
    }
  }
  return challenges;
}

/** The scheme's first challenge that carries a token, or else its first. Schemes compare without case. */
export function challengeFor(challenges: readonly Challenge[], scheme: string): Challenge | undefined {
  const ours = challenges.filter((challenge) => challenge.scheme.toLowerCase() === scheme.toLowerCase());
  return ours.find((challenge) => challenge.token !== undefined) ?? ours[0];
}

function isParameter(part: string): boolean {
  return /^[A-Za-z0-9!#$%&'*+.^_`|~-]+[ \t]*=[ \t]*(?:"|[^=\s])/.test(part);
}

function splitAtCommas(header: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i <= header.length; i++) {
    const character = header[i];
    if (quoted && character === '\\') i++;
    else if (character === '"') quoted = !quoted;
    else if ((character === ',' && !quoted) || i >= header.length) {
      const part = header.slice(start, i).trim();
      if (part !== '') parts.push(part);
      start = i + 1;
    }
  }
  if (quoted && start < header.length) parts.push(header.slice(start).trim());
  return parts;
}
