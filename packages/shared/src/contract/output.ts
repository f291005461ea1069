import { Fn, type IResolvable, Token } from "cdktf";
import type { Presence } from "./presence";

/** A number that only Terraform knows. Nothing can be computed with it; pass it on with `terraformNumber`. */
export interface OpaqueNumber {
  readonly opaque: "number";
  readonly reference: string;
}

/** A boolean that only Terraform knows. Nothing can be branched on it; pass it on with `terraformBoolean`. */
export interface OpaqueBoolean {
  readonly opaque: "boolean";
  readonly reference: string;
}

/** What each type of output is for the consumer. A token's number or boolean lies to TypeScript, hence the opaque ones. */
export interface Consumed {
  readonly string: string;
  readonly strings: string[];
  readonly map: Record<string, string>;
  readonly number: OpaqueNumber;
  readonly boolean: OpaqueBoolean;
}

/** What the producer gives for each type of output. */
export interface Published {
  readonly string: string;
  readonly strings: readonly string[];
  readonly map: Readonly<Record<string, string>>;
  readonly number: number;
  readonly boolean: boolean;
}

export type OutputType = keyof Consumed;

/** One value that crosses a line: its type, and what it is for whoever reads docs/contracts.md. */
export interface Output<T extends OutputType = OutputType> {
  readonly type: T;
  readonly description: string;
  /** @default everywhere */
  readonly presence?: Presence;
}

/** An output that is not everywhere. Its consumer gets undefined where it is not. */
export type OptionalOutput<T extends OutputType = OutputType> = Output<T> & { readonly presence: Presence };

const of =
  <T extends OutputType>(type: T) =>
  (description: string): Output<T> => ({ type, description });

/** The types of value that a contract may hold. */
export const output = {
  string: of("string"),
  /** A list of strings. Its length is not known at synth. */
  strings: of("strings"),
  /** A map of strings. Its keys are not known at synth: `terraformEntry`. */
  map: of("map"),
  number: of("number"),
  boolean: of("boolean"),
  /** An output that there is in some places alone. */
  optional: <T extends OutputType>(presence: Presence, output: Output<T>): OptionalOutput<T> => ({
    ...output,
    presence,
  }),
};

/** The opaque number as a provider's argument takes it. */
export function terraformNumber({ reference }: OpaqueNumber): number {
  return Token.asNumber(reference);
}

/** The opaque boolean as a provider's argument takes it. */
export function terraformBoolean({ reference }: OpaqueBoolean): IResolvable {
  return Token.asAny(reference);
}

/** What a map has under a key: a token. Terraform fails where the key is not there. */
export function terraformEntry(map: Consumed["map"], key: string): string {
  return Token.asString(Fn.lookup(map, key));
}
