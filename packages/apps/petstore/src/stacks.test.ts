import { environmentNamed } from "@demarc/shared/environment";
import { itFitsProviders, synthesized } from "@demarc/shared/testing";
import { build } from "./stacks";

it.each(Object.entries(synthesized(build, environmentNamed("dev"))))("%s", (_, stack) => {
  expect(stack.json).toMatchSnapshot();
});

itFitsProviders(build);
