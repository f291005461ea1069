import { type Environment, InvalidInput, parse } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { leastSettings } from "../testing/cluster";
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
    const largestPod = { cpu: "1500m", memory: "6Gi", ephemeralStorage: "10Gi" };
    expect(clustersOf(dev, { a: settings })).toEqual([
      { id: "a", name: "dev-a", version: "1.35", nodeVersion: "1.35", largestPod, settings },
    ]);
  });

  it("need settings, each, and no others: all that is wrong is told at once", () => {
    expect(message(dev, { b: settings })).toBe(
      [
        "src/settings/dev.ts of infra is not valid (2 problems):",
        "  clusters.b: is no cluster of the environment; remove it or add it there",
        "  clusters.a: nothing is given: the environment has this cluster; add its settings",
      ].join("\n"),
    );
  });

  it("take no version of an add-on, image or node that is not known of their Kubernetes: all is told at once", () => {
    const general = { ...leastSettings.nodeGroups["general"], releaseVersion: "1.34.9-20260801" };
    const chosen = { addOnVersions: { "kube-proxy": "v1.34.6-eksbuild.13" }, nodeGroups: { general } };
    const own = parse("settings", clusterSettings, { ...leastSettings, ...chosen });
    const file = "packages/shared/src/environment/kubernetes-versions/1.35.ts";
    expect(message(dev, { a: own }).split("\n").slice(1)).toEqual([
      `  clusters.a.addOnVersions.kube-proxy: "v1.34.6-eksbuild.13" is not known of Kubernetes 1.35, which has v1.35.3-eksbuild.17, v1.35.3-eksbuild.2; take one of them, or add it with its source to ${file}`,
      `  clusters.a.nodeGroups.general.releaseVersion: "1.34.9-20260801" is not known of Kubernetes 1.35, which has 1.35.6-20260728, 1.35.3-20260415; take one of them, or add it with its source to ${file}`,
    ]);
  });

  it("have nodes of their version, or behind it while they are upgraded, never ahead", () => {
    const nodes = (nodeVersion: string) => parse("settings", clusterSettings, { ...leastSettings, nodeVersion });
    expect(clustersOf(dev, { a: nodes("1.34") })).toMatchObject([{ version: "1.35", nodeVersion: "1.34" }]);
    expect(message(dev, { a: nodes("1.36") })).toContain(
      'clusters.a.nodeVersion: "1.36" does not go with a control plane of 1.35: nodes are of its version, or up to 3 minor versions behind',
    );
  });

  it.each(["fargate", "auto-mode"] as const)("cannot be of %s yet, and say so", (kind) => {
    const other = { ...dev, clusters: { a: { version: "1.35", compute: { kind } } } };
    expect(message(other, { a: settings })).toContain(
      `clusters.a: "${kind}" is a kind of compute that this version has no cluster stack for; take managed-nodes`,
    );
  });
});
