/** What an error's view shows, whatever raised it. */
export interface ErrorDetails {
  /** The cmdlet, e.g. `Add-DhcpServerv4Failover`. */
  readonly activity: string;
  readonly message: string;
  /** PowerShell's ErrorCategory, e.g. `ObjectNotFound`. */
  readonly category: string;
  readonly targetName: string;
  readonly targetType: string;
  /** The exception's type without its namespace, e.g. `CimException`. */
  readonly reason: string;
  readonly fullyQualifiedErrorId: string;
  /** The computer, where the error came by way of -CimSession. */
  readonly computerName?: string;
  /** What to do about it. */
  readonly hint?: string;
}

/**
 * An error record as PowerShell 5.1 prints it, without the position in the script, since that repeats the command line and any secret
 * in it. A hint, which PowerShell has not, comes last.
 */
export function errorLines(error: ErrorDetails): string[] {
  return [
    ...(error.activity === '' ? error.message : `${error.activity} : ${error.message}`).split(/\r\n|\r|\n/),
    `    + CategoryInfo          : ${categoryInfo(error)}`,
    `    + FullyQualifiedErrorId : ${error.fullyQualifiedErrorId}`,
    ...(error.computerName === undefined ? [] : [`    + PSComputerName        : ${error.computerName}`]),
    ...(error.hint === undefined || error.message.includes(error.hint)
      ? []
      : [`    + Hint                  : ${error.hint}`]),
  ];
}

/** `ResourceExists: (SFO-SIN-Failover:root/Microsoft/...erverv4Failover) [Add-DhcpServerv4Failover], CimException`. */
function categoryInfo(error: ErrorDetails): string {
  return `${error.category}: (${shortened(error.targetName)}:${shortened(error.targetType)}) [${error.activity}], ${error.reason}`;
}

/** Texts over 40 characters are shown by their first and last 15, as PowerShell 5.1 does. */
function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 15)}...${text.slice(-15)}` : text;
}
