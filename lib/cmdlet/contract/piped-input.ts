/** What an object has that is piped to a cmdlet, beside the properties that the cmdlet takes from it. */
export interface PipedObject {
  /** Where an instance came from; a copy of one goes there, unless the call says where. */
  readonly PSComputerName?: string | undefined;
}

/** One object, or a stream of them: an array or another iterable, or an async iterable such as the result of a cmdlet. */
export type PipedInput<Input> = Input | Iterable<Input> | AsyncIterable<Input>;

/** Objects of which a cmdlet takes properties of these names, whatever the values: they are converted. */
export type NamedInput<Name extends string> = { readonly [Property in Name]?: unknown };

/** The same objects where the caller gives what identifies them: then they need not bring it. */
export type OptionalInput<Input> = { readonly [Name in keyof Input]?: Input[Name] | null | undefined };
