/** The cmdlets and classes of Windows' DhcpServer module, generated from `schemas/dhcp-server`. */
export * from './generated/index.js';
