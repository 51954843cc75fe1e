/** A property as a query names it: `State`, `TargetInstance.State`, `__CLASS`. Empty for `__THIS`, the whole instance. */
export interface WqlProperty {
  readonly kind: 'property';
  readonly path: readonly string[];
  readonly position: number;
}

/** A constant. Whole numbers beyond what a number holds exactly are bigint. */
export interface WqlConstant {
  readonly kind: 'constant';
  readonly value: string | number | bigint | boolean | null;
  readonly position: number;
}

export type WqlOperand = WqlProperty | WqlConstant;
export type WqlOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** What stands after WHERE. */
export type WqlCondition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly WqlCondition[] }
  | { readonly kind: 'not'; readonly condition: WqlCondition }
  | {
      readonly kind: 'comparison';
      readonly operator: WqlOperator;
      readonly left: WqlOperand;
      readonly right: WqlOperand;
    }
  | { readonly kind: 'like'; readonly property: WqlProperty; readonly pattern: string }
  | { readonly kind: 'null'; readonly property: WqlProperty; readonly isNull: boolean }
  | { readonly kind: 'isa'; readonly property: WqlProperty; readonly className: string; readonly position: number };

/** A SELECT of WQL (MS-WMI 2.2.1): a data query, or with an event class after FROM an event query. */
export interface WqlQuery {
  /** Names of the wanted properties; undefined for `*`. */
  readonly properties: readonly WqlProperty[] | undefined;
  readonly className: string;
  readonly classPosition: number;
  /** Seconds after WITHIN: how often WMI looks for changes. */
  readonly within: number | undefined;
  readonly where: WqlCondition | undefined;
}
