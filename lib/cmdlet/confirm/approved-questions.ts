import type { CallParameters } from '../contract/bound-call.js';
import { type RequiredPrompts, withheldRules } from './confirm.js';

/**
 * The critical questions of one server that a call's approval answers, since the switch that would have kept the server from asking is not
 * sent: the first one, and, when the call is for several items, the same question about the others, once for each. Another question (the
 * partner is away: go on?) is not one that was approved.
 */
export class ApprovedQuestions {
  readonly #items: readonly string[];
  #left: number;
  #first: string | undefined;

  constructor(call: CallParameters, prompts: RequiredPrompts) {
    const answers = withheldRules(prompts).length > 0;
    this.#items = answers ? itemsOf(call) : [];
    this.#left = answers ? Math.max(1, this.#items.length) : 0;
  }

  /** True when the approval answers the question; it then counts as asked. */
  take(message: string): boolean {
    if (this.#left === 0) return false;
    const question = this.#withoutItems(message);
    this.#first ??= question;
    if (question !== this.#first) return false;
    this.#left -= 1;
    return true;
  }

  /** The question with every item of the call left out, whichever language it is in. */
  #withoutItems(message: string): string {
    if (this.#items.length < 2) return message;
    const longestFirst = [...this.#items].sort((left, right) => right.length - left.length);
    const pattern = longestFirst.map((item) => item.replace(/[^\p{L}\p{N}]/gu, '\\$&')).join('|');
    return message.replace(new RegExp(pattern, 'gi'), '\0');
  }
}

/** The longest list among the parameters, each value once. */
function itemsOf(call: CallParameters): readonly string[] {
  const lists = [...call.parameters.values()].flatMap(({ value }) => (Array.isArray(value) ? [value] : []));
  const [longest = []] = lists.sort((left, right) => right.length - left.length);
  return [...new Set(longest.map((item) => String(item)))].filter((item) => item !== '');
}
