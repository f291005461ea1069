import { Objects } from "../kubernetes";
import { KubernetesStack, WorkspaceStack } from "../stack";
import { dev, synthesized } from "../testing";
import { infra, k8sPlatform } from "../workspace";
import aws from "./sensitive/aws.json";
import helm from "./sensitive/helm.json";
import kubernetes from "./sensitive/kubernetes.json";

/** A stack of the platform's in a cluster, with what `fill` puts into it: `tenancy` publishes a contract, `addons` publishes none. */
const platform = (stack: "tenancy" | "addons", fill: (stack: KubernetesStack) => void) =>
  synthesized((app, environment) => {
    fill(new KubernetesStack(app, { workspace: k8sPlatform, stack, environment, cluster: "a" }));
  }, dev);

const written = (path: string, value: unknown) => (stack: KubernetesStack) => {
  stack.addOverride(path, value);
};

const objects = (fields: Readonly<Record<string, Readonly<Record<string, string>>>>) => (stack: KubernetesStack) => {
  const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "it" }, ...fields };
  new Objects(stack, "secret", { name: "secret", namespace: "kube-system", objects: [secret] });
};

describe.each([
  ["a Secret", written("resource.kubernetes_secret_v1.x", {}), "kubernetes_secret_v1 has data"],
  [
    "a value that Helm is told is sensitive",
    written("resource.helm_release.x", { set_sensitive: [{ name: "a", value: "b" }] }),
    "helm_release has set_sensitive.value",
  ],
  [
    "a Secret with a write-only twin of what it has",
    written("resource.kubernetes_secret_v1.x", { data: { a: "b" }, data_wo: { a: "b" } }),
    "kubernetes_secret_v1 has data",
  ],
  [
    "sensitive values by an expression",
    written("resource.helm_release.x", { set_sensitive: '${[{ name = "a", value = "b" }]}' }),
    "helm_release has set_sensitive.value",
  ],
  ["a Secret of the objects chart", objects({ stringData: { a: "b" } }), "Secret it has data"],
  ["one in base64", objects({ data: { a: "Yg==" } }), "Secret it has data"],
])("%s", (_, fill, refusal) => {
  it("is refused by synth where others read the state, with the way out", () => {
    expect(() => platform("tenancy", fill)).toThrow(refusal);
    expect(() => platform("tenancy", fill)).toThrow("move it to a stack that publishes no contract");
  });

  it("may be where nobody else reads it", () => {
    expect(() => platform("addons", fill)).not.toThrow();
  });
});

it("a Secret that is made empty, for whoever fills it, holds no secret", () => {
  expect(() => platform("tenancy", objects({}))).not.toThrow();
});

it("all secrets of a stack are told at once", () => {
  const secrets = {
    aws_db_instance: { a: { password: "x" } },
    aws_vpn_connection: { b: { tunnel1_preshared_key: "x" } },
  };
  const build = () =>
    synthesized((app, environment) => {
      const stack = new WorkspaceStack(app, { workspace: infra, stack: "data", environment });
      stack.addOverride("resource", secrets);
    }, dev);
  for (const place of ["password", "customer_gateway_configuration", "tunnel2_preshared_key"])
    expect(build).toThrow(`has ${place}, which`);
});

it.each([
  ["aws", aws],
  ["helm", helm],
  ["kubernetes", kubernetes],
])("what is sensitive is known of the %s provider that stacks pin (if not: npm run upstream)", (name, { version }) => {
  const [stack] = Object.values(platform("addons", () => undefined));
  expect(stack?.providerVersion(name)).toBe(version);
});
