// A lab, the engine on it and a window on the engine: what each part of the walk begins with.
import { expect } from '@jest/globals';
import {
  addDhcpServerv4ExclusionRange,
  addDhcpServerv4Reservation,
  setDhcpServerv4OptionValue,
} from 'cimlet/dhcp-server';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Fixture, startFixture } from '../console/console-fixture.js';
import { type ConsoleWindow, goTo, openConsole, type WindowOptions } from './console-browser.js';

export const ADMIN = 'CONTOSO\\dhcpadmin';

export interface Walk extends Fixture, ConsoleWindow {
  /** By user and password, in the page's own fields. */
  signIn(user?: string, logon?: 'CredSSP' | 'Negotiate'): Promise<void>;
  go(hash: string): Promise<void>;
  /** The row of a table that has this text in its heading cell. */
  row(name: string): Locator;
  button(name: string | RegExp): Locator;
  dialog(): Locator;
}

export async function startWalk(
  browser: Browser,
  description?: Parameters<typeof startFixture>[0],
  options: WindowOptions & { readonly engine?: Parameters<typeof startFixture>[1] } = {},
): Promise<Walk> {
  const fixture = await startFixture(description, options.engine);
  const window = await openConsole(browser, fixture.engine, options);
  const { page } = window;
  const walk: Walk = {
    ...fixture,
    ...window,
    go: (hash) => goTo(page, hash),
    row: (name) => page.locator('tbody tr').filter({ has: page.locator('th', { hasText: name }) }),
    button: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }),
    dialog: () => page.locator('dialog[open]').last(),
    signIn: async (user = ADMIN, logon = 'CredSSP') => {
      await page.getByLabel('User', { exact: true }).fill(user);
      await page.getByRole('radio', { name: new RegExp(`^${logon}`) }).check();
      await page.getByLabel('Password', { exact: true }).fill(fixture.lab.users.find(user)?.password.reveal() ?? '');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
    },
  };
  return walk;
}

/** What {@link behindItsBack} changes in a net, as the console says it. */
export const CHANGED_BEHIND = (net: string): string[] => [
  `Exclusion ${net}.240 to ${net}.245`,
  'Option 42',
  `Reservation ${net}.222`,
];

/** A change that somebody makes with another tool, on one server alone. */
export async function behindItsBack(walk: Walk, ComputerName: string, net: string): Promise<void> {
  const options = { sessionOptions: walk.emulator.sessionOptions };
  const scope = { ComputerName, ScopeId: `${net}.0` };
  const reservation = { IPAddress: `${net}.222`, ClientId: '00-15-5d-99-00-01', Name: 'new-one' };
  await addDhcpServerv4Reservation({ ...scope, ...reservation }, options);
  await setDhcpServerv4OptionValue({ ...scope, OptionId: 42, Value: [`${net}.9`] }, options);
  await excludeBehind(walk, ComputerName, net, 240, 245);
}

export async function excludeBehind(
  { emulator: { sessionOptions } }: Walk,
  ComputerName: string,
  net: string,
  first: number,
  last: number,
): Promise<void> {
  const range = { StartRange: `${net}.${first}`, EndRange: `${net}.${last}` };
  await addDhcpServerv4ExclusionRange({ ComputerName, ScopeId: `${net}.0`, ...range }, { sessionOptions });
}

/** The numbers of the six counts by their words. */
export async function fleetCounts(page: Page): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const button of await page.locator('.counts button').all()) {
    const [count = '', word = ''] = (await button.innerText()).split('\n');
    counts[word.trim()] = Number(count.replaceAll(',', ''));
  }
  return counts;
}

/** Waits until a reading has come to its end. */
export async function settled(page: Page): Promise<void> {
  const head = page.locator('.head').filter({ has: page.getByRole('button', { name: 'Read again', exact: true }) });
  await head
    .locator('.sub')
    .filter({ hasText: /\bRead (?!again)/ })
    .waitFor();
}

/** Nothing happened in this window that must never happen. */
export function expectNoFaults({ faults }: ConsoleWindow): void {
  expect(faults).toEqual([]);
}
