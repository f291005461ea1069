import { deployableStack } from "@demarc/deploy/testing";
import { needsOf } from "./needs";

const placed = (kind: "infra" | "apps", cluster?: string) => {
  const project = { name: kind, kind, directory: "", app: "", context: {} };
  return { cluster, target: { project, checked: "", stacks: [deployableStack({ id: "one" })] } };
};

it("needs a control plane built for a cluster, and providers for what goes into it", () => {
  expect(needsOf(placed("infra"))).toEqual([]);
  expect(needsOf(placed("infra", "a"))).toEqual(["control-plane"]);
  expect(needsOf(placed("apps", "a"))).toEqual(["control-plane", "kubernetes-providers"]);
});
