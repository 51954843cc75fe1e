import type { CimType } from '../../cim/value/cim-type.js';
import type {
  CimClassDeclaration,
  CimMethodDeclaration,
  CimParameterDeclaration,
  CimPropertyDeclaration,
} from '../../cim/value/class-declaration.js';

export const TEST_NAMESPACE = 'root/cimlet/test';

export function declareClass(
  className: string,
  parts: {
    readonly superClass?: CimClassDeclaration;
    readonly description?: string;
    readonly properties?: readonly CimPropertyDeclaration[];
    readonly methods?: readonly CimMethodDeclaration[];
  },
): CimClassDeclaration {
  const { superClass, description, properties = [], methods = [] } = parts;
  return {
    namespace: TEST_NAMESPACE,
    className,
    ...(superClass !== undefined && { superClassName: superClass.className }),
    ...(description !== undefined && { description }),
    properties: [...(superClass?.properties ?? []), ...properties],
    methods: [...(superClass?.methods ?? []), ...methods],
  };
}

export function declareMethod(
  name: string,
  parameters: readonly CimParameterDeclaration[] = [],
  options: { readonly isStatic?: boolean; readonly description?: string } = {},
): CimMethodDeclaration {
  const { isStatic = true, description } = options;
  return { name, isStatic, returnType: 'uint32', parameters, ...(description !== undefined && { description }) };
}

export function input(
  name: string,
  type: CimType,
  more: Partial<CimParameterDeclaration> = {},
): CimParameterDeclaration {
  return { name, type, direction: 'in', ...more };
}

export function output(
  name: string,
  type: CimType,
  more: Partial<CimParameterDeclaration> = {},
): CimParameterDeclaration {
  return { name, type, direction: 'out', ...more };
}
