import {
  AssociateAccessPolicyCommand,
  type AssociateAccessPolicyCommandInput,
  CreateAccessEntryCommand,
  type CreateAccessEntryCommandInput,
  DeleteAccessEntryCommand,
  DescribeAccessEntryCommand,
  DisassociateAccessPolicyCommand,
  ListAssociatedAccessPoliciesCommand,
  UpdateAccessEntryCommand,
  type UpdateAccessEntryCommandInput,
} from "@aws-sdk/client-eks";
import { makeCluster, type Running, startInProcess } from "../testing/in-process";
import { roleArn } from "../testing/memory-account";

const DEVELOPERS = { clusterName: "dev", principalArn: roleArn("teams/developers") };
const VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
  await makeCluster(running, "dev");
});

afterEach(async () => {
  await running.stop();
});

async function create(more: Partial<CreateAccessEntryCommandInput> = {}) {
  return (await running.eks.send(new CreateAccessEntryCommand({ ...DEVELOPERS, ...more }))).accessEntry;
}

const describeEntry = async () => (await running.eks.send(new DescribeAccessEntryCommand(DEVELOPERS))).accessEntry;

describe("an access entry", () => {
  it("is STANDARD and shows who uses the role, unless it asks for more", async () => {
    expect(await create()).toMatchObject({
      type: "STANDARD",
      kubernetesGroups: [],
      username: "arn:aws:sts::123456789012:assumed-role/developers/{{SessionName}}",
      accessEntryArn: expect.stringContaining(":access-entry/dev/role/123456789012/teams/developers/"),
    });
  });

  it("is a user by the user's own ARN", async () => {
    const principalArn = "arn:aws:iam::123456789012:user/ops/admin";
    expect(await create({ principalArn })).toMatchObject({ username: principalArn });
  });

  it("for nodes gets the groups of nodes", async () => {
    expect(await create({ type: "EC2_WINDOWS" })).toMatchObject({
      username: "system:node:{{EC2PrivateDNSName}}",
      kubernetesGroups: ["eks:kube-proxy-windows", "system:nodes"],
    });
  });

  it.each<[string, Partial<CreateAccessEntryCommandInput>]>([
    [
      "The kubernetes group name system:masters is invalid, it cannot start with system:",
      { kubernetesGroups: ["system:masters"] },
    ],
    ["The username must not begin with eks:", { username: "eks:admin" }],
    ["a session (arn:aws:sts::...) is none", { principalArn: "arn:aws:sts::123456789012:assumed-role/developers/ann" }],
    ["role/missing was not found", { principalArn: roleArn("missing") }],
    ["needs an IAM role", { type: "EC2_LINUX", principalArn: "arn:aws:iam::123456789012:user/admin" }],
    ["takes neither username nor kubernetesGroups", { type: "EC2_LINUX", kubernetesGroups: ["nodes"] }],
    ["type: ", { type: "NODE" }],
  ])("is refused: %s", async (message, more) => {
    await expect(create(more)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(message),
    });
  });

  it("is one per principal", async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: "ResourceInUseException" });
  });

  it("is updated at once; a user name that is repeated is no change", async () => {
    const created = await create({ type: "EC2_LINUX" });
    const change = (more: Partial<UpdateAccessEntryCommandInput>) =>
      running.eks.send(new UpdateAccessEntryCommand({ ...DEVELOPERS, username: created?.username, ...more }));
    await change({ kubernetesGroups: ["viewers"] });
    expect(await describeEntry()).toMatchObject({ kubernetesGroups: ["viewers"], username: created?.username });
    await expect(change({ username: "system:admin" })).rejects.toThrow("The username must not begin with system:");
  });

  it("is gone when it is deleted", async () => {
    await create();
    await running.eks.send(new DeleteAccessEntryCommand(DEVELOPERS));
    await expect(describeEntry()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(running.eks.send(new DeleteAccessEntryCommand(DEVELOPERS))).rejects.toThrow("No access entry found");
  });

  it("is not to be had on a cluster that maps principals by ConfigMap", async () => {
    await makeCluster(running, "old", { accessConfig: { authenticationMode: "CONFIG_MAP" } });
    await expect(create({ clusterName: "old" })).rejects.toMatchObject({ name: "InvalidRequestException" });
  });
});

describe("an access policy", () => {
  const associate = (more: Partial<AssociateAccessPolicyCommandInput> = {}) => {
    const accessScope = { type: "namespace" as const, namespaces: ["shop"] };
    return running.eks.send(new AssociateAccessPolicyCommand({ ...DEVELOPERS, policyArn: VIEW, accessScope, ...more }));
  };
  const list = async () => {
    const listed = await running.eks.send(new ListAssociatedAccessPoliciesCommand(DEVELOPERS));
    return listed.associatedAccessPolicies;
  };

  it("is associated with a scope, changed by associating it again, and taken away", async () => {
    await create();
    await associate();
    expect(await list()).toMatchObject([{ policyArn: VIEW, accessScope: { type: "namespace", namespaces: ["shop"] } }]);
    await associate({ accessScope: { type: "cluster", namespaces: [] } });
    expect(await list()).toMatchObject([{ policyArn: VIEW, accessScope: { type: "cluster", namespaces: [] } }]);
    await running.eks.send(new DisassociateAccessPolicyCommand({ ...DEVELOPERS, policyArn: VIEW }));
    expect(await list()).toEqual([]);
  });

  it.each<[string, Partial<AssociateAccessPolicyCommandInput>]>([
    ["is not one of an access policy of EKS", { policyArn: "arn:aws:iam::aws:policy/AmazonEKSViewPolicy" }],
    ["is not one of an access policy of EKS", { policyArn: `${VIEW}2` }],
    ["a scope of type namespace needs namespaces", { accessScope: { type: "namespace" } }],
    ["one of type cluster takes none", { accessScope: { type: "cluster", namespaces: ["shop"] } }],
  ])("is refused: %s", async (message, more) => {
    await create();
    await expect(associate(more)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(message),
    });
  });

  it("is refused to nodes, which have all they need", async () => {
    await create({ type: "EC2_LINUX" });
    await expect(associate()).rejects.toThrow("takes no access policy");
  });

  it("needs an entry; the refusal is not worded so that Terraform waits for one to appear", async () => {
    const refused = associate();
    await expect(refused).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(refused).rejects.not.toThrow("The specified principalArn could not be found");
  });

  it("cannot be taken away twice", async () => {
    await create();
    const disassociation = running.eks.send(new DisassociateAccessPolicyCommand({ ...DEVELOPERS, policyArn: VIEW }));
    await expect(disassociation).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});
