import { trustPodIdentity } from "@demarc/shared/iam";
import { ACCOUNT_ID, REGION } from "../eks-api/testing/landscape";
import { ClusterRecord, type StoredCluster } from "../eks-api/store";
import type { ActorCluster } from "./actor";
import { checkPodIdentityTrust, podTags, type SessionTags } from "./pod-identity";

const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/demarc/test/apps/petstore`;
const PETSTORE = { name: "petstore", namespace: "pets" };

function clusterNamed(name: string, accountId = ACCOUNT_ID): ActorCluster {
  const arn = `arn:aws:eks:${REGION}:${accountId}:cluster/${name}`;
  const record = new ClusterRecord({ name, arn } as StoredCluster, "arn:aws:iam::123456789012:role/deployer");
  return { name, region: REGION, accountId, awsEndpoint: "http://127.0.0.1:1", record };
}

const cluster = clusterNamed("test-a");

const pod = (metadata: object, serviceAccountName = "petstore") => ({ metadata, spec: { serviceAccountName } });

function tagsOf(pods: readonly object[], reference = PETSTORE): Promise<SessionTags> {
  const list = () => Promise.resolve({ items: pods, resourceVersion: "1" }) as never;
  return podTags(cluster, { list }, reference);
}

const TAGS = {
  "eks-cluster-arn": cluster.record.cluster.arn,
  "eks-cluster-name": "test-a",
  "kubernetes-namespace": "pets",
  "kubernetes-service-account": "petstore",
  "kubernetes-pod-name": "petstore-1",
  "kubernetes-pod-uid": "uid-1",
};

describe("tags of a session", () => {
  it("say which pod of which service account of which cluster has it", async () => {
    const pods = [
      pod({ name: "other-1", uid: "uid-0" }, "other"),
      pod({ name: "petstore-0", uid: "uid-2", deletionTimestamp: "2026-01-01T00:00:00Z" }),
      pod({ name: "petstore-1", uid: "uid-1" }),
    ];
    expect(await tagsOf(pods)).toEqual(TAGS);
  });

  it("are none where no pod runs", async () => {
    await expect(tagsOf([pod({ name: "other-1" }, "other")])).rejects.toThrow(
      "no pod runs as service account pets/petstore",
    );
  });
});

describe("a role that trusts one service account of one cluster", () => {
  const environment = { account: ACCOUNT_ID, region: REGION };
  const statement = trustPodIdentity({ environment, cluster: "test-a", namespace: "pets", serviceAccount: "petstore" });

  function ask(by: ActorCluster, tags: SessionTags, change: object = {}) {
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...change }] });
    return checkPodIdentityTrust({ trustPolicyOf: () => Promise.resolve(policy) }, by, ROLE, tags);
  }

  it("is given to it", async () => {
    await expect(ask(cluster, TAGS)).resolves.toBeUndefined();
  });

  it.each<[name: string, by: ActorCluster, tags: SessionTags, change: object]>([
    ["another cluster of the same name in another account", clusterNamed("test-a", "210987654321"), TAGS, {}],
    ["another cluster", clusterNamed("test-b"), { ...TAGS, "eks-cluster-name": "test-b" }, {}],
    ["another cluster that calls itself by this one's name", clusterNamed("test-b"), TAGS, {}],
    ["another namespace", cluster, { ...TAGS, "kubernetes-namespace": "shop" }, {}],
    ["another service account", cluster, { ...TAGS, "kubernetes-service-account": "default" }, {}],
    ["an association without session tags", cluster, {}, {}],
    ["Pod Identity, where it may give no tags", cluster, TAGS, { Action: ["sts:AssumeRole"] }],
    ["Pod Identity, where EKS itself is trusted", cluster, TAGS, { Principal: { Service: "eks.amazonaws.com" } }],
    ["Pod Identity, where the account is trusted", cluster, TAGS, { Principal: { AWS: ACCOUNT_ID } }],
  ])("asked for by %s is refused by its trust policy", async (_, by, tags, change) => {
    await expect(ask(by, tags, change)).rejects.toThrow("does not have permissions to assume the associated role");
  });

  it("is given to nobody once it is gone", async () => {
    const gone = { trustPolicyOf: () => Promise.resolve(undefined) };
    await expect(checkPodIdentityTrust(gone, cluster, ROLE, TAGS)).rejects.toThrow(ROLE);
  });
});
