import {
  AssociateIdentityProviderConfigCommand,
  CreateAccessEntryCommand,
  CreateAddonCommand,
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
  CreatePodIdentityAssociationCommand,
  DescribeIdentityProviderConfigCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eks";
import { makeCluster, type Running, startInProcess } from "./testing/in-process";
import { PRIVATE_SUBNETS as subnets, roleArn } from "./testing/memory-account";

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
});

afterEach(async () => {
  await running.stop();
});

const clusterName = "dev";
const tags = { team: "shop", stage: "dev", owner: "ann" };

/** Makes an object of each kind and answers its ARN. */
const KINDS: Readonly<Record<string, (running: Running) => Promise<string | undefined>>> = {
  cluster: async (all) => (await makeCluster(all, clusterName, { tags })).arn,
  nodegroup: async (all) => {
    await makeCluster(all, clusterName);
    const nodegroup = { clusterName, nodegroupName: "general", nodeRole: roleArn("nodes"), subnets, tags };
    return (await all.eks.send(new CreateNodegroupCommand(nodegroup))).nodegroup?.nodegroupArn;
  },
  fargateProfile: async (all) => {
    await makeCluster(all, clusterName);
    const profile = { clusterName, fargateProfileName: "shop", podExecutionRoleArn: roleArn("pods"), subnets, tags };
    const created = await all.eks.send(
      new CreateFargateProfileCommand({ ...profile, selectors: [{ namespace: "shop" }] }),
    );
    return created.fargateProfile?.fargateProfileArn;
  },
  addon: async (all) => {
    await makeCluster(all, clusterName);
    return (await all.eks.send(new CreateAddonCommand({ clusterName, addonName: "coredns", tags }))).addon?.addonArn;
  },
  accessEntry: async (all) => {
    await makeCluster(all, clusterName);
    const entry = { clusterName, principalArn: roleArn("teams/shop"), tags };
    return (await all.eks.send(new CreateAccessEntryCommand(entry))).accessEntry?.accessEntryArn;
  },
  podIdentityAssociation: async (all) => {
    await makeCluster(all, clusterName);
    const association = { clusterName, namespace: "shop", serviceAccount: "app", roleArn: roleArn("app"), tags };
    const created = await all.eks.send(new CreatePodIdentityAssociationCommand(association));
    return created.association?.associationArn;
  },
  identityProviderConfig: async (all) => {
    await makeCluster(all, clusterName);
    const oidc = {
      identityProviderConfigName: "staff",
      issuerUrl: "https://login.example.com",
      clientId: "kubernetes",
    };
    await all.eks.send(new AssociateIdentityProviderConfigCommand({ clusterName, oidc, tags }));
    const named = { clusterName, identityProviderConfig: { type: "oidc", name: "staff" } };
    const described = await all.eks.send(new DescribeIdentityProviderConfigCommand(named));
    return described.identityProviderConfig?.oidc?.identityProviderConfigArn;
  },
};

it.each(Object.keys(KINDS))("are added, changed and removed by ARN: %s", async (kind) => {
  const resourceArn = await KINDS[kind]?.(running);
  await running.eks.send(new TagResourceCommand({ resourceArn, tags: { stage: "prod", cost: "42" } }));
  await running.eks.send(new UntagResourceCommand({ resourceArn, tagKeys: ["team", "cost"] }));
  const listed = await running.eks.send(new ListTagsForResourceCommand({ resourceArn }));
  expect(listed.tags).toEqual({ stage: "prod", owner: "ann" });
});

it("are not put on what is not there", async () => {
  const resourceArn = "arn:aws:eks:ap-northeast-1:123456789012:cluster/none";
  const tagging = running.eks.send(new TagResourceCommand({ resourceArn, tags }));
  await expect(tagging).rejects.toMatchObject({ name: "NotFoundException" });
});

it.each([
  ["must not begin with aws:", { "aws:owner": "shop" }],
  ["50 tags at most", Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, ""]))],
])("are refused: %s", async (message, wrong) => {
  const { arn } = await makeCluster(running, clusterName);
  const tagging = running.eks.send(new TagResourceCommand({ resourceArn: arn, tags: wrong }));
  await expect(tagging).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining(message),
  });
});
