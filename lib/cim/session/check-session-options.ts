import { CimletError, invalidArgument } from '../../base/errors.js';
import { checkOptionForms } from '../../base/option-forms.js';
import { wording } from '../../base/wording.js';
import { checkResponseLimits } from './response-limits.js';
import { SESSION_OPTION_FORMS } from './session-option-forms.js';
import type { CimSessionOptions } from './session-options.js';

const TLS_ONLY = ['skipCACheck', 'skipCNCheck'] as const;
/** Of `tls`, what is about the certificate within CredSSP over http, too. An authority that nobody asks for does no harm. */
const WITHOUT_TLS: ReadonlySet<string> = new Set(['ca']);
const WITHIN_CREDSSP: ReadonlySet<string> = new Set(['ca', 'fingerprint256', 'serverName']);

/** @throws CimletError `ERR_INVALID_ARGUMENT` for an unknown option, one of a wrong type, and for options that contradict each other. */
export function checkSessionOptions(options: CimSessionOptions): void {
  checkOptionForms(options, SESSION_OPTION_FORMS, 'session option');
  if (options.useSsl === false) {
    const needless = needlessOverHttp(options);
    if (needless !== undefined) throw invalidArgument('useSsl', false, `${needless} needs useSsl: true.`);
  }
  if (options.authentication === 'Ntlm' && options.allowNtlm === false) {
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      wording`${{ option: 'allowNtlm', value: false }} contradicts ${{ option: 'authentication', value: 'Ntlm' }}.`,
    );
  }
  const { operationTimeoutMs } = options;
  if (operationTimeoutMs !== undefined && !(operationTimeoutMs > 0)) {
    throw invalidArgument('operationTimeoutMs', operationTimeoutMs, 'Give a number of milliseconds above zero.');
  }
  checkResponseLimits(options);
  const { encoding } = options;
  if (encoding !== undefined && encoding !== 'utf-8' && encoding !== 'utf-16') {
    throw invalidArgument('encoding', encoding, "Give 'utf-8' or 'utf-16'.");
  }
  const { resourceUriSpelling } = options;
  if (resourceUriSpelling !== undefined && resourceUriSpelling !== 'dmtf' && resourceUriSpelling !== 'wmi') {
    throw invalidArgument('resourceUriSpelling', resourceUriSpelling, "Give 'dmtf' or 'wmi'.");
  }
}

/** An option that says how much is checked, or shown, and would say so in vain. */
function needlessOverHttp(options: CimSessionOptions): string | undefined {
  const skipped = TLS_ONLY.find((name) => options[name] === true);
  if (skipped !== undefined) return skipped;
  const isCredSsp = options.authentication === 'CredSsp';
  const given = Object.entries(options.tls ?? {}).flatMap(([name, value]) => (value === undefined ? [] : name));
  if (options.tls !== undefined && given.length === 0 && !isCredSsp) return 'tls';
  const needless = given.find((name) => !(isCredSsp ? WITHIN_CREDSSP : WITHOUT_TLS).has(name));
  return needless && `tls.${needless}`;
}
