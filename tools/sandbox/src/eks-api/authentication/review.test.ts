import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  type CreateAccessEntryCommandInput,
  DeleteAccessEntryCommand,
  DisassociateAccessPolicyCommand,
} from "@aws-sdk/client-eks";
import type { MockInstance } from "vitest";
import { makeCluster, type Running, startInProcess } from "../testing/in-process";
import { roleArn } from "../testing/memory-account";
import { tokenOf } from "../testing/token";
import type { ReviewedToken } from "./review";

const PETS = { clusterName: "dev-a", principalArn: roleArn("team/pets") };
const policyArn = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;

let running: Running;
let logged: MockInstance<typeof console.error>;

beforeEach(async () => {
  logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  running = await startInProcess();
  await makeCluster(running, "dev-a");
  running.account.callers.set("ASIAPETS", {
    arn: "arn:aws:sts::123456789012:assumed-role/pets/ada@example.com",
    userId: "AROA1:ada@example.com",
    principalArn: PETS.principalArn,
    sessionName: "ada@example.com",
  });
});

afterEach(async () => {
  await running.stop();
  logged.mockRestore();
});

async function createEntry(more: Partial<CreateAccessEntryCommandInput> = {}): Promise<void> {
  await running.eks.send(new CreateAccessEntryCommand({ ...PETS, ...more }));
}

