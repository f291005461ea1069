import { once } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { kinds } from "../controllers/kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../controllers/kubernetes/object";
import { kwokNode, podSpec } from "../kubernetes/testing/objects";
import { CLUSTER, type RunningControlPlane, runControlPlane } from "../kubernetes/testing/running-control-plane";
import { type StandInTerraform, standInTerraform } from "./testing/stand-in-terraform";

const WORKS = "example.com/petstore:1";
/** No registry has it: the pod's container waits for ever. */
const NEVER_STARTS = "registry.invalid/petstore:1";
const OBJECTS_CHART = path.resolve(__dirname, "../../../../packages/shared/charts/objects");
const NAMESPACE = "pets";
const NAME = { name: "petstore", namespace: NAMESPACE };

/** What Helm keeps of a release. */
interface ReleaseRecord extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & { readonly labels?: Readonly<Record<string, string>> };
}
const secrets: ResourceKind<ReleaseRecord> = { apiVersion: "v1", kind: "Secret", plural: "secrets", namespaced: true };

let cluster: RunningControlPlane;
let kubernetes: KubernetesClient;
let terraform: StandInTerraform;

beforeAll(async () => {
  cluster = await runControlPlane();
  kubernetes = new KubernetesClient(cluster.connection, "test");
  await kubernetes.create(kinds.nodes, kwokNode("one"));
  await kubernetes.create(kinds.namespaces, { metadata: { name: NAMESPACE } });
  terraform = await standInTerraform(cluster.connection);
});

afterAll(async () => {
  terraform.remove();
  kubernetes.close();
  await cluster.stop();
});

/** An app of one Deployment with this image, as the objects chart has it. */
function release(image: string, others: object = {}): void {
  const labels = { app: "petstore" };
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: NAME.name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec({ image }) } },
  };
  terraform.write("release", {
    resource: {
      helm_release: {
        petstore: {
          ...NAME,
          chart: OBJECTS_CHART,
          values: [JSON.stringify({ objects: [deployment] })],
          atomic: true,
          cleanup_on_fail: true,
          timeout: image === NEVER_STARTS ? 10 : 120,
          ...others,
        },
      },
    },
  });
}

async function image(): Promise<string | undefined> {
  return (await kubernetes.get(kinds.deployments, NAME))?.spec.template.spec?.containers[0]?.image;
}

/** Whether the rollout of an image has begun: Helm has sent all that it sends by then, and waits. */
async function hasPod(image: string): Promise<boolean> {
  const { items } = await kubernetes.list(kinds.pods, { namespace: NAMESPACE });
  return items.some(({ spec }) => spec.containers.some((container) => container.image === image));
}

/** What Helm says of each revision, the oldest first. */
async function revisions(): Promise<(string | undefined)[]> {
  const { items } = await kubernetes.list(secrets, { namespace: NAMESPACE, labelSelector: "owner=helm" });
  const number = ({ metadata }: ReleaseRecord) => Number(metadata.labels?.["version"]);
  return items.toSorted((one, other) => number(one) - number(other)).map(({ metadata }) => metadata.labels?.["status"]);
}

/** Starts an apply and kills Terraform once the release is at that. The provider may have begun to take it back then. */
async function killedAt(status: string): Promise<void> {
  const child = terraform.start("apply", "-auto-approve");
  while ((await revisions()).at(-1) !== status) await sleep(100);
  child.kill("SIGKILL");
  await once(child, "close");
  const lock = readdirSync(terraform.folder).find((file) => file.endsWith(".lock.info"));
  if (lock !== undefined) rmSync(path.join(terraform.folder, lock));
}

it("installs, has nothing more to do, and upgrades", async () => {
  release(WORKS);
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  expect(await kubernetes.get(kinds.deployments, NAME)).toMatchObject({ status: { readyReplicas: 1 } });
  expect(await terraform.plan()).toMatchObject({ exitCode: 0 });

  release("example.com/petstore:2");
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  expect(await image()).toBe("example.com/petstore:2");
  expect(await terraform.plan()).toMatchObject({ exitCode: 0 });
});

it("takes a failed upgrade back, and says what was not ready", async () => {
  release(NEVER_STARTS);
  const { exitCode, said } = await terraform.apply();
  expect(exitCode).toBe(1);
  expect(said).toContain("has been rolled back due to atomic being set");
  expect(said).toMatch(/Deployment pets\/petstore: [^]*pod petstore-\S+: container main: ImagePullBackOff/);
  expect(await image()).toBe("example.com/petstore:2");

  release("example.com/petstore:2");
  expect(await terraform.plan()).toMatchObject({ exitCode: 0 });
});

it("leaves an upgrade that was killed to tools/deploy, as the real provider does", async () => {
  release(NEVER_STARTS, { timeout: 60 });
  await killedAt("pending-upgrade");

  release("example.com/petstore:2");
  const { exitCode, said } = await terraform.plan();
  expect(exitCode).toBe(2);
  expect(said).toMatch(/status += "pending-(upgrade|rollback)" -> "deployed"/);
  const applied = await terraform.apply();
  expect(applied.exitCode).toBe(1);
  expect(applied.said).toMatch(/another\s+operation\s+\(install\/upgrade\/rollback\)\s+is\s+in\s+progress/);
});

