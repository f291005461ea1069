import {
  CreateAddonCommand,
  type CreateAddonCommandInput,
  CreatePodIdentityAssociationCommand,
  DeleteAddonCommand,
  DescribeAddonCommand,
  DescribeAddonVersionsCommand,
  DescribePodIdentityAssociationCommand,
  DescribeUpdateCommand,
  ListAddonsCommand,
  ListPodIdentityAssociationsCommand,
  UpdateAddonCommand,
  type UpdateAddonCommandInput,
} from "@aws-sdk/client-eks";
import { kubernetesVersion } from "@demarc/shared/environment";
import { makeCluster, type Running, startInProcess } from "../testing/in-process";
import { roleArn } from "../testing/memory-account";

const CNI = { clusterName: "dev", addonName: "vpc-cni" };

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
  await makeCluster(running, "dev", { version: "1.34" });
});

afterEach(async () => {
  await running.stop();
});

const create = (more: Partial<CreateAddonCommandInput> = {}) =>
  running.eks.send(new CreateAddonCommand({ ...CNI, ...more }));
const update = (more: Partial<UpdateAddonCommandInput>) =>
  running.eks.send(new UpdateAddonCommand({ ...CNI, ...more }));
const describeCni = async () => (await running.eks.send(new DescribeAddonCommand(CNI))).addon;

async function associations() {
  const { associations = [] } = await running.eks.send(new ListPodIdentityAssociationsCommand({ clusterName: "dev" }));
  const described = associations.map(async ({ associationId }) => {
    const command = new DescribePodIdentityAssociationCommand({ clusterName: "dev", associationId });
    return (await running.eks.send(command)).association;
  });
  return Promise.all(described);
}

describe("the versions of an add-on", () => {
  it("are those that are known of a Kubernetes version, one of them the default", async () => {
    const query = new DescribeAddonVersionsCommand({ addonName: "kube-proxy", kubernetesVersion: "1.34" });
    const [usual, other] = kubernetesVersion("1.34").addOns["kube-proxy"].map(({ version }) => version);
    const { addons } = await running.eks.send(query);
    expect(addons).toMatchObject([
      {
        addonName: "kube-proxy",
        addonVersions: [
          { addonVersion: usual, compatibilities: [{ clusterVersion: "1.34", defaultVersion: true }] },
          { addonVersion: other, compatibilities: [{ clusterVersion: "1.34", defaultVersion: false }] },
        ],
      },
    ]);
  });

  it("are told of every add-on when nobody asks for one, and of none that is unknown", async () => {
    const all = await running.eks.send(new DescribeAddonVersionsCommand({}));
    expect(all.addons?.map(({ addonName }) => addonName)).toEqual([
      "vpc-cni",
      "kube-proxy",
      "coredns",
      "aws-ebs-csi-driver",
      "eks-pod-identity-agent",
      "metrics-server",
    ]);
    expect(all.addons?.[0]?.addonVersions).toHaveLength(5);
    expect((await running.eks.send(new DescribeAddonVersionsCommand({ addonName: "none" }))).addons).toEqual([]);
    expect((await running.eks.send(new DescribeAddonVersionsCommand({ kubernetesVersion: "1.12" }))).addons).toEqual(
      [],
    );
  });
});

describe("a new add-on", () => {
  it("is of the default version, and keeps its configuration byte for byte", async () => {
    const configurationValues = '{ "enableNetworkPolicy":  "true" }\n';
    await create({ configurationValues });
    expect(await describeCni()).toMatchObject({
      status: "ACTIVE",
      addonVersion: kubernetesVersion("1.34").addOns["vpc-cni"][0].version,
      configurationValues,
      podIdentityAssociations: [],
    });
    expect((await running.eks.send(new ListAddonsCommand(CNI))).addons).toEqual(["vpc-cni"]);
  });

  it.each<[string, Partial<CreateAddonCommandInput>]>([
    ["Addon istio specified is not supported in 1.34", { addonName: "istio" }],
    ["Addon version specified is not supported", { addonVersion: "v1.0.0-eksbuild.1" }],
    ["is not valid JSON", { configurationValues: "{ enableNetworkPolicy" }],
    ["role/missing was not found", { serviceAccountRoleArn: roleArn("missing") }],
    [
      "role/missing was not found",
      { podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: roleArn("missing") }] },
    ],
  ])("is refused: %s", async (message, more) => {
    const creation = create(more);
    await expect(creation).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(message),
    });
    await expect(creation).rejects.not.toThrow("does not exist");
  });

  it("is refused when it is installed", async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: "ResourceInUseException" });
  });

  it("is not installed by halves when its service account is bound already", async () => {
    const bound = {
      clusterName: "dev",
      namespace: "kube-system",
      serviceAccount: "aws-node",
      roleArn: roleArn("other"),
    };
    await running.eks.send(new CreatePodIdentityAssociationCommand(bound));
    const podIdentityAssociations = [{ serviceAccount: "aws-node", roleArn: roleArn("cni") }];
    await expect(create({ podIdentityAssociations })).rejects.toMatchObject({ name: "ResourceInUseException" });
    await expect(describeCni()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("the identities of an add-on", () => {
  const identity = (serviceAccount: string, role: string) => ({ serviceAccount, roleArn: roleArn(role) });

  it("are associations in its namespace that it owns", async () => {
    await create({ podIdentityAssociations: [identity("aws-node", "cni")] });
    const addon = await describeCni();
    expect(await associations()).toMatchObject([
      {
        namespace: "kube-system",
        serviceAccount: "aws-node",
        roleArn: roleArn("cni"),
        ownerArn: addon?.addonArn,
        associationArn: addon?.podIdentityAssociations?.[0],
      },
    ]);
  });

  it("become what an update lists: kept with a new role, added, removed", async () => {
    await create({ podIdentityAssociations: [identity("aws-node", "cni"), identity("gone", "cni")] });
    const [kept] = (await describeCni())?.podIdentityAssociations ?? [];
    await update({ podIdentityAssociations: [identity("aws-node", "other"), identity("added", "cni")] });
    expect((await describeCni())?.podIdentityAssociations?.[0]).toBe(kept);
    expect(await associations()).toMatchObject([identity("aws-node", "other"), identity("added", "cni")]);
  });

  it("stay when an update lists none, and go when its list is empty", async () => {
    await create({ podIdentityAssociations: [identity("aws-node", "cni")] });
    await update({ configurationValues: "{}" });
    expect(await associations()).toHaveLength(1);
    await update({ podIdentityAssociations: [] });
    expect(await associations()).toEqual([]);
  });

  it("go with the add-on", async () => {
    await create({ podIdentityAssociations: [identity("aws-node", "cni")] });
    await running.eks.send(new DeleteAddonCommand({ ...CNI, preserve: true }));
    expect(await associations()).toEqual([]);
    await expect(describeCni()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

it("is updated to another version, as an update that has succeeded", async () => {
  await create();
  const addonVersion = kubernetesVersion("1.34").addOns["vpc-cni"][1]?.version;
  const { update: made } = await update({ addonVersion, resolveConflicts: "OVERWRITE" });
  const described = new DescribeUpdateCommand({ name: "dev", updateId: made?.id, addonName: "vpc-cni" });
  expect((await running.eks.send(described)).update).toMatchObject({ type: "AddonUpdate", status: "Successful" });
  expect(await describeCni()).toMatchObject({ addonVersion });
});
