// Every option of a session is offered on the command line and in the environment, or listed here and in docs/command.md with its reason.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { OptionForm } from '../../../lib/base/option-forms.js';
import { SESSION_OPTION_FORMS } from '../../../lib/cim/session/session-option-forms.js';
import { OPTION_DEFINITIONS } from '../../../lib/cli/usage/option-definitions.js';
import { PROFILE_VARIABLES } from '../../../lib/client/profile-environment.js';
import { PROFILE_FORMS } from '../../../lib/client/profile-settings.js';

const PAGE = readFileSync(join(__dirname, '../../../docs/command.md'), 'utf8');

/** The option that stands for one of a session where a name does not tell it; of `credential` and `proxy` their users and passwords as well. */
const OFFERED: Readonly<Record<string, string>> = {
  credential: '--user',
  authentication: '--auth',
  'kerberos.delegate': '--delegate',
  'kerberos.spnService': '--spn-service',
  'kerberos.spnHost': '--spn-host',
  'kerberos.keytab': '--keytab',
  'kerberos.ticketCache': '--ticket-cache',
  allowNtlm: '--no-ntlm',
  trustedHosts: '--trusted-hosts',
  'credSsp.allowNtlmOnly': '--credssp-ntlm-only',
  useSsl: '--use-ssl',
  port: '--port',
  'tls.ca': '--ca',
  'tls.cert': '--cert',
  'tls.key': '--key',
  'tls.fingerprint256': '--pin',
  skipCACheck: '--skip-ca-check',
  skipCNCheck: '--skip-cn-check',
  allowUnencrypted: '--allow-unencrypted',
  operationTimeoutMs: '--timeout',
  connectTo: '--connect-to',
  proxy: '--proxy',
};

/** Functions and objects of a program, and what another option says already. */
const NOT_IN_A_TEXT = [
  'name',
  'lookup',
  'transport',
  'kerberos.provider',
  'tls.skipCaCheck',
  'tls.skipCnCheck',
  'tls.passphrase',
];

/** What a profile has and no option: hardly ever wanted, or of New-CimSessionOption. */
const IN_PROFILES_ALONE = [
  'httpUrlPrefix',
  'encodePortInServicePrincipalName',
  'noEncryption',
  'maxConnections',
  'idleTimeoutMs',
  'maxEnvelopeSize',
  'maxResponseBytes',
  'maxResponseElements',
  'maxResponseDepth',
  'maxResponseAttributes',
  'maxResponseNameLength',
  'maxResponseTextLength',
  'encoding',
  'culture',
  'uiCulture',
  'resourceUriSpelling',
  'tls.serverName',
  'tls.minVersion',
  'tls.maxVersion',
  'tls.pfx',
];

const paths = (forms: Readonly<Record<string, OptionForm>>): string[] =>
  Object.entries(forms).flatMap(([name, { inner }]) =>
    inner === undefined || name === 'proxy' || name === 'credential'
      ? [name]
      : Object.keys(inner).map((key) => `${name}.${key}`),
  );

const all = paths(SESSION_OPTION_FORMS);

describe('the options of a session', () => {
  it('are each offered, or left out for a reason', () => {
    expect([...Object.keys(OFFERED), ...NOT_IN_A_TEXT, ...IN_PROFILES_ALONE].sort()).toEqual([...all].sort());
  });

  it('that are offered are options of the command and variables', () => {
    const options = OPTION_DEFINITIONS.map(({ name }) => name);
    expect(Object.values(OFFERED).filter((option) => !options.includes(option))).toEqual([]);
    const variableOf = (option: string) => `CIMLET_${option.slice(2).replaceAll('-', '_').toUpperCase()}`;
    const variables = Object.keys(PROFILE_VARIABLES);
    expect(
      Object.values(OFFERED)
        .map(variableOf)
        .filter((name) => !variables.includes(name)),
    ).toEqual([]);
    for (const [setting, option] of Object.entries(OFFERED)) {
      const [held = ''] = PROFILE_VARIABLES[variableOf(option)] ?? [];
      expect([option, held.replace(/^credential\.userName$/, 'credential')]).toEqual([option, setting]);
    }
  });

  it('are all keys of a profile, but for what is no text', () => {
    const keys = paths(PROFILE_FORMS);
    expect(all.filter((path) => !keys.includes(path)).sort()).toEqual([...NOT_IN_A_TEXT].sort());
  });

  it('and the variables stand in docs/command.md', () => {
    const told = (name: string) => PAGE.includes(`\`${name}\``);
    expect([...Object.keys(PROFILE_VARIABLES), ...IN_PROFILES_ALONE].filter((name) => !told(name))).toEqual([]);
  });
});
