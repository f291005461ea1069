import { type Environment, InvalidInput, parse } from "@demarc/shared/environment";
import { dev, leastSettings } from "../testing/cluster";
import { clustersOf } from "./clusters";
import { clusterSettings } from "./settings";

const settings = parse("settings", clusterSettings, leastSettings);

function message(environment: Environment, of: Parameters<typeof clustersOf>[1]): string {
  try {
    clustersOf(environment, of);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
  }
  throw new Error("nothing was refused");
}

describe("the clusters of an environment", () => {
  it("are named after it, each with its settings", () => {
    expect(clustersOf(dev, { a: settings })).toEqual([{ id: "a", name: "dev-a", version: "1.35", settings }]);
  });

  it("need settings, each, and no others: all that is wrong is told at once", () => {
    expect(message(dev, { b: settings })).toBe(
      [
        'settings of infra for "dev" is not valid (2 problems):',
        "  clusters.b: is no cluster of the environment; remove it or add it there",
        "  clusters.a: nothing is given: the environment has this cluster; add its settings",
      ].join("\n"),
    );
  });

  it.each(["fargate", "auto-mode"] as const)("cannot be of %s yet, and say so", (kind) => {
    const other = { ...dev, clusters: { a: { version: "1.35", compute: { kind } } } };
    expect(message(other, { a: settings })).toContain(
      `clusters.a: "${kind}" is a kind of compute that this version has no cluster stack for; take managed-nodes`,
    );
  });
});
