import {
  CreateNodegroupCommand,
  type CreateNodegroupCommandInput,
  DeleteNodegroupCommand,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  UpdateNodegroupConfigCommand,
  type UpdateNodegroupConfigCommandInput,
  UpdateNodegroupVersionCommand,
  type UpdateNodegroupVersionCommandInput,
} from "@aws-sdk/client-eks";
import { kubernetesVersion } from "@demarc/shared/environment";
import { makeCluster, type Running, startInProcess } from "../testing/in-process";
import { PRIVATE_SUBNETS, roleArn } from "../testing/memory-account";

const GENERAL = { clusterName: "dev", nodegroupName: "general" };

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
  await makeCluster(running, "dev", { version: "1.35" });
});

afterEach(async () => {
  await running.stop();
});

async function create(more: Partial<CreateNodegroupCommandInput> = {}) {
  const input = { ...GENERAL, nodeRole: roleArn("nodes"), subnets: PRIVATE_SUBNETS, ...more };
  return (await running.eks.send(new CreateNodegroupCommand(input))).nodegroup;
}

const describeGeneral = async () => (await running.eks.send(new DescribeNodegroupCommand(GENERAL))).nodegroup;

const groups = () => [...running.account.autoScalingGroups.values()];

const configure = (change: Partial<UpdateNodegroupConfigCommandInput>) =>
  running.eks.send(new UpdateNodegroupConfigCommand({ ...GENERAL, ...change }));
const upgrade = (change: Partial<UpdateNodegroupVersionCommandInput>) =>
  running.eks.send(new UpdateNodegroupVersionCommand({ ...GENERAL, ...change }));

it("scales its Auto Scaling group, and reports what it was updated to", async () => {
  await create();
  const { update } = await configure({ scalingConfig: { minSize: 2, maxSize: 6, desiredSize: 4 } });
  expect(groups()).toMatchObject([{ scaling: { minSize: 2, maxSize: 6, desiredSize: 4 } }]);
  const described = new DescribeUpdateCommand({ name: "dev", updateId: update?.id, nodegroupName: "general" });
  expect((await running.eks.send(described)).update).toMatchObject({
    status: "Successful",
    type: "ConfigUpdate",
    params: expect.arrayContaining([{ type: "MaxSize", value: "6" }]),
  });
});

it("reports, and keeps, the size that Cluster Autoscaler gave it", async () => {
  await create({ scalingConfig: { minSize: 1, maxSize: 5, desiredSize: 1 } });
  for (const group of groups()) {
    await running.account.autoScaling.update(group.name, { minSize: 1, maxSize: 5, desiredSize: 4 }, group.source);
  }
  expect(await describeGeneral()).toMatchObject({ scalingConfig: { minSize: 1, maxSize: 5, desiredSize: 4 } });
  await configure({ scalingConfig: { maxSize: 8 } });
  expect(groups()).toMatchObject([{ scaling: { minSize: 1, maxSize: 8, desiredSize: 4 } }]);
});

it("changes labels and taints by difference; a taint is its key and effect", async () => {
  const taint = { key: "dedicated", value: "batch" } as const;
  await create({
    labels: { pool: "general", zone: "a" },
    taints: [
      { ...taint, effect: "NO_SCHEDULE" },
      { ...taint, effect: "NO_EXECUTE" },
      { ...taint, effect: "PREFER_NO_SCHEDULE" },
    ],
  });
  await configure({
    labels: { addOrUpdateLabels: { pool: "batch" }, removeLabels: ["zone"] },
    taints: {
      addOrUpdateTaints: [{ key: "dedicated", value: "", effect: "NO_SCHEDULE" }],
      removeTaints: [{ ...taint, effect: "NO_EXECUTE" }],
    },
  });
  const nodegroup = await describeGeneral();
  expect(nodegroup?.labels).toEqual({ pool: "batch" });
  expect(nodegroup?.taints).toEqual([
    { ...taint, effect: "PREFER_NO_SCHEDULE" },
    { key: "dedicated", value: "", effect: "NO_SCHEDULE" },
  ]);
});

it("replaces one way of limiting an update by the other", async () => {
  await create({ updateConfig: { maxUnavailable: 2 } });
  await configure({ updateConfig: { maxUnavailablePercentage: 33 }, nodeRepairConfig: { enabled: true } });
  expect(await describeGeneral()).toMatchObject({ nodeRepairConfig: { enabled: true } });
  expect((await describeGeneral())?.updateConfig).toEqual({ maxUnavailablePercentage: 33 });
});

it("follows its cluster's version, not before it", async () => {
  await create({ version: "1.34" });
  await expect(upgrade({ version: "1.36" })).rejects.toThrow("update the cluster first");
  await upgrade({ version: "1.35" });
  expect(await describeGeneral()).toMatchObject({
    version: "1.35",
    releaseVersion: kubernetesVersion("1.35").nodeReleases[0].version,
  });
});

it("runs the release of the image that it is asked for, and the newest where it is not", async () => {
  const [newest, older] = kubernetesVersion("1.35").nodeReleases.map(({ version }) => version);
  await create({ releaseVersion: older });
  expect(await describeGeneral()).toMatchObject({ releaseVersion: older });
  await upgrade({ releaseVersion: newest });
  expect(await describeGeneral()).toMatchObject({ releaseVersion: newest });
  await upgrade({ releaseVersion: older });
  await upgrade({});
  expect(await describeGeneral()).toMatchObject({ releaseVersion: newest });
  await expect(upgrade({ releaseVersion: "1.35.0-20200101" })).rejects.toThrow(
    "release version 1.35.0-20200101 is not",
  );
});

it("launches from another version of its template, never from another template", async () => {
  await create({ launchTemplate: { id: "lt-plain", version: "1" } });
  await expect(upgrade({ launchTemplate: { id: "lt-other", version: "1" } })).rejects.toThrow(
    "only its version can change",
  );
  await upgrade({ launchTemplate: { id: "lt-plain", version: "2" } });
  expect(await describeGeneral()).toMatchObject({ launchTemplate: { version: "2" } });
  expect(groups()).toMatchObject([{ source: { launchTemplateVersion: "2" } }]);
});

it("keeps the size that Cluster Autoscaler gave it when its template's version changes", async () => {
  await create({ launchTemplate: { id: "lt-plain", version: "1" }, scalingConfig: { maxSize: 5 } });
  for (const { name } of groups()) await running.account.autoScaling.setDesiredSize(name, 4);
  await upgrade({ launchTemplate: { id: "lt-plain", version: "2" } });
  expect(groups()).toMatchObject([{ scaling: { maxSize: 5, desiredSize: 4 } }]);
});

it("cannot get a launch template later, nor versions besides an image of its own", async () => {
  await create();
  await expect(upgrade({ launchTemplate: { id: "lt-plain" } })).rejects.toThrow("without a launch template");
  await running.eks.send(new DeleteNodegroupCommand(GENERAL));
  await create({ launchTemplate: { id: "lt-image" } });
  await expect(upgrade({ version: "1.35" })).rejects.toThrow("the launch template names the image");
});

it("is refused sizes that do not fit each other, and stays as it was", async () => {
  await create();
  await expect(configure({ scalingConfig: { minSize: 3 } })).rejects.toThrow("Minimum capacity 3 can't be greater");
  expect(await describeGeneral()).toMatchObject({ scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 2 } });
});
