import {
  AssociateRouteTableCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { LogGroups } from "@demarc/deploy";
import { CREDENTIALS } from "../../variables";
import { ACCOUNT_ID, clientOf, type Landscape, makeLandscape, queryIam, REGION } from "../testing/landscape";
import { type Moto, startMoto } from "../testing/moto";
import { type Account, openAccount } from "./account";

/** What EKS asks of the account around it, against a real local AWS: memory would only answer what we think it does. */
let moto: Moto;
let landscape: Landscape;
let account: Account;

beforeAll(async () => {
  moto = await startMoto();
  landscape = await makeLandscape(moto.url, ["deployer", "nodes"]);
  account = openAccount(moto.url, REGION, ACCOUNT_ID);
});

afterAll(async () => {
  await moto.stop();
});

describe("the network", () => {
  it("tells which subnets exist, in which VPC and zone", async () => {
    const found = await account.network.subnets([...landscape.subnetIds, "subnet-0123456789abcdef0"]);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({
      id: landscape.subnetIds[0],
      vpcId: landscape.vpcId,
      zone: `${REGION}a`,
      cidr: "10.0.0.0/24",
    });
  });

  it("tells which security groups are in the VPC, and the VPC's blocks", async () => {
    const { securityGroupId, vpcId } = landscape;
    expect(await account.network.securityGroups([securityGroupId, "sg-0123456789abcdef0"], vpcId)).toEqual([
      securityGroupId,
    ]);
    expect(await account.network.securityGroups([securityGroupId], "vpc-0123456789abcdef0")).toEqual([]);
    expect(await account.network.securityGroups([], vpcId)).toEqual([]);
    expect(new Set(await account.network.vpcCidrs(vpcId))).toEqual(new Set(["10.0.0.0/16"]));
  });

  it("calls a subnet public by its own route table, else by the VPC's main one", async () => {
    const { subnetIds, vpcId } = landscape;
    const [open = "", closed = ""] = subnetIds;
    expect(await account.network.publicSubnets(subnetIds, vpcId)).toEqual([]);
    const ec2 = clientOf(EC2Client, moto.url);
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }));
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const RouteTableId = RouteTable?.RouteTableId;
    const GatewayId = InternetGateway?.InternetGatewayId;
    await ec2.send(new CreateRouteCommand({ RouteTableId, GatewayId, DestinationCidrBlock: "0.0.0.0/0" }));
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: open }));
    expect(await account.network.publicSubnets([open, closed], vpcId)).toEqual([open]);
  });
});

