/** What an expression of XPath level 1 (DSP0226 annex D.1) means in an instance. */
export interface FragmentPath {
  /** Absent: the whole instance. */
  readonly property?: string;
  /** Which element of an array, from 1. */
  readonly index?: number;
  /** The text of what is meant, not its element. */
  readonly isText: boolean;
}

const STEP = /^(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?:\[(\d+)\])?$/;

/**
 * Reads `Property`, `Class/Property` and `/Class/Property`, an index behind the property, `/text()` behind it, and `.`, `/` and `/Class` for the
 * whole. `isClass` tells the class's name. Undefined for whatever else: what lies in embedded instances, and the rest of XPath.
 */
export function readFragmentPath(path: string, isClass: (name: string) => boolean): FragmentPath | undefined {
  const text = path.trim();
  const steps = text.replace(/^\.?\/|^\.$/, '').split('/');
  const isText = steps.length > 1 && steps[steps.length - 1] === 'text()';
  if (isText) steps.pop();
  const [first = ''] = steps;
  if (first === '' && steps.length === 1) return text === '' || isText ? undefined : { isText };
  const elements = steps.map((step) => STEP.exec(step));
  const names = elements.flatMap((match) => (match?.[1] === undefined ? [] : [match[1]]));
  const [element = ''] = names;
  if (names.length !== steps.length || elements.slice(0, -1).some((match) => match?.[2] !== undefined))
    return undefined;
  const isRooted = text.startsWith('/') || names.length === 2;
  if (isRooted && !isClass(element)) return undefined;
  if (names.length > 2) return undefined;
  if (text.startsWith('/') && names.length === 1)
    return isText || elements[0]?.[2] !== undefined ? undefined : { isText };
  const last = elements[elements.length - 1];
  const [, property = '', index] = last ?? [];
  return { property, isText, ...(index !== undefined && { index: Number(index) }) };
}
