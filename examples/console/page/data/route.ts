import { cell } from './cell.js';

/** Where one is: the words of the path and the query, `#/pair/<key>/scopes?q=…`. */
export interface Route {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return { path: path.split('/').map(decode), query: new URLSearchParams(query) };
}

/** A hash that somebody has mangled is no reason to fail. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `#/pair/…/scopes`: words are encoded, and of the query what is not empty stays. */
export function href(path: readonly string[], query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
}

export const route = cell<Route>(readRoute(''));

/** Follows the address bar. */
export function followRoute(): void {
  let last = location.hash;
  const read = (): void => {
    if (location.hash === '#main') {
      // "Skip to content" moves the focus; the address stays that of the screen.
      history.replaceState(null, '', last === '' ? '#/' : last);
      document.getElementById('main')?.focus();
      return;
    }
    last = location.hash;
    route.set(readRoute(last));
  };
  addEventListener('hashchange', read);
  read();
}

export function go(path: readonly string[], query: Readonly<Record<string, string>> = {}): void {
  location.hash = href(path, query);
}

/** The same screen with another query: no step back leads to each letter that was typed. */
export function setQuery(query: Readonly<Record<string, string>>): void {
  history.replaceState(null, '', href(route.get().path, query));
  route.set(readRoute(location.hash));
}