/** What the API server of a cluster is told of a token. */
async function review(token: string, cluster = "dev-a"): Promise<ReviewedToken["status"]> {
  const answer = await fetch(`${running.api.url}/_sandbox/clusters/${cluster}/token-review?timeout=30s`, {
    method: "POST",
    body: JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } }),
  });
  const { apiVersion, kind, status } = (await answer.json()) as ReviewedToken;
  expect({ apiVersion, kind }).toEqual({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview" });
  return status;
}

const petsToken = () => tokenOf("ASIAPETS", new Date());

async function groups(): Promise<readonly string[]> {
  const status = await review(petsToken());
  if (!status.authenticated) throw new Error(status.error);
  return status.user.groups;
}

describe("a token", () => {
  it("is the user and the groups of the role's access entry, with what EKS tells besides", async () => {
    await createEntry({ kubernetesGroups: ["demarc:pets"] });
    expect(await review(petsToken())).toEqual({
      authenticated: true,
      user: {
        username: "arn:aws:sts::123456789012:assumed-role/pets/ada-example.com",
        uid: "aws-iam-authenticator:123456789012:AROA1",
        groups: ["demarc:pets"],
        extra: {
          accessKeyId: ["ASIAPETS"],
          arn: ["arn:aws:sts::123456789012:assumed-role/pets/ada@example.com"],
          canonicalArn: ["arn:aws:iam::123456789012:role/pets"],
          principalId: ["AROA1"],
          sessionName: ["ada@example.com"],
        },
      },
    });
  });

  it("of a role without an entry is refused, and the log says who and where", async () => {
    await createEntry({ principalArn: roleArn("team/shop") });
    const reason =
      "arn:aws:sts::123456789012:assumed-role/pets/ada@example.com has no access entry in dev-a: there is none for arn:aws:iam::123456789012:role/team/pets";
    expect(await review(petsToken())).toEqual({ authenticated: false, error: reason });
    expect(logged).toHaveBeenCalledWith(expect.stringContaining(`dev-a refuses a token: ${reason}`));
  });

  it("is refused as soon as the entry has gone, and taken as soon as it is back", async () => {
    await createEntry();
    const token = petsToken();
    expect(await review(token)).toMatchObject({ authenticated: true });
    await running.eks.send(new DeleteAccessEntryCommand(PETS));
    expect(await review(token)).toMatchObject({ authenticated: false });
    await createEntry();
    expect(await review(token)).toMatchObject({ authenticated: true });
  });

  it("is good in the clusters alone that have an entry for it", async () => {
    await makeCluster(running, "dev-b");
    await createEntry();
    const token = tokenOf("ASIAPETS", new Date(), { cluster: "dev-b" });
    expect(await review(token, "dev-b")).toMatchObject({ error: expect.stringContaining("entry in dev-b") });
    expect(await review(petsToken(), "dev-c")).toMatchObject({ error: "there is no cluster dev-c" });
  });

  it("is refused where nobody holds its access key, until somebody does", async () => {
    await createEntry();
    const token = tokenOf("ASIANEW", new Date());
    expect(await review(token)).toMatchObject({ authenticated: false, error: "Nobody is known by ASIANEW." });
    const [caller] = running.account.callers.values();
    if (caller) running.account.callers.set("ASIANEW", caller);
    expect(await review(token)).toMatchObject({ authenticated: true });
  });

  it.each([
    ["secret", { secretAccessKey: "another", sessionToken: "session" }, "has not signed it, or for another cluster"],
    ["session token", { secretAccessKey: "secret", sessionToken: "another" }, "has another session token than it"],
    ["kind of key", { secretAccessKey: "secret" }, "has another session token than it"],
  ])("is refused where its access key's holder has another %s", async (_, key, reason) => {
    await createEntry();
    running.account.keys.set("ASIAPETS", key);
    expect(await review(petsToken())).toMatchObject({
      error: `arn:aws:sts::123456789012:assumed-role/pets/ada@example.com ${reason}`,
    });
  });

  it("is refused in another cluster than it is signed for", async () => {
    await createEntry();
    const token = tokenOf("ASIAPETS", new Date(), { cluster: "dev-b" });
    expect(await review(token)).toMatchObject({ error: expect.stringContaining("or for another cluster") });
  });

  it("is refused where AWS gave nobody its access key", async () => {
    await createEntry();
    vi.spyOn(running.account.identities, "accessKey").mockResolvedValue(undefined);
    expect(await review(petsToken())).toMatchObject({
      error: "AWS gave nobody the access key ASIAPETS, or its session has ended",
    });
  });

  it("is refused where it is of another STS", async () => {
    await createEntry();
    const token = tokenOf("ASIAPETS", new Date(), { before: "https://sts.ap-northeast-1.amazonaws.com/" });
    expect(await review(token)).toMatchObject({ error: expect.stringContaining("the STS of this cluster is") });
  });

  it("is refused when it is old", async () => {
    await createEntry();
    const hourAgo = new Date(Date.now() - 3_600_000);
    expect(await review(tokenOf("ASIAPETS", hourAgo))).toMatchObject({ error: expect.stringContaining("15 minutes") });
  });
});

describe("an access policy", () => {
  const associate = async (policy: string, ...namespaces: string[]) => {
    const accessScope = { type: namespaces.length === 0 ? "cluster" : "namespace", namespaces } as const;
    await running.eks.send(new AssociateAccessPolicyCommand({ ...PETS, policyArn: policyArn(policy), accessScope }));
  };

  it("makes a member of a group for each of its scopes, beside those of the entry", async () => {
    await createEntry({ kubernetesGroups: ["demarc:pets"] });
    await associate("AmazonEKSClusterAdminPolicy");
    await associate("AmazonEKSEditPolicy", "pets", "dev-*");
    expect(await groups()).toEqual([
      "demarc:pets",
      "system:eks:access-policy:AmazonEKSClusterAdminPolicy",
      "system:eks:access-policy:AmazonEKSEditPolicy:pets",
      "system:eks:access-policy:AmazonEKSEditPolicy:dev-*",
    ]);
  });

  it("that is taken away counts at once", async () => {
    await createEntry();
    await associate("AmazonEKSViewPolicy");
    expect(await groups()).toHaveLength(1);
    const view = policyArn("AmazonEKSViewPolicy");
    await running.eks.send(new DisassociateAccessPolicyCommand({ ...PETS, policyArn: view }));
    expect(await groups()).toEqual([]);
  });
});

describe("a node's token", () => {
  it("is the node, by the name that EC2 gives its instance", async () => {
    const instance = { id: "i-0123", type: "m6i.large", privateIp: "10.0.1.23", subnetId: "", zone: "" };
    vi.spyOn(running.account.instances, "running").mockResolvedValue([instance]);
    await createEntry({ type: "EC2_LINUX" });
    expect(await review(petsToken())).toMatchObject({
      user: { username: "system:node:ip-10-0-1-23.ap-northeast-1.compute.internal", groups: ["system:nodes"] },
    });
  });

  it("is refused where it is no instance's", async () => {
    await createEntry({ type: "EC2_LINUX" });
    expect(await review(petsToken())).toMatchObject({ error: "there is no instance ada@example.com, and so no node" });
  });
});
