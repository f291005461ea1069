import { setTimeout as sleep } from "node:timers/promises";
import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  CreateClusterCommand,
  DeleteAccessEntryCommand,
  DescribeClusterCommand,
  DisassociateAccessPolicyCommand,
} from "@aws-sdk/client-eks";
import { ApiError } from "@demarc/deploy/kubernetes";
import { KubernetesClient } from "../../controllers/kubernetes/client";
import { kinds } from "../../controllers/kubernetes/kinds";
import type { ResourceKind } from "../../controllers/kubernetes/object";
import { freePorts } from "../../kubernetes/free-ports";
import { CLUSTER, testControlPlane } from "../../kubernetes/testing/running-control-plane";
import { accessPolicies } from "../access/bindings";
import { clusterInput, type Running, startInProcess } from "../testing/in-process";
import { roleArn } from "../testing/memory-account";
import { tokenOf } from "../testing/token";

const PETS = { clusterName: CLUSTER, principalArn: roleArn("team/pets") };
const NAMESPACES = ["pets", "shop", "dev-one"];
const secrets: ResourceKind = { apiVersion: "v1", kind: "Secret", plural: "secrets", namespaced: true };
const configMaps: ResourceKind = { apiVersion: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true };

let running: Running;
let eks: KubernetesClient;
let pets: KubernetesClient;
let remove: () => void;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const [port] = await freePorts();
  const review = `http://127.0.0.1:${String(port)}/_sandbox/clusters/${CLUSTER}/token-review`;
  const { plane, remove: removeFolder } = await testControlPlane(review);
  remove = removeFolder;
  running = await startInProcess({ port, controlPlane: () => plane, actors: [accessPolicies] });
  await running.eks.send(new CreateClusterCommand(clusterInput(CLUSTER)));
  while ((await described()).status === "CREATING") await sleep(100);
  const { endpoint = "", certificateAuthority } = await described();
  const authority = Buffer.from(certificateAuthority?.data ?? "", "base64").toString();
  eks = new KubernetesClient(plane.connection(CLUSTER), "test");
  for (const name of NAMESPACES) await eks.apply(kinds.namespaces, { metadata: { name } });
  running.account.callers.set("ASIAPETS", {
    arn: "arn:aws:sts::123456789012:assumed-role/pets/ada",
    userId: "AROA1:ada",
    principalArn: PETS.principalArn,
    sessionName: "ada",
  });
  const token = tokenOf("ASIAPETS", new Date(), { cluster: CLUSTER });
  pets = new KubernetesClient({ endpoint, certificateAuthority: authority, token }, "test");
});

afterAll(async () => {
  pets.close();
  eks.close();
  await running.stop();
  remove();
});

beforeEach(async () => {
  await running.eks.send(new CreateAccessEntryCommand({ ...PETS, kubernetesGroups: ["demarc:pets"] }));
});

afterEach(async () => {
  await running.eks.send(new DeleteAccessEntryCommand(PETS)).catch(() => undefined);
});

async function described() {
  const { cluster } = await running.eks.send(new DescribeClusterCommand({ name: CLUSTER }));
  if (!cluster) throw new Error("there is no cluster");
  return cluster;
}

async function associate(policy: string, ...namespaces: string[]): Promise<string> {
  const policyArn = `arn:aws:eks::aws:cluster-access-policy/${policy}`;
  const accessScope = { type: namespaces.length === 0 ? "cluster" : "namespace", namespaces } as const;
  await running.eks.send(new AssociateAccessPolicyCommand({ ...PETS, policyArn, accessScope }));
  return policyArn;
}

/** 200, or the status of the refusal. */
async function statusOf(asked: Promise<unknown>): Promise<number> {
  try {
    await asked;
    return 200;
  } catch (fault) {
    if (fault instanceof ApiError) return fault.status;
    throw fault;
  }
}

const reads = (kind: ResourceKind, namespace: string) => statusOf(pets.list(kind, { namespace }));
const writes = (namespace: string) =>
  statusOf(pets.apply(configMaps, { metadata: { name: "written", namespace }, data: { by: "pets" } }));

/** EKS too takes a moment until an association is in effect. */
async function until(expected: number, ask: () => Promise<number>): Promise<void> {
  const patience = Date.now() + 20_000;
  while ((await ask()) !== expected) {
    if (Date.now() > patience) throw new Error(`it is still ${String(await ask())}, not ${String(expected)}`);
    await sleep(100);
  }
}

it("lets a role in as its access entry says, and refuses it as soon as the entry has gone", async () => {
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const whoAmI = () =>
    pets.server.ask("/apis/authentication.k8s.io/v1/selfsubjectreviews", { method: "POST", body: review });
  expect(await whoAmI()).toMatchObject({
    status: {
      userInfo: {
        username: "arn:aws:sts::123456789012:assumed-role/pets/ada",
        groups: ["demarc:pets", "system:authenticated"],
        extra: { sessionName: ["ada"] },
      },
    },
  });
  await running.eks.send(new DeleteAccessEntryCommand(PETS));
  await expect(whoAmI()).rejects.toMatchObject({ status: 401 });
});

it("lets a role without a policy do nothing", async () => {
  expect(await reads(configMaps, "pets")).toBe(403);
});

it("gives a policy where it is associated, by name and by pattern, and nowhere else", async () => {
  await associate("AmazonEKSEditPolicy", "pets", "dev-*");
  await until(200, () => writes("pets"));
  await until(200, () => writes("dev-one"));
  expect(await writes("shop")).toBe(403);
  expect(await reads(configMaps, "shop")).toBe(403);
  // A namespace that comes later is in the scope too.
  await eks.apply(kinds.namespaces, { metadata: { name: "dev-two" } });
  await until(200, () => writes("dev-two"));
});

it("takes a policy away at once", async () => {
  const policyArn = await associate("AmazonEKSViewPolicy");
  await until(200, () => reads(configMaps, "shop"));
  await running.eks.send(new DisassociateAccessPolicyCommand({ ...PETS, policyArn }));
  expect(await reads(configMaps, "shop")).toBe(403);
});

it("gives each policy what it is for", async () => {
  const allowed = async () => ({
    readsConfigMaps: (await reads(configMaps, "shop")) === 200,
    readsSecrets: (await reads(secrets, "shop")) === 200,
    writes: (await writes("shop")) === 200,
    nodes: (await statusOf(pets.list(kinds.nodes))) === 200,
    namespaces: (await statusOf(pets.apply(kinds.namespaces, { metadata: { name: "made-by-pets" } }))) === 200,
  });
  const expected = {
    AmazonEKSViewPolicy: { readsSecrets: false, writes: false, nodes: false, namespaces: false },
    AmazonEKSEditPolicy: { readsSecrets: true, writes: true, nodes: false, namespaces: false },
    AmazonEKSAdminPolicy: { readsSecrets: true, writes: true, nodes: false, namespaces: false },
    AmazonEKSAdminViewPolicy: { readsSecrets: true, writes: false, nodes: true, namespaces: false },
    AmazonEKSClusterAdminPolicy: { readsSecrets: true, writes: true, nodes: true, namespaces: true },
  };
  for (const [policy, may] of Object.entries(expected)) {
    const policyArn = await associate(policy);
    await until(200, () => reads(configMaps, "shop"));
    expect({ policy, ...(await allowed()) }).toEqual({ policy, readsConfigMaps: true, ...may });
    await running.eks.send(new DisassociateAccessPolicyCommand({ ...PETS, policyArn }));
  }
});
