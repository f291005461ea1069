import { kinds } from "../controllers/kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../controllers/kubernetes/object";
import { podSpec } from "../kubernetes/testing/objects";
import { type ClusterWithTerraform, clusterWithTerraform } from "./testing/cluster-with-terraform";
import type { StandInTerraform } from "./testing/stand-in-terraform";

const NAMESPACE = "shop";
const WEB = { name: "web", namespace: NAMESPACE };

interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}
interface RoleBinding extends KubernetesObject {
  readonly roleRef: { readonly name: string };
}
const configMaps: ResourceKind<ConfigMap> = {
  apiVersion: "v1",
  kind: "ConfigMap",
  plural: "configmaps",
  namespaced: true,
};
const roleBindings: ResourceKind<RoleBinding> = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  plural: "rolebindings",
  namespaced: true,
};

let cluster: ClusterWithTerraform;
let terraform: StandInTerraform;

beforeAll(async () => {
  cluster = await clusterWithTerraform();
  terraform = cluster.terraform;
});

afterAll(() => cluster.stop());

interface Wanted {
  readonly image?: string;
  readonly role?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** A namespace with an app in it, each resource referring to another whose name or version is not known before. */
function app({ image = "example.com/web:1", role = "view", settings = { colour: "red" } }: Wanted = {}): object {
  const namespace = "${kubernetes_namespace_v1.shop.metadata[0].name}";
  const labels = { app: "web" };
  return {
    kubernetes_namespace_v1: { shop: { metadata: { name: NAMESPACE }, wait_for_default_service_account: true } },
    kubernetes_config_map_v1: { settings: { metadata: { generate_name: "settings-", namespace }, data: settings } },
    kubernetes_deployment_v1: {
      web: {
        metadata: { name: "web", namespace },
        spec: {
          replicas: "2",
          selector: { match_labels: labels },
          template: {
            metadata: { labels },
            spec: {
              container: [
                {
                  name: "main",
                  image,
                  env: [{ name: "SETTINGS", value: "${kubernetes_config_map_v1.settings.metadata[0].name}" }],
                  resources: { requests: { cpu: "0.1", memory: "64Mi" } },
                },
              ],
            },
          },
        },
        lifecycle: { ignore_changes: ["spec[0].replicas"] },
      },
    },
    kubernetes_role_binding_v1: {
      team: {
        metadata: { name: "team", namespace },
        role_ref: { api_group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
        subject: [{ api_group: "rbac.authorization.k8s.io", kind: "Group", name: "team", namespace: "" }],
      },
    },
  };
}

async function deploy(wanted?: Wanted): Promise<string> {
  terraform.write("app", { resource: app(wanted) });
  return terraform.demand("apply", "-auto-approve");
}

async function nothingToChange(): Promise<void> {
  expect(await terraform.plan()).toMatchObject({ exitCode: 0 });
}

describe("the stand-in for the Kubernetes provider", () => {
  it("makes objects that refer to one another, waits for them, and plans nothing afterwards", async () => {
    await deploy();
    const deployment = await cluster.kubernetes.get(kinds.deployments, WEB);
    expect(deployment?.status).toMatchObject({ availableReplicas: 2 });
    const { items } = await cluster.kubernetes.list(configMaps, { namespace: NAMESPACE });
    expect(deployment?.spec.template.spec?.containers[0]?.env).toEqual([
      { name: "SETTINGS", value: items.find(({ data }) => data?.["colour"] === "red")?.metadata.name },
    ]);
    await nothingToChange();
  });

  it("changes in place what can be changed", async () => {
    await deploy({ image: "example.com/web:2" });
    const deployment = await cluster.kubernetes.get(kinds.deployments, WEB);
    expect(deployment?.spec.template.spec?.containers[0]?.image).toBe("example.com/web:2");
    await nothingToChange();
  });

  it("shows drift in what is configured, and sets it right", async () => {
    await deploy();
    const container = podSpec({ image: "example.com/web:9" });
    await cluster.kubernetes.patch(kinds.deployments, WEB, { metadata: { labels: { added: "by-hand" } } });
    await nothingToChange();
    await cluster.kubernetes.patch(kinds.deployments, WEB, { spec: { template: { spec: container } } });
    const { exitCode, said } = await terraform.plan();
    expect(said).toContain('"example.com/web:9" -> "example.com/web:1"');
    expect(exitCode).toBe(2);
    await deploy();
    await nothingToChange();
  });

  it("leaves what the configuration ignores to others, as an autoscaler's replicas", async () => {
    await cluster.kubernetes.patch(kinds.deployments, WEB, { spec: { replicas: 3 } });
    await nothingToChange();
    await deploy({ image: "example.com/web:3" });
    expect((await cluster.kubernetes.get(kinds.deployments, WEB))?.spec.replicas).toBe(3);
  });

  it("replaces what the API server would not change", async () => {
    expect(await deploy({ role: "edit" })).toMatch(/kubernetes_role_binding_v1\.team must be replaced/);
    const binding = await cluster.kubernetes.get(roleBindings, { name: "team", namespace: NAMESPACE });
    expect(binding?.roleRef.name).toBe("edit");
    await nothingToChange();
  });

  it("makes again what somebody deleted", async () => {
    await cluster.kubernetes.delete(roleBindings, { name: "team", namespace: NAMESPACE });
    expect((await terraform.plan()).said).toContain("kubernetes_role_binding_v1.team will be created");
    await deploy({ role: "edit" });
    await nothingToChange();
  });

  it("refuses an argument that the real provider does not know, by its path", async () => {
    const container = { name: "main", imag: "example.com/web:1" };
    terraform.write("wrong", {
      resource: { kubernetes_pod_v1: { wrong: { metadata: { name: "wrong" }, spec: { container: [container] } } } },
    });
    const { exitCode, said } = await terraform.run("validate");
    terraform.write("wrong", {});
    expect(said).toMatch(/kubernetes_pod_v1\.wrong\.spec\.container\[0\]/);
    expect(said).toContain('No argument or block type is named "imag"');
    expect(exitCode).toBe(1);
  });

  it("refuses to take an object over that is there already, but imports it", async () => {
    await cluster.kubernetes.create(configMaps, { metadata: { name: "taken", namespace: NAMESPACE } });
    const taken = { metadata: { name: "taken", namespace: NAMESPACE }, data: { colour: "blue" } };
    terraform.write("taken", { resource: { kubernetes_config_map_v1: { taken } } });
    expect(await terraform.apply()).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining('configmaps "taken" already exists: import it'),
    });
    await terraform.demand("import", "kubernetes_config_map_v1.taken", `${NAMESPACE}/taken`);
    await terraform.demand("apply", "-auto-approve");
    expect((await cluster.kubernetes.get(configMaps, taken.metadata))?.data).toEqual({ colour: "blue" });
    await nothingToChange();
  });

  it("says the API server's own reason", async () => {
    const quota = { metadata: { name: "few", namespace: NAMESPACE }, spec: { hard: { pods: "-1" } } };
    terraform.write("quota", { resource: { kubernetes_resource_quota_v1: { few: quota } } });
    const { exitCode, said } = await terraform.apply();
    terraform.write("quota", {});
    expect(said).toMatch(/spec\.hard\[pods\]: Invalid value: "-1"/);
    expect(exitCode).toBe(1);
  });

  it("waits until what it deletes is gone, and says what keeps it", async () => {
    const held = { name: "held", namespace: NAMESPACE };
    const pod = { metadata: held, spec: { container: [{ name: "main", image: "i" }] }, timeouts: { delete: "1s" } };
    terraform.write("held", { resource: { kubernetes_pod_v1: { held: pod } } });
    await terraform.demand("apply", "-auto-approve");
    await cluster.kubernetes.patch(kinds.pods, held, { metadata: { finalizers: ["example.com/hold"] } });
    terraform.write("held", {});
    expect((await terraform.apply()).said).toMatch(/still there after 1s; its\s+finalizers are \[example\.com\/hold\]/);
    await cluster.kubernetes.patch(kinds.pods, held, { metadata: { finalizers: null } });
    expect((await terraform.destroy()).said).toContain("Destroy complete");
    expect(await cluster.kubernetes.get(kinds.namespaces, { name: NAMESPACE })).toBeUndefined();
  });

  it("plans while the cluster's address is not known yet", async () => {
    const later = await cluster.another();
    later.write("providers", {
      terraform: { required_providers: { kubernetes: { source: "demarc.local/sandbox/kubernetes" } } },
      provider: { kubernetes: { host: "${terraform_data.cluster.output}", token: "none" } },
      resource: {
        terraform_data: { cluster: { input: "https://127.0.0.1:1" } },
        kubernetes_namespace_v1: { shop: { metadata: { name: NAMESPACE } } },
      },
    });
    expect((await later.plan()).said).toContain("Plan: 2 to add");
    expect((await later.apply()).said).toMatch(/dial tcp 127\.0\.0\.1:1:\s+connect:\s+connection\s+refused/);
  });
});
