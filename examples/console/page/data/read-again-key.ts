/** F5, Ctrl+R and ⌘R: a browser loads the page anew with them, and so reads again; a window of Electron has no menu that would. */
export function isReadAgainKey({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): boolean {
  if (altKey || shiftKey) return false;
  if (key === 'F5') return !ctrlKey && !metaKey;
  return key.toLowerCase() === 'r' && ctrlKey !== metaKey;
}
