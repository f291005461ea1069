import { allEnvironments } from "@demarc/shared/environment";
import { itFitsProviders, itNeedsKnownAccess, itTakesNamesOnly, synthesized } from "@demarc/shared/testing";
import files from "./settings";
import { build, buildFrom } from "./stacks";

it.each(allEnvironments().flatMap((environment) => Object.values(synthesized(build, environment))))("$id", (stack) => {
  expect(stack.json).toMatchSnapshot();
});

itFitsProviders(build);
itNeedsKnownAccess(build);
itTakesNamesOnly(buildFrom, files);
