import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf, type DeployableStack, recoverReleases, States } from "@demarc/deploy";
import { deployableStack } from "@demarc/deploy/testing";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { kinds } from "../controllers/kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../controllers/kubernetes/object";
import { kwokNode, podSpec } from "../kubernetes/testing/objects";
import { type RunningControlPlane, runControlPlane } from "../kubernetes/testing/running-control-plane";
import { type StandInTerraform, standInTerraform } from "./testing/stand-in-terraform";

const WORKS = "example.com/petstore:1";
/** No registry has it: the pod's container waits for ever. */
const NEVER_STARTS = "registry.invalid/petstore:1";
const OBJECTS_CHART = path.resolve(__dirname, "../../../../packages/shared/charts/objects");
const NAMESPACE = "pets";
const NAME = { name: "petstore", namespace: NAMESPACE };

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

/** An app of one Deployment with this image, and what Terraform needs to know of it. */
function release(image: string): object {
  const labels = { app: "petstore" };
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: NAME.name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec({ image }) } },
  };
  const values = [JSON.stringify({ objects: [deployment] })];
  const petstore = { ...NAME, chart: OBJECTS_CHART, values, atomic: true, cleanup_on_fail: true, timeout: 60 };
  terraform.write("release", { resource: { helm_release: { petstore } } });
  return { petstore };
}

/** What Helm says of each revision, the oldest first. */
async function revisions(): Promise<(string | undefined)[]> {
  const { items } = await kubernetes.list(secrets, { namespace: NAMESPACE, labelSelector: "owner=helm" });
  const number = ({ metadata }: ReleaseRecord) => Number(metadata.labels?.["version"]);
  return items.toSorted((one, other) => number(one) - number(other)).map(({ metadata }) => metadata.labels?.["status"]);
}

async function image(): Promise<string | undefined> {
  return (await kubernetes.get(kinds.deployments, NAME))?.spec.template.spec?.containers[0]?.image;
}

/** Kills a Terraform and its providers once the release is at that. */
async function killed(child: ChildProcess, isThere: () => Promise<boolean>): Promise<void> {
  while (!(await isThere())) await sleep(100);
  const { pid = 0 } = child;
  for (const one of [...(await childrenOf(pid)), pid]) process.kill(one, "SIGKILL");
  await once(child, "close");
  const lock = readdirSync(terraform.folder).find((file) => file.endsWith(".lock.info"));
  if (lock !== undefined) rmSync(path.join(terraform.folder, lock));
}

const applying = () => terraform.start("apply", "-auto-approve");
/** Helm has sent all that it sends, and waits. */
const waiting = async () => (await image()) === NEVER_STARTS;

/** What the deploy does before Terraform, for a stack with that release. */
async function recovered(releases: object): Promise<string[]> {
  const { endpoint, certificateAuthority, token } = cluster.connection;
  const directory = path.join(terraform.folder, "stack");
  mkdirSync(directory, { recursive: true });
  const credential = JSON.stringify({ status: { token } });
  writeFileSync(path.join(directory, "aws"), `#!/bin/sh\necho '${credential}'\n`);
  chmodSync(path.join(directory, "aws"), 0o755);
  const exec = { command: "aws", args: ["eks", "get-token"] };
  const kubernetes = { host: endpoint, cluster_ca_certificate: certificateAuthority, exec };
  const stack = {
    provider: { helm: [{ kubernetes }] },
    data: { terraform_remote_state: {} },
    resource: { helm_release: releases },
  };
  writeFileSync(path.join(directory, "cdk.tf.json"), JSON.stringify(stack));
  const state: DeployableStack["state"] = { kind: "s3", bucket: "states", key: "petstore", region: "eu-west-1" };
  const states = Object.assign(new States(), { lock: () => Promise.resolve(undefined) });
  const variables = { ...process.env, PATH: `${directory}${path.delimiter}${process.env["PATH"] ?? ""}` };
  return recoverReleases(deployableStack({ id: "petstore", directory, state }), { variables, states });
}

it("an upgrade that was killed counts as failed, and the next one makes up for it", async () => {
  release(WORKS);
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  const declared = release(NEVER_STARTS);
  await killed(applying(), waiting);
  expect(await revisions()).toEqual(["deployed", "pending-upgrade"]);
  // Helm's own word, with the real provider too.
  expect((await terraform.apply()).said).toMatch(/another\s+operation\s+\(install\/upgrade\/rollback\)/);

  expect(await recovered(declared)).toEqual([expect.stringMatching(/petstore in pets was left at pending-upgrade/)]);
  expect(await revisions()).toEqual(["deployed", "failed"]);
  release(WORKS);
  expect((await terraform.plan()).said).toMatch(/status += "failed" -> "deployed"/);
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  expect(await image()).toBe(WORKS);
  expect(await revisions()).toEqual(["superseded", "failed", "deployed"]);
  expect(await recovered(declared)).toEqual([]);
});

it("a destroy that was killed is brought to its end", async () => {
  const declared = release(WORKS);
  await kubernetes.patch(kinds.deployments, NAME, { metadata: { finalizers: ["example.com/held"] } });
  await killed(terraform.start("destroy", "-auto-approve"), async () => (await revisions()).includes("uninstalling"));
  await kubernetes.patch(kinds.deployments, NAME, { metadata: { finalizers: null } });

  expect(await recovered(declared)).toEqual([expect.stringMatching(/was left at uninstalling/)]);
  expect(await revisions()).toEqual([]);
  expect(await image()).toBeUndefined();
});

it("an install that was killed is uninstalled, and made anew", async () => {
  const declared = release(NEVER_STARTS);
  await killed(applying(), waiting);
  expect(await revisions()).toEqual(["pending-install"]);

  expect(await recovered(declared)).toEqual([expect.stringMatching(/was left at pending-install/)]);
  expect(await revisions()).toEqual([]);
  expect(await image()).toBeUndefined();
  release(WORKS);
  expect(await terraform.apply()).toMatchObject({ exitCode: 0 });
  expect(await revisions()).toEqual(["deployed"]);
});
