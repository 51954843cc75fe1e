/** What works in place of operators of PowerShell that a line does not have. */
const OPERATORS: readonly (readonly [names: RegExp, remedy: string])[] = [
  [/^f$/i, 'Put the values into a text: "$($_.Name): $($_.State)"; a number is formatted by .ToString(\'N0\').'],
  [/^[ic]?replace$/i, "A text has .Replace('a', 'b'), which takes no pattern."],
  [/^[ic]?split$/i, "A text has .Split(',')."],
  [/^as$/i, 'Write the type before the value: [uint32]$_.Value.'],
  [/^(?:b(?:and|or|xor|not)|sh[lr])$/i, 'A line compares, joins and formats; let TypeScript calculate.'],
];

/** What PowerShell and MMI hang on every object, and a line does not. */
const INTRINSIC =
  /^(?:PS(?:Object|TypeNames|Base|Extended|Adapted)|Cim(?:Class|InstanceProperties|SystemProperties))$/i;

export const isIntrinsic = (member: string): boolean => INTRINSIC.test(member);

/** Undefined for what is no operator. */
export const operatorRemedy = (name: string): string | undefined => OPERATORS.find(([names]) => names.test(name))?.[1];
