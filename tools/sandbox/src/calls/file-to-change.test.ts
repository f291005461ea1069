import path from "node:path";
import { fileToChange } from "./file-to-change";

const root = path.resolve(__dirname, "../../../..");
const account = "arn:aws:iam::111122223333";
const roleOf = (workspace: string, name: string) => `${account}:role/demarc/test/${workspace}/${name}`;

it.each([
  ["k8s-platform", "test-b-external-dns", "packages/k8s-platform/src/addons/external-dns.ts"],
  ["k8s-platform", "test-b-database-users", "packages/k8s-platform/src/database/database-users.ts"],
  ["infra", "test-flow-logs", "packages/infra/src/network/flow-logs.ts"],
  ["infra", "test-b-nodes", "packages/infra/src/cluster/compute/managed-nodes/nodes.ts"],
  ["infra", "test-b-control-plane", "packages/infra/src/cluster/control-plane.ts"],
  ["infra", "test-b-vpc-cni", "packages/infra/src/cluster/compute/managed-nodes/add-ons.ts"],
  ["infra", "test-shop-database-monitoring", "packages/infra/src/data/database-monitoring.ts"],
  ["storefront", "test-b-app-storefront", "packages/apps/storefront/src/app.ts"],
  ["access", "test-petstore-deploy", "packages/shared/src/ownership/access"],
  ["k8s-platform", "test-b-unheard-of", "packages/k8s-platform/src"],
])("of %s, role %s is made in %s", (workspace, name, file) => {
  const refusal = { by: "identity policy", role: roleOf(workspace, name), resource: "*" } as const;
  expect(fileToChange(root, refusal)).toBe(file);
});

it.each([
  ["demarc-eu-west-1-apps-shop", "apps"],
  ["demarc-us-gov-west-1-apps-shop-eu", "apps"],
  ["demarc-eu-west-1-k8s-platform", "k8s-platform"],
  ["demarc-eu-west-1-infra", "infra"],
  ["demarc-eu-west-1-delivery", "delivery"],
])("is that of the boundary %s, where that refuses", (name, file) => {
  const policy = `${account}:policy/demarc/${name}`;
  const role = roleOf("storefront", "test-b-app-storefront");
  const refusal = { by: "boundary" as const, policy, role, resource: "*" };
  expect(fileToChange(root, refusal)).toBe(`packages/shared/src/iam/boundaries/${file}.ts`);
});

it("is that of the role that was asked for, where its trust policy refuses", () => {
  const resource = roleOf("storefront", "test-b-app-storefront");
  const role = roleOf("k8s-platform", "test-b-external-dns");
  expect(fileToChange(root, { by: "resource policy", role, resource })).toBe("packages/apps/storefront/src/app.ts");
  expect(fileToChange(root, { by: "resource policy", role, resource: "arn:aws:sqs:eu-west-1:1:orders" })).toBe(
    "packages/k8s-platform/src/addons/external-dns.ts",
  );
});

it("is that of whom roles that plan and deploy trust, where one of those is asked for in vain", () => {
  const resource = roleOf("access", "test-petstore-deploy");
  const refusal = { by: "resource policy", role: `${account}:role/team/shop`, resource } as const;
  expect(fileToChange(root, refusal)).toBe("packages/shared/src/ownership/delivery/trust.ts");
});

it("is none for a role that the repository does not make", () => {
  const role = `${account}:role/team/pets`;
  expect(fileToChange(root, { by: "identity policy", role, resource: "*" })).toBeUndefined();
});
