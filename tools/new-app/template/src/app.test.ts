import { allEnvironments } from "@demarc/shared/environment";
import { itFitsProviders, itNeedsKnownAccess, itTakesNamesOnly, synthesized } from "@demarc/shared/testing";
import { workspace } from "./app";
import files from "./settings";
import { build, buildFrom } from "./stacks";

describe.each(allEnvironments())("in $name", (environment) => {
  const stacks = synthesized(build, environment);

  it("is a stack of its own in each cluster", () => {
    const clusters = Object.keys(environment.clusters);
    expect(Object.keys(stacks)).toEqual(clusters.map((cluster) => `${environment.name}-${cluster}-${workspace.name}`));
  });

  it("leaves no default", () => {
    for (const stack of Object.values(stacks))
      expect(stack.object("Deployment")).not.toHaveProperty(["metadata", "annotations"]);
  });
});

itFitsProviders(build);
itNeedsKnownAccess(build);
itTakesNamesOnly(buildFrom, files);
