import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeLaunchTemplatesCommand, DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { type EksApi, startEksApi } from "./server";
import { ACCOUNT_ID, clientOf, type Landscape, makeLandscape, REGION } from "./testing/landscape";
import { LIFECYCLE_ROLES, lifecycleConfiguration } from "./testing/lifecycle-configuration";
import { type Moto, startMoto } from "./testing/moto";
import { NO_CHANGES } from "./testing/terraform";
import { describeWithTerraform } from "./testing/with-terraform";

const NOTHING = { exitCode: NO_CHANGES, said: expect.stringContaining("No changes.") };

describeWithTerraform("a cluster with everything on it, through Terraform's AWS provider", (terraform) => {
  let moto: Moto;
  let api: EksApi;
  let landscape: Landscape;
  let endpoints: Record<string, string>;

  beforeAll(async () => {
    moto = await startMoto();
    landscape = await makeLandscape(moto.url, LIFECYCLE_ROLES);
    api = await startEksApi({ region: REGION, accountId: ACCOUNT_ID, awsEndpoint: moto.url });
    endpoints = { AWS_ENDPOINT_URL: moto.url, AWS_ENDPOINT_URL_EKS: api.url };
  });

  afterAll(async () => {
    await api.close();
    await moto.stop();
  });

  // One life, told in order: each step needs what the one before made.
  it("is created", async () => {
    terraform.write("main", lifecycleConfiguration(landscape, false));
    await terraform.apply(endpoints);
    expect(await terraform.outputs()).toMatchObject({ default_version: "1.35", clusters: ["auto", "main"] });
  });

  it("has its Auto Scaling group in the account, found by Cluster Autoscaler's tags, and tagged by Terraform", async () => {
    const group = await findGroup();
    expect(group).toMatchObject({ MinSize: 1, MaxSize: 3, DesiredCapacity: 1 });
    expect(new Set(group?.VPCZoneIdentifier?.split(","))).toEqual(new Set(landscape.subnetIds));
    const tags = Object.fromEntries((group?.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    expect(tags).toEqual({
      "eks:cluster-name": "main",
      "eks:nodegroup-name": "general",
      "k8s.io/cluster-autoscaler/enabled": "true",
      "k8s.io/cluster-autoscaler/main": "owned",
      "kubernetes.io/cluster/main": "owned",
      "k8s.io/cluster-autoscaler/node-template/label/pool": "general",
    });
    expect(group?.MixedInstancesPolicy?.LaunchTemplate).toMatchObject({
      LaunchTemplateSpecification: { LaunchTemplateId: landscape.launchTemplateId, Version: "1" },
      Overrides: [{ InstanceType: "m6i.large" }, { InstanceType: "m6a.large" }],
    });
  });

  it("has its security group in the account, in its VPC, open to itself", async () => {
    const { security_group: id } = await terraform.outputs();
    const [group] = await securityGroups({ Name: "group-id", Values: [String(id)] });
    expect(group?.GroupName).toMatch(/^eks-cluster-sg-main-/);
    expect(group?.VpcId).toBe(landscape.vpcId);
    expect(group?.IpPermissions).toMatchObject([{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: id }] }]);
    expect(group?.Tags).toContainEqual({ Key: "aws:eks:cluster-name", Value: "main" });
    expect(group?.Tags).toContainEqual({ Key: "kubernetes.io/cluster/main", Value: "owned" });
  });

  it("plans nothing once it is created", async () => {
    expect(await terraform.plan(endpoints)).toEqual(NOTHING);
  });

  it("is updated in place, except for the scope of a policy, which is another association", async () => {
    terraform.write("main", lifecycleConfiguration(landscape, true));
    await terraform.plan(endpoints);
    const { resources } = await terraform.plannedChanges();
    expect(Object.fromEntries(resources)).toEqual({
      "aws_eks_cluster.main": ["update"],
      "aws_eks_cluster.auto": ["update"],
      "aws_eks_node_group.general": ["update"],
      "aws_eks_addon.cni": ["update"],
      "aws_eks_addon.proxy": ["update"],
      "aws_eks_access_entry.platform": ["update"],
      "aws_eks_access_policy_association.viewer": ["delete", "create"],
      "aws_eks_pod_identity_association.app": ["update"],
      "aws_eks_fargate_profile.shop": ["update"],
      "aws_eks_identity_provider_config.staff": ["update"],
    });
    await terraform.apply(endpoints);
  });

  it("plans nothing once it is updated", async () => {
    expect(await terraform.plan(endpoints)).toEqual(NOTHING);
  });

  it("has its Auto Scaling group follow the update", async () => {
    const group = await findGroup();
    expect(group).toMatchObject({ MinSize: 2, MaxSize: 4, DesiredCapacity: 2 });
    expect(group?.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification).toMatchObject({ Version: "2" });
  });

  it("leaves nothing behind when it is destroyed", async () => {
    expect(await leftovers()).toEqual(expect.arrayContaining(["main", "auto", "main/general", "main/vpc-cni"]));
    await terraform.destroy(endpoints);
    expect(await leftovers()).toEqual([]);
    expect(await groups()).toEqual([]);
    expect(await securityGroups({ Name: "group-name", Values: ["eks-cluster-sg-*"] })).toEqual([]);
    const templates = await clientOf(EC2Client, moto.url).send(new DescribeLaunchTemplatesCommand({}));
    expect(templates.LaunchTemplates?.map((template) => template.LaunchTemplateId)).toEqual([
      landscape.launchTemplateId,
    ]);
  });

  async function leftovers(): Promise<unknown[]> {
    const state: unknown = await (await fetch(`${api.url}/_sandbox/state`)).json();
    return Object.values<unknown>({ ...(state as Record<string, unknown>) }).flat();
  }

  async function groups() {
    const client = clientOf(AutoScalingClient, moto.url);
    return (await client.send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups ?? [];
  }

  async function findGroup() {
    const { autoscaling_group: name } = await terraform.outputs();
    return (await groups()).find((group) => group.AutoScalingGroupName === name);
  }

  async function securityGroups(filter: { Name: string; Values: string[] }) {
    const client = clientOf(EC2Client, moto.url);
    return (await client.send(new DescribeSecurityGroupsCommand({ Filters: [filter] }))).SecurityGroups ?? [];
  }
});
