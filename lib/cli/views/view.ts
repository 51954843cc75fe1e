/** A column of a table: the property, and its width in characters; without one it shares what the line has left. */
export interface ColumnDefinition {
  readonly property: string;
  readonly width?: number;
  readonly isRight?: boolean;
  /** What stands in place of what is cut; default `...`, as transcripts of the module show it. */
  readonly cut?: string;
}

/** What a calculated property of Format-Table or Format-List says of how it is shown. */
export interface ColumnStyle {
  /** What stands over it in the place of the property's name. */
  readonly heading?: string;
  readonly width?: number;
  readonly alignment?: 'left' | 'center' | 'right';
  /** .NET's format of the value. */
  readonly format?: string;
}

/** How PowerShell shows the instances of a class by default. */
export interface ViewDefinition {
  readonly className: string;
  readonly view:
    | {
        readonly kind: 'list';
        readonly properties: readonly string[];
        /** What stands before a value in the place of its property's name. */
        readonly labels?: Readonly<Record<string, string>>;
      }
    | {
        readonly kind: 'table';
        readonly columns: readonly ColumnDefinition[];
        /** A new table, under this property's value, whenever it changes. */
        readonly groupBy?: { readonly property: string; readonly label: string };
        /** The properties of Format-List, where it has a view of its own. */
        readonly list?: readonly string[];
      };
  /**
   * The type extension's own properties (IP addresses), which `Format-List *` shows before all others. An array among them
   * that holds one element shows as that element, since a script property unrolls it.
   */
  readonly extended: readonly string[];
  /** Properties that are IP addresses to PowerShell, and stand in their usual place. */
  readonly addresses?: readonly string[];
  /** Alias properties of the type extension, which come before all others, and the properties that they stand for. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Script properties of the type extension, after the aliases: as text what these properties hold as bytes, `0x…`. */
  readonly asciiOf?: Readonly<Record<string, string>>;
}

/** A line of which the first `accent` characters are a heading: the head of a table, a label of a list. */
export interface HeadedLine {
  readonly text: string;
  readonly accent: number;
}

/** A line of a view; as plain text it has no heading in it. */
export type ViewLine = string | HeadedLine;

/** What a line says, whatever its parts are. */
export const lineText = (line: ViewLine): string => (typeof line === 'string' ? line : line.text);
