// A window without a mouse: where the focus is, and the way to something by Tab.
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** Where the focus is; whether it can be seen: in the window, and nothing over it. */
export const FOCUS = `(() => {
  const element = document.activeElement;
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
  const [x, y] = [Math.min(left + width / 2, innerWidth - 1), top + height / 2];
  const hit = document.elementFromPoint(x, y);
  const isSeen = element === document.body || (bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && hit !== null && (element.contains(hit) || hit.contains(element)));
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const label = element.closest('label');
  const outline = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 ? true : label !== null && getComputedStyle(label).outlineStyle !== 'none';
  const name = (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent).trim().slice(0, 60);
  return { name, tag: element.tagName, isSeen, outline };
})()`;

export interface Focus {
  readonly name: string;
  readonly tag: string;
  readonly isSeen: boolean;
  readonly outline: boolean;
}

export const focusOf = async (page: Page): Promise<Focus> => (await page.evaluate(FOCUS)) as Focus;

const MOST_STEPS = 150;

/** Presses Tab until the focus is on what has this name, and sees it at each step on the way. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const focus = await focusOf(page);
    if (focus.tag !== 'BODY' && focus.tag !== 'MAIN') {
      expect(focus).toEqual({ ...focus, isSeen: true, outline: true });
      if (name.test(focus.name)) return;
    }
    passed.push(focus.name);
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not lead to ${name}, but to ${[...new Set(passed)].join(' | ')}`);
}

export async function pressOn(page: Page, name: RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}
