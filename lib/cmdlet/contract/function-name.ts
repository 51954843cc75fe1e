/** The library's function of a cmdlet: `Get-DhcpServerv4Scope` is `getDhcpServerv4Scope`. */
export function functionNameOf(cmdlet: string): string {
  return `${cmdlet.charAt(0).toLowerCase()}${cmdlet.slice(1).replace('-', '')}`;
}
