import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import {
  answerOf,
  partnerOf,
  questionParameters,
  saysNothing,
} from '../../../lib/cmdlet/repeat/repetition-question.js';
import type { CmdletRepetition } from '../../../lib/schema/definition/cmdlet-repetition.js';

const question = {
  cmdlet: 'Get-DhcpServerv4Failover',
  parameters: { Name: 'Name', Id: 'ScopeId' },
  done: 'there',
  nothing: ['DHCP 20115'],
} as const;
const ADD = {
  kind: 'ask',
  question: { ...question, same: { PartnerServer: 'PartnerServer', ScopeId: 'ScopeId' } },
  partner: { parameter: 'PartnerServer' },
} as const satisfies CmdletRepetition;
const REMOVE_SCOPE = {
  kind: 'ask',
  question: { ...question, key: { ScopeId: 'ScopeId' }, done: 'gone' },
  partner: { property: 'PartnerServer' },
} as const satisfies CmdletRepetition;

const WANTED = { Name: 'SFO', PartnerServer: 'dhcp2.contoso.com', ScopeId: ['10.1.0.0', '10.2.0.0'] };

describe('the question whether a change has been done', () => {
  it('takes its parameters from the call, as far as that gives them', () => {
    expect(questionParameters(question, { Name: 'SFO', ScopeId: null, PartnerServer: 'x' })).toEqual({ Name: 'SFO' });
    expect(questionParameters(question, WANTED)).toEqual({ Name: 'SFO', Id: ['10.1.0.0', '10.2.0.0'] });
  });

  it('knows nothing from something else that went wrong', () => {
    const absent = (messageId: string) => new CimException('No.', { nativeErrorCode: 'NotFound', messageId });
    expect(saysNothing(question, absent('DHCP 20115'))).toBe(true);
    expect(saysNothing(question, absent('DHCP 20005'))).toBe(false);
    expect(saysNothing(question, new CimletError('ERR_TIMEOUT', 'DHCP 20115'))).toBe(false);
  });

  it.each<[string, object[], string]>([
    ['nothing is there', [], 'notDone'],
    ['it is there', [{ PartnerServer: 'DHCP2.contoso.com', ScopeId: ['10.2.0.0', '10.1.0.0'] }], 'done'],
    ['it has more', [{ PartnerServer: 'dhcp2.contoso.com', ScopeId: ['10.2.0.0', '10.1.0.0', '10.3.0.0'] }], 'done'],
    ['its partner is named without a domain', [{ PartnerServer: 'dhcp2', ScopeId: WANTED.ScopeId }], 'done'],
    ['its partner is of another domain', [{ PartnerServer: 'dhcp2.other.com', ScopeId: WANTED.ScopeId }], 'conflict'],
    ['its partner is an address', [{ PartnerServer: '10.0.0.2', ScopeId: WANTED.ScopeId }], 'conflict'],
    ['a scope is missing', [{ PartnerServer: 'dhcp2.contoso.com', ScopeId: ['10.1.0.0'] }], 'conflict'],
  ])('%s', (_, found, answer) => {
    expect(answerOf(ADD, WANTED, found)).toBe(answer);
  });

  it.each<[string, object[], string]>([
    ['the relationship is gone', [], 'done'],
    ['all are gone', [{ ScopeId: ['10.3.0.0'] }], 'done'],
    ['one of several is there', [{ ScopeId: ['10.3.0.0', '10.2.0.0'] }], 'notDone'],
  ])('what is removed: %s', (_, found, answer) => {
    expect(answerOf(REMOVE_SCOPE, WANTED, found)).toBe(answer);
  });

  it('compares addresses and bytes by what they are, not by how they are written', () => {
    const row = {
      kind: 'ask',
      question: { ...question, key: { Prefix: 'Prefix' }, same: { ClientId: 'ClientId' } },
    } as const;
    const wanted = { Prefix: '2001:DB8:0::', ClientId: 'F0DEF17AB0BE' };
    expect(answerOf(row, wanted, [{ Prefix: '2001:db8::', ClientId: 'f0-de-f1-7a-b0-be' }])).toBe('done');
    expect(answerOf(row, wanted, [{ Prefix: '2001:db8::', ClientId: 'f0-de-f1-7a-b0-bf' }])).toBe('conflict');
    expect(answerOf(row, wanted, [{ Prefix: '2001:db8:1::', ClientId: 'f0-de-f1-7a-b0-be' }])).toBe('notDone');
  });

  it('needs a question', () => {
    expect(() => answerOf({ kind: 'once' }, {}, [])).toThrow('no question');
  });
});

describe('the other computer that a call changes', () => {
  it('is named by the call, or by what is there', () => {
    expect(partnerOf(ADD, WANTED)).toBe('dhcp2.contoso.com');
    expect(partnerOf(REMOVE_SCOPE, WANTED, [{ PartnerServer: 'dhcp9.contoso.com' }])).toBe('dhcp9.contoso.com');
    expect([partnerOf(REMOVE_SCOPE, WANTED), partnerOf({ kind: 'read' }, WANTED)]).toEqual([undefined, undefined]);
  });
});
