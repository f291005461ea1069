import { allEnvironments } from "@demarc/shared/environment";
import { itFitsProviders, synthesized } from "@demarc/shared/testing";
import { build } from "./stacks";

it.each(allEnvironments().flatMap((environment) => Object.values(synthesized(build, environment))))("$id", (stack) => {
  expect(stack.json).toMatchSnapshot();
});

itFitsProviders(build);
