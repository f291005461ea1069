import type { DeployableStack } from "@demarc/deploy";
import { deployableStack } from "@demarc/deploy/testing";
import { accountStackId } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { inDeployOrder, inDestroyOrder, needsOf } from "./graph";

const account = accountStackId(dev);

function stack(id: string, key: string, reads: readonly string[] = [], after: readonly string[] = []): DeployableStack {
  const state = (key: string) => ({ kind: "s3" as const, bucket: "states", key, region: "eu-west-1" });
  return deployableStack({ id, state: state(key), reads: reads.map(state), after });
}

function project(name: string, kind: "infra" | "k8s-platform" | "apps", ...stacks: DeployableStack[]) {
  return { project: { name, kind, directory: "", app: "", context: {} }, checked: "", stacks };
}

const CLUSTER = "dev/a/infra/cluster.tfstate";
const TENANCY = "dev/a/k8s-platform/tenancy.tfstate";
const projects = [
  project("infra", "infra", stack(account, "account.tfstate"), stack("dev-a-cluster", CLUSTER)),
  project(
    "k8s-platform",
    "k8s-platform",
    stack("dev-a-addons", "dev/a/k8s-platform/addons.tfstate", [CLUSTER]),
    stack("dev-a-tenancy", TENANCY, [CLUSTER], ["dev-a-addons"]),
  ),
  project("petstore", "apps", stack("dev-a-petstore", "dev/a/apps/petstore.tfstate", [CLUSTER, TENANCY])),
];

const orderOf = (placed: ReturnType<typeof inDeployOrder>) =>
  Object.fromEntries(placed.map(({ id, after }) => [id, after]));

it("deploys a stack after the account, what it reads in any project, and what its own project wants before it", () => {
  expect(orderOf(inDeployOrder(dev, projects))).toEqual({
    [account]: [],
    "dev-a-cluster": [account],
    "dev-a-addons": [account, "dev-a-cluster"],
    "dev-a-tenancy": [account, "dev-a-cluster", "dev-a-addons"],
    "dev-a-petstore": [account, "dev-a-cluster", "dev-a-tenancy"],
  });
});

it("destroys a stack after all that need it, and leaves the account out", () => {
  expect(orderOf(inDestroyOrder(dev, projects))).toEqual({
    "dev-a-cluster": ["dev-a-addons", "dev-a-tenancy", "dev-a-petstore"],
    "dev-a-addons": ["dev-a-tenancy"],
    "dev-a-tenancy": ["dev-a-petstore"],
    "dev-a-petstore": [],
  });
});

it("needs a control plane built for a cluster, and providers for what goes into it", () => {
  const needs = new Map(inDeployOrder(dev, projects).map((placed) => [placed.id, needsOf(placed, dev)]));
  expect(needs.get(account)).toEqual([]);
  expect(needs.get("dev-a-cluster")).toEqual(["control-plane"]);
  expect(needs.get("dev-a-petstore")).toEqual(["control-plane", "kubernetes-providers"]);
});
