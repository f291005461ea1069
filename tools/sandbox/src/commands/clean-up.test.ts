import type { PlacedStack } from "@demarc/deploy";
import { deployableStack } from "@demarc/deploy/testing";
import { dev } from "@demarc/shared/testing";
import { cleanUp } from "./clean-up";

function placed(kind: "infra" | "k8s-platform" | "apps", id: string, cluster?: string): PlacedStack {
  const stack = deployableStack({ id });
  const project = { name: kind, kind, directory: "", app: "", context: {} };
  return { id, after: [], stack, target: { project, checked: "", stacks: [stack] }, cluster };
}

const addons = placed("k8s-platform", "dev-a-addons", "a");

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
  expect(await waitsFor(placed("infra", "dev-network"))).toBeUndefined();
  expect(await waitsFor(placed("apps", "dev-a-petstore", "a"))).toBeUndefined();
  expect(await waitsFor(placed("infra", "dev-a-cluster", "a"))).toBeDefined();
});

it("does not hold back a stack for what goes with its own Ingress, but the controllers below it", async () => {
  const waitsFor = cleanUp(dev, () => Promise.resolve(["load-balancer k8s-traefik"]));
  const tenancy = placed("k8s-platform", "dev-a-tenancy", "a");
  expect(await waitsFor({ ...tenancy, stack: { ...tenancy.stack, hasIngresses: true } })).toBeUndefined();
  expect(await waitsFor(addons)).toBeDefined();
});

it("gives up with all that is left where a controller does not clean up", async () => {
  const waitsFor = cleanUp(dev, () => Promise.resolve(["record a", "record b"]), 0);
  await expect(waitsFor(addons)).rejects.toThrow(
    /addons.*is not destroyed[^]*record a\n {2}record b\n.*kubectl get events/,
  );
});
