import { Fn, Token } from "cdktf";

/**
 * The entries of a list that only Terraform knows, for blocks, which are written out at synth. `element` starts again at the end of the
 * list: some come twice, none is left out.
 * @param list not empty, of so many entries at most
 */
export function eachOf(list: readonly string[], most: number): string[] {
  return Array.from({ length: most }, (_, index) => Token.asString(Fn.element([...list], index)));
}
