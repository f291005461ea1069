import { deployableStack } from "@demarc/deploy/testing";
import { dev } from "@demarc/shared/testing";
import type { PlacedStack } from "../runs/graph";
import { cleanUp } from "./clean-up";

function placed(kind: "infra" | "k8s-platform" | "apps", key: string): PlacedStack {
  const state = { kind: "s3" as const, bucket: "states", key, region: "eu-west-1" };
  const stack = deployableStack({ id: key, state });
  const project = { name: kind, kind, directory: "", app: "", context: {} };
  return { id: key, after: [], stack, target: { project, checked: "", stacks: [stack] } };
}

const addons = placed("k8s-platform", "dev/a/k8s-platform/addons.tfstate");

it("holds add-ons back until their controllers have cleaned up after the apps, and says what is still there", async () => {
  const left = [["load-balancer k8s-pets", "record a", "record b", "record c"], ["record c"], []];
  const asked: string[] = [];
  const waitsFor = cleanUp(dev, (cluster) => {
    asked.push(cluster);
    return Promise.resolve(left.shift() ?? []);
  });
  expect(await waitsFor(addons)).toBe(
    "controllers of dev-a to take away load-balancer k8s-pets, record a, record b and 1 more",
  );
  expect(await waitsFor(addons)).toBe("controllers of dev-a to take away record c");
  expect(await waitsFor(addons)).toBeUndefined();
  expect(asked).toEqual(["dev-a", "dev-a", "dev-a"]);
});

it("holds nothing back that no cluster stands on, nor an app", async () => {
  const waitsFor = cleanUp(dev, () => Promise.resolve(["record a"]));
  expect(await waitsFor(placed("infra", "dev/infra/network.tfstate"))).toBeUndefined();
  expect(await waitsFor(placed("apps", "dev/a/apps/petstore.tfstate"))).toBeUndefined();
  expect(await waitsFor(placed("infra", "dev/a/infra/cluster.tfstate"))).toBeDefined();
});

it("gives up with all that is left where a controller does not clean up", async () => {
  const waitsFor = cleanUp(dev, () => Promise.resolve(["record a", "record b"]), 0);
  await expect(waitsFor(addons)).rejects.toThrow(
    /addons.*is not destroyed[^]*record a\n {2}record b\n.*kubectl get events/,
  );
});
