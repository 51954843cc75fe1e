import type { ProtectSettings } from '../bridge.js';
import { mcltProblem, nameProblem, partnerProblem, percentProblem, secretProblem, switchProblem } from '../fields.js';

/** The first field that is not in order: the page says the same at the field. */
export function protectFieldProblem(settings: ProtectSettings): string | null {
  const { partner, server, name, existing, mode, share, reserve, mcltSeconds, switchAfterSeconds, secret, scopeIds } =
    settings;
  if (scopeIds.length === 0) return 'Choose at least one scope.';
  const wrongPartner = partnerProblem(partner, server);
  if (wrongPartner !== null || existing !== null) return wrongPartner;
  return (
    nameProblem(name) ??
    percentProblem(mode === 'LoadBalance' ? share : reserve) ??
    mcltProblem(mcltSeconds) ??
    (switchAfterSeconds === null ? null : switchProblem(switchAfterSeconds)) ??
    (secret.how === 'typed' ? secretProblem(secret.text) : null)
  );
}
