import { type Environment, InvalidInput, parse } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { devOn, settingsOfNodes } from "../testing/cluster";
import { clustersOf } from "./clusters";
import { clusterSettings } from "./settings";

const settings = parse("settings", clusterSettings, settingsOfNodes());

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
    expect(clustersOf(dev, { a: settings })).toMatchObject([
      { id: "a", name: "dev-a", version: "1.35", settings, compute: { kind: "managed-nodes" } },
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
    const size = { min: 1, desired: 1, max: 1 };
    const general = { instanceTypes: ["m7i.large"], size, releaseVersion: "1.34.9-20260801" };
    const chosen = { addOnVersions: { "kube-proxy": "v1.34.6-eksbuild.13" }, nodeGroups: { general } };
    const own = parse("settings", clusterSettings, settingsOfNodes(chosen));
    const file = "packages/shared/src/environment/kubernetes-versions/1.35.ts";
    expect(message(dev, { a: own }).split("\n").slice(1)).toEqual([
      `  clusters.a.compute.addOnVersions.kube-proxy: "v1.34.6-eksbuild.13" is not known of Kubernetes 1.35, which has v1.35.3-eksbuild.17, v1.35.3-eksbuild.2; take one of them, or add it with its source to ${file}`,
      `  clusters.a.compute.nodeGroups.general.releaseVersion: "1.34.9-20260801" is not known of Kubernetes 1.35, which has 1.35.6-20260728, 1.35.3-20260415; take one of them, or add it with its source to ${file}`,
    ]);
  });

  it("have nodes of their version, or behind it while they are upgraded, never ahead", () => {
    const nodes = (nodeVersion: "1.34" | "1.36") =>
      parse("settings", clusterSettings, settingsOfNodes({ nodeVersion }));
    expect(clustersOf(dev, { a: nodes("1.34") })).toMatchObject([{ version: "1.35" }]);
    expect(message(dev, { a: nodes("1.36") })).toContain(
      'clusters.a.compute.nodeVersion: "1.36" does not go with a control plane of 1.35: nodes are of its version, or up to 3 minor versions behind',
    );
  });

  it("are of the kind of compute that the environment names", () => {
    expect(message(devOn("fargate"), { a: settings })).toContain(
      'clusters.a.compute.kind: "managed-nodes" is not what the environment says of this cluster, which is "fargate"; make the two one',
    );
  });
});