it("installs anew what somebody else has uninstalled", async () => {
  const { items } = await kubernetes.list(secrets, { namespace: NAMESPACE, labelSelector: "owner=helm" });
  for (const { metadata } of items) await kubernetes.delete(secrets, metadata);
  await kubernetes.delete(kinds.deployments, NAME);

  expect((await terraform.plan()).said).toContain("1 to add");
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  expect(await image()).toBe("example.com/petstore:2");
});

it("goes, once what it made has gone", async () => {
  release("example.com/petstore:2", { timeout: 5 });
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  await kubernetes.patch(kinds.deployments, NAME, { metadata: { finalizers: ["example.com/held"] } });
  expect((await terraform.destroy()).said).toMatch(
    /still\s+there[^]*Deployment pets\/petstore \(held by example\.com\/held\)/,
  );
  await kubernetes.patch(kinds.deployments, NAME, { metadata: { finalizers: null } });
  expect(await terraform.destroy()).toMatchObject({ exitCode: 0 });
  expect(await image()).toBeUndefined();
  expect(await revisions()).toEqual([]);
});

it("leaves nothing of an install that fails", async () => {
  release(NEVER_STARTS);
  const { exitCode, said } = await terraform.apply();
  expect(exitCode).toBe(1);
  expect(said).toContain("has been uninstalled due to atomic being set");
  expect(await revisions()).toEqual([]);
  expect(await image()).toBeUndefined();
  expect(await terraform.demand("state", "list")).toBe("");
});

it("takes an install back when Terraform is interrupted", async () => {
  release(NEVER_STARTS, { timeout: 60 });
  const child = terraform.start("apply", "-auto-approve");
  while ((await revisions()).at(-1) !== "pending-install") await sleep(100);
  child.kill("SIGINT");
  await once(child, "close");
  expect(await revisions()).toEqual([]);
  expect(await image()).toBeUndefined();
  expect(await terraform.demand("state", "list")).toBe("");
});

it("takes over a whole release that its state does not know, where it is told to", async () => {
  const forget = () => {
    for (const file of readdirSync(terraform.folder)) {
      if (file.startsWith("terraform.tfstate")) rmSync(path.join(terraform.folder, file));
    }
  };
  release(WORKS);
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  forget();
  release(WORKS, { upgrade_install: true });
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  expect(await revisions()).toEqual(["superseded", "deployed"]);
});

it("does not take over a release that is another's", async () => {
  const state = path.join(terraform.folder, "terraform.tfstate");
  if (existsSync(state)) rmSync(state);
  release("example.com/petstore:3");
  expect((await terraform.apply()).said).toContain("cannot re-use a name that is still in use");
  expect(await image()).toBe(WORKS);
});

it("gives up an API server that has gone, and leaves what it was at to tools/deploy", async () => {
  await terraform.demand("import", "helm_release.petstore", `${NAMESPACE}/petstore`);
  release(NEVER_STARTS, { timeout: 300 });
  const applied = terraform.apply();
  while (!(await hasPod(NEVER_STARTS))) await sleep(100);
  const server = cluster.plane.components(CLUSTER).find(({ name }) => name === "kube-apiserver");
  process.kill(server?.pid ?? 0, "SIGKILL");
  expect((await applied).said).toMatch(/the\s+API\s+server\s+has\s+not\s+answered\s+for\s+30s/);

  await cluster.plane.resume(CLUSTER);
  release(WORKS);
  expect((await terraform.apply()).said).toMatch(/another\s+operation\s+\(install\/upgrade\/rollback\)/);
  expect(await terraform.destroy()).toMatchObject({ exitCode: 0 });
});

it("takes values that are known only when others are made, and shows no secret", async () => {
  terraform.write("release", {
    resource: {
      terraform_data: { colour: { input: "blue" } },
      helm_release: {
        settings: {
          name: "settings",
          namespace: NAMESPACE,
          chart: OBJECTS_CHART,
          values: [
            JSON.stringify({
              objects: [
                {
                  apiVersion: "v1",
                  kind: "ConfigMap",
                  metadata: { name: "settings" },
                  data: { colour: "${terraform_data.colour.output}" },
                },
              ],
            }),
          ],
          set_sensitive: [{ name: "objects[0].data.key", value: "hush" }],
          set_wo: [{ name: "objects[0].data.password", value: "not to be written" }],
          set_wo_revision: 1,
        },
      },
    },
  });
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  const configMaps: ResourceKind = { apiVersion: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true };
  expect(await kubernetes.get(configMaps, { name: "settings", namespace: NAMESPACE })).toMatchObject({
    data: { colour: "blue", key: "hush", password: "not to be written" },
  });
  const { exitCode } = await terraform.plan();
  expect(exitCode).toBe(0);
  const state = await terraform.demand("state", "pull");
  expect(state).not.toContain("not to be written");
  expect(await terraform.demand("show")).not.toContain("hush");
});

it("refuses what it does not do, and what is no name, before anything is changed", async () => {
  release(WORKS, { name: "Pet_Store", postrender: { binary_path: "/bin/cat" } });
  const { exitCode, said } = await terraform.plan();
  expect(exitCode).toBe(1);
  expect(said).toMatch(/does not take\s+postrender/);
  expect(said).toContain("invalid release name");
});
