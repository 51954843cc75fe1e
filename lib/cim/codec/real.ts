const DECIMAL = /^[+-]?(?:\d{1,400}(?:\.\d{0,1100})?|\.\d{1,1100})(?:e[+-]?\d{1,6})?$/i;

/** xs:float and xs:double as text, or undefined when a real32 cannot hold the value. */
export function formatReal(type: 'real32' | 'real64', value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  const rounded = type === 'real32' ? Math.fround(value) : value;
  if (!Number.isFinite(rounded)) return undefined;
  return Object.is(rounded, -0) ? '-0' : String(rounded);
}

/** The value of a real's text, or undefined. `INF`, `NaN` and their usual spellings are taken in any case. */
export function parseReal(type: 'real32' | 'real64', text: string): number | undefined {
  const trimmed = text.trim();
  switch (trimmed.toLowerCase()) {
    case 'inf':
    case '+inf':
    case 'infinity':
    case '+infinity':
      return Number.POSITIVE_INFINITY;
    case '-inf':
    case '-infinity':
      return Number.NEGATIVE_INFINITY;
    case 'nan':
      return Number.NaN;
    default: {
      if (!DECIMAL.test(trimmed)) return undefined;
      const value = Number(trimmed);
      return type === 'real32' ? Math.fround(value) : value;
    }
  }
}
