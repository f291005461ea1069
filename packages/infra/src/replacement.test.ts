import { dev, synthesized } from "@demarc/shared/testing";
import { edgeStacks } from "./testing/edge";
import { madeAnew, neverReplaced } from "./testing/never-replaced";
import { buildFixture } from "./testing/fixture";
import { settings } from "./testing/settings";

const stacks = { ...synthesized(buildFixture({ dev: settings }), dev), ...edgeStacks() };

/** Addresses of the stack's resources of all types that hold something. */
function holding(stack: string): string[] {
  const types = stacks[stack]?.resourceTypes ?? [];
  return types
    .filter((type) => !madeAnew.has(type))
    .flatMap((type) => (stacks[stack]?.labels(type) ?? []).map((label) => `${type}.${label}`));
}

const pinned = Object.entries(neverReplaced).flatMap(([stack, resources]) =>
  Object.entries(resources).map(([address, fixed]) => [stack, address, fixed] as const),
);

describe("a replacement", () => {
  it.each(pinned)(
    "in %s of %s, with the loss of what it holds, is what another address or argument means",
    (stack, address, fixed) => {
      const [type = "", label = ""] = address.split(".");
      expect(stacks[stack]?.labelled(type, label)).toMatchObject(fixed);
    },
  );

  it.each(Object.keys(stacks))(
    "is held off from all in %s that holds something: its address stands in the list",
    (stack) => {
      expect(holding(stack).toSorted()).toEqual(Object.keys(neverReplaced[stack] ?? {}).toSorted());
    },
  );
});
