const DURATION = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;

/** An `xs:duration` as Windows' client writes OperationTimeout: seconds with three decimals, `PT60.000S`. */
export function formatDuration(milliseconds: number): string {
  const whole = Math.max(1, Math.min(Math.floor(milliseconds), Number.MAX_SAFE_INTEGER));
  const thousandths = whole % 1000;
  return `PT${(whole - thousandths) / 1000}.${thousandths.toString().padStart(3, '0')}S`;
}

/**
 * Milliseconds of an `xs:duration`, rounded down; undefined when it is not a valid one, is negative, or has years or months,
 * which have no fixed length.
 */
export function parseDuration(text: string): number | undefined {
  const value = text.trim();
  const match = DURATION.exec(value);
  if (match === null || value.endsWith('P') || value.endsWith('T')) return undefined;
  const [, sign, years, months, days, hours, minutes, seconds, fraction] = match;
  if (sign !== undefined || Number(years ?? 0) > 0 || Number(months ?? 0) > 0) return undefined;
  const whole = ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
  const milliseconds = whole * 1000 + Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
}
