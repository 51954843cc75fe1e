/** One spelling for all: without case, and without the dot that ends a name in DNS. */
export function computerKey(computer: string): string {
  return computer.toLowerCase().replace(/\.$/, '');
}
