import { RequestFault } from '../../wsman/service/request-fault.js';
import { serviceFaults, wsmanCode } from '../fault/wsman-faults.js';

/** Counts what each account has at work, and refuses more than it may have. */
export class OperationQuota {
  readonly #limit: number;
  readonly #used = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes one place; the returned function gives it back. @throws RequestFault `QuotaLimit` 0x803381A6. */
  take(userName: string): () => void {
    const user = userName.toLowerCase();
    const used = this.#used.get(user) ?? 0;
    if (used >= this.#limit) throw new RequestFault(serviceFaults.quota(wsmanCode('WSMAN_QUOTA_MAX_OPERATIONS')));
    this.#used.set(user, used + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const left = (this.#used.get(user) ?? 1) - 1;
      if (left > 0) this.#used.set(user, left);
      else this.#used.delete(user);
    };
  }
}
