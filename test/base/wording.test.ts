import { describe, expect, it } from '@jest/globals';
import { CimletError, invalidArgument, remedyOf } from '../../lib/base/errors.js';
import { CREDENTIAL, type Face, textIn, wording, wordingOf } from '../../lib/base/wording.js';

const PLAIN: Face = {
  option: (name, value) => (name === 'tls.ca' ? `/ca ${value ?? 'FILE'}` : undefined),
  expression: () => undefined,
};

describe('a text that names options', () => {
  it('has the library’s names as a string', () => {
    expect(String(wording`Give ${{ option: 'tls.ca' }} of ${3}.`)).toBe('Give tls.ca of 3.');
    expect(String(wording`Give ${CREDENTIAL}.`)).toBe('Give credential: { userName, password }.');
    expect(String(wording`Set ${{ option: 'authentication', value: 'Ntlm' }}.`)).toBe("Set authentication: 'Ntlm'.");
    expect(String(wording`Set ${{ option: 'allowNtlm', value: false }}.`)).toBe('Set allowNtlm: false.');
    expect(JSON.stringify({ hint: wording`Give ${{ option: 'tls.ca' }}.` })).toBe('{"hint":"Give tls.ca."}');
  });

  it('has a face’s own names, and the library’s where it has none', () => {
    const text = wording`Give ${{ option: 'tls.ca' }} and ${{ option: 'tls.key' }}.`;
    expect(text.in(PLAIN)).toBe('Give /ca FILE and tls.key.');
    expect(textIn(PLAIN, 'Give tls.ca.')).toBe('Give tls.ca.');
  });

  it('leaves out a clause about what the face has not, whole', () => {
    const key = wording`, or ${{ option: 'tls.ca' }} with ${{ option: 'tls.key' }}`;
    const code = wording`, or ${{ code: '{ hours: 2 }' }}`;
    const text = wording`Write it${{ clause: key }}${{ clause: code }}${{ clause: wording` in ${{ option: 'tls.ca' }}` }}.`;
    expect(text.in(PLAIN)).toBe('Write it in /ca FILE.');
    expect(String(text)).toBe('Write it, or tls.ca with tls.key, or { hours: 2 } in tls.ca.');
  });
});

describe('an error', () => {
  it('has its message and its hint as strings, and tells both to each face', () => {
    const error = new CimletError('ERR_TLS', wording`No ${{ option: 'tls.ca' }}.`, {
      hint: wording`Give ${{ option: 'tls.ca', value: 'a.pem' }}.`,
    });
    expect(error).toMatchObject({ message: 'No tls.ca.', hint: "Give tls.ca: 'a.pem'." });
    const { message, hint } = wordingOf(error);
    expect([message, hint ?? ''].map((text) => textIn(PLAIN, text))).toEqual(['No /ca FILE.', 'Give /ca a.pem.']);
    expect(Object.keys(error)).not.toContain('wording');
    expect(wordingOf(new CimletError('ERR_TLS', 'No.'))).toMatchObject({ message: 'No.' });
  });

  it('that tells of another’s keeps its names', () => {
    const inner = new CimletError('ERR_TLS', wording`No ${{ option: 'tls.ca' }}.`);
    const outer = new CimletError('ERR_TLS', wording`srv1: ${wordingOf(inner).message}`);
    expect(outer.message).toBe('srv1: No tls.ca.');
    expect(textIn(PLAIN, wordingOf(outer).message)).toBe('srv1: No /ca FILE.');
  });

  it('about a value knows its remedy alone', () => {
    const error = invalidArgument({ option: 'tls.ca' }, 'x', 'Give PEM.');
    expect(error.message).toBe('tls.ca: "x" is not valid. Give PEM.');
    expect(textIn(PLAIN, wordingOf(error).message)).toBe('/ca FILE: "x" is not valid. Give PEM.');
    expect(remedyOf(error)).toBe('Give PEM.');
    expect(remedyOf(new Error('x'))).toBeUndefined();
  });
});
