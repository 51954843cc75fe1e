/** PowerShell's error categories that the provider uses, with their numbers (System.Management.Automation.ErrorCategory). */
export const providerErrorCategories = {
  NotSpecified: 0,
  ConnectionError: 27,
  InvalidArgument: 5,
  InvalidData: 6,
  InvalidOperation: 7,
  ObjectNotFound: 13,
  PermissionDenied: 18,
  ResourceExists: 20,
} as const;

export type ProviderErrorCategory = keyof typeof providerErrorCategories;

/** MI result codes (DSP0004 status codes) that a provider's error carries. */
export type CimStatusCode = 1 | 2 | 4 | 6 | 11;
