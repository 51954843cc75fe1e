import { describe, expect, it } from '@jest/globals';
import { certificateContext } from '../../../lib/auth/plain/certificate.js';

describe('certificateContext', () => {
  it('only names the profile of DSP0226 C.3.5', async () => {
    const context = certificateContext();
    expect(context.scheme).toBe('http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual');
    expect(context.capabilities).toMatchObject({ connectionBound: false, needsClientCertificate: true });
    expect(context.complete).toBe(true);
    expect(await context.step(undefined)).toBeUndefined();
    expect(context.protection).toBeUndefined();
    expect(() => context.dispose()).not.toThrow();
  });
});
