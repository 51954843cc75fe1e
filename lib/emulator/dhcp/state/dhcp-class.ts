export interface DhcpClass {
  readonly name: string;
  readonly type: 'User' | 'Vendor';
  /** Lower-case hexadecimal digits after `0x`. */
  readonly data: string;
  readonly description: string;
  /** Enterprise number of a vendor class of DHCPv6. */
  readonly vendorId?: number;
  readonly builtIn?: boolean;
}
