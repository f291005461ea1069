import { isDeepStrictEqual } from "node:util";
import type { Maker } from "./made";

/**
 * What a cell says, a line for each kind of maker: `dev-network`, or "AWS Load Balancer Controller, for Ingress of dev-a-petstore".
 * @param quoted how a stack's id is written
 */
export function linesOf(makers: readonly Maker[], quoted: (id: string) => string): string[] {
  const kinds: { readonly kind: object; readonly makers: Maker[] }[] = [];
  for (const maker of makers) {
    const { stack: _, ...kind } = maker;
    const same = kinds.find((each) => isDeepStrictEqual(each.kind, kind));
    if (same === undefined) kinds.push({ kind, makers: [maker] });
    else same.makers.push(maker);
  }
  return kinds.flatMap(({ makers: [first, ...others] }) =>
    first === undefined ? [] : lineOf(first, [first, ...others].map(({ stack }) => quoted(stack.id)).join(", ")),
  );
}

function lineOf(maker: Maker, stacks: string): string {
  switch (maker.by) {
    case "stack":
      return stacks;
    case "look-up":
      return `not made here; looked up by ${stacks}`;
    case "controller":
      return `${maker.name}, for ${maker.for} of ${stacks}`;
    case "built-in":
      return `built in: ${maker.name} of ${stacks}`;
  }
}