describe("identities", () => {
  it("know a role that is there from one that is not, by its path too", async () => {
    const { identities } = account;
    expect(await identities.problemWithRole(landscape.role("nodes"))).toBeUndefined();
    expect(await identities.problemWithRole(landscape.role("none"))).toMatch(/role\/none was not found/);
    expect(await identities.problemWithRole(landscape.role("elsewhere/nodes"))).toMatch(/was not found/);
    expect(await identities.problemWithRole("arn:aws:iam::210987654321:role/nodes")).toMatch(
      /is of account 210987654321/,
    );
  });

  it("know who signed a request: a session of a role is the role", async () => {
    const assumed = await queryIam(moto.url, "sts", {
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: landscape.role("deployer"),
      RoleSessionName: "ann",
    });
    const key = /<AccessKeyId>([^<]+)</.exec(assumed)?.[1] ?? "";
    expect(await account.identities.principalOf(key)).toBe(landscape.role("deployer"));
    expect(await account.identities.principalOf("anybody")).toMatch(/^arn:aws:iam::123456789012:user\//);
  });
});

describe("launch templates", () => {
  const version = (specification: object) => account.launchTemplates.version(specification);

  it("are found by id or name, with the number behind $Latest and the default", async () => {
    const id = landscape.launchTemplateId;
    expect(await version({ id, version: "$Latest" })).toMatchObject({ id, name: "nodes", version: "2" });
    expect(await version({ name: "nodes" })).toMatchObject({
      id,
      version: "1",
      data: { MetadataOptions: expect.anything() },
    });
  });

  it("are refused when they, or their version, are not there", async () => {
    const refused = { type: "InvalidParameterException" };
    await expect(version({ id: landscape.launchTemplateId, version: "7" })).rejects.toMatchObject(refused);
    await expect(version({ id: "lt-0123456789abcdef0" })).rejects.toMatchObject(refused);
  });
});

it("knows an Auto Scaling group that is gone from one that is there", async () => {
  const source = {
    launchTemplateId: landscape.launchTemplateId,
    launchTemplateVersion: "1",
    instanceTypes: ["m6i.large"],
    spot: false,
    diskGib: 20,
  };
  const scaling = { minSize: 0, maxSize: 4, desiredSize: 2 };
  await account.autoScaling.create({ name: "one", subnetIds: landscape.subnetIds, scaling, source, tags: {} });
  expect(await account.autoScaling.desiredSize("one")).toBe(2);
  const [made] = await account.autoScaling.groups(["one"]);
  // Cluster Autoscaler knows the zone of nodes that are not there from the group alone.
  expect(made?.zones.toSorted()).toEqual([`${REGION}a`, `${REGION}c`]);
  await account.autoScaling.update("one", { ...scaling, desiredSize: 3 }, source);
  expect(await account.autoScaling.desiredSize("one")).toBe(3);
  await account.autoScaling.delete("one");
  expect(await account.autoScaling.desiredSize("one")).toBeUndefined();
});

describe("log groups", () => {
  const name = "/aws/eks/dev-a/cluster";

  it("are made by EKS so that a destroy of infra takes them for what came back, and deletes no other", async () => {
    const groups = new LogGroups({ endpoint: moto.url, credentials: CREDENTIALS });
    expect(await groups.isBare(name, REGION)).toBe(false);
    expect(await account.logGroups.create(name)).toBe(true);
    expect(await account.logGroups.create(name)).toBe(false);
    expect(await groups.isBare(name, REGION)).toBe(true);
    expect(await groups.isBare("/aws/eks/dev-a", REGION)).toBe(false);

    const kept = { logGroupName: "/demarc/dev-a/pods" };
    const logs = clientOf(CloudWatchLogsClient, moto.url);
    await logs.send(new CreateLogGroupCommand(kept));
    await logs.send(new PutRetentionPolicyCommand({ ...kept, retentionInDays: 30 }));
    expect(await groups.isBare(kept.logGroupName, REGION)).toBe(false);

    await groups.delete(name, REGION);
    await groups.delete(name, REGION);
    expect(await groups.isBare(name, REGION)).toBe(false);
  });
});

it("knows the host names that load balancers lead to each target group, by one or by weights", async () => {
  const elb = clientOf(ElasticLoadBalancingV2Client, moto.url);
  const { vpcId: VpcId } = landscape;
  const Subnets = [...landscape.subnetIds];
  const { LoadBalancers = [] } = await elb.send(new CreateLoadBalancerCommand({ Name: "edge", Subnets }));
  const [one = "", other = ""] = await Promise.all(
    ["one", "other"].map(async (Name) => {
      const group = { Name, VpcId, Protocol: "HTTP", Port: 80, TargetType: "ip" } as const;
      return (await elb.send(new CreateTargetGroupCommand(group))).TargetGroups?.[0]?.TargetGroupArn;
    }),
  );
  const listener = { LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn, Protocol: "HTTP", Port: 80 } as const;
  const { Listeners = [] } = await elb.send(
    new CreateListenerCommand({ ...listener, DefaultActions: [{ Type: "forward", TargetGroupArn: other }] }),
  );
  const rule = (Priority: number, host: string, action: object) =>
    elb.send(
      new CreateRuleCommand({
        ListenerArn: Listeners[0]?.ListenerArn,
        Priority,
        Conditions: [
          { Field: "host-header", HostHeaderConfig: { Values: [host] } },
          { Field: "path-pattern", PathPatternConfig: { Values: ["/*"] } },
        ],
        Actions: [{ Type: "forward", ...action }],
      }),
    );
  await rule(1, "one.example.com", { TargetGroupArn: one });
  const weights = [one, other].map((TargetGroupArn, Weight) => ({ TargetGroupArn, Weight }));
  await rule(2, "both.example.com", { ForwardConfig: { TargetGroups: weights } });
  expect(await account.loadBalancers.hostsOfTargetGroups()).toEqual(
    new Map([
      [one, ["one.example.com", "both.example.com"]],
      [other, ["both.example.com"]],
    ]),
  );
});
