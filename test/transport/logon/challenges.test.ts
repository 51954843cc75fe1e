import { describe, expect, it } from '@jest/globals';
import { challengeFor, parseChallenges } from '../../../lib/transport/logon/challenges.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

const names = (...headers: string[]) => parseChallenges(headers).map(({ scheme }) => scheme);

describe('parseChallenges (RFC 9110 11.6.1)', () => {
  it('reads several in one header and in several', () => {
    expect(parseChallenges(['Negotiate', 'Kerberos, CredSSP'])).toEqual([
      { scheme: 'Negotiate', token: undefined },
      { scheme: 'Kerberos', token: undefined },
      { scheme: 'CredSSP', token: undefined },
    ]);
    // The example of RFC 9110 11.6.1.
    expect(names('Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""')).toEqual([
      'Basic',
      'Newauth',
    ]);
  });

  it('reads tokens, also beside challenges with parameters', () => {
    expect(parseChallenges(['Negotiate oYG3MIG0oAMKAQE=, Basic realm="a, Digest b"'])).toEqual([
      { scheme: 'Negotiate', token: 'oYG3MIG0oAMKAQE=' },
      { scheme: 'Basic', token: undefined },
    ]);
    expect(names('http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual, Basic realm=WSMAN')).toEqual([
      'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual',
      'Basic',
    ]);
  });

  it('finds the challenge with a token, whatever the case', () => {
    const challenges = parseChallenges(['NEGOTIATE', 'negotiate AAAA', 'Basic realm="x"']);
    expect(challengeFor(challenges, 'Negotiate')).toEqual({ scheme: 'negotiate', token: 'AAAA' });
    expect(challengeFor(challenges, 'Basic')?.token).toBeUndefined();
    expect(challengeFor(challenges, 'Kerberos')).toBeUndefined();
  });

  it('never throws', () => {
    const noise = fc.array(fc.constantFrom(',', '"', '\\', '=', ' ', 'Basic', 'realm', 'AA==', '\t', 'x'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(noise, fc.string(), (pieces, text) => {
        for (const { scheme } of parseChallenges([pieces.join(''), text])) expect(scheme).not.toMatch(/\s/);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
