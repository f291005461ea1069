import {
  DeleteLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { edgeStack, listenedApps, networkEdgeEnvironment } from "@demarc/infra/src/testing/edge";
import { z } from "zod";
import { ApiGateway } from "../api-gateway/api-gateway";
import { clientOf, REGION } from "../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../eks-api/testing/local-aws";
import { FAILED, NO_CHANGES } from "../eks-api/testing/terraform";
import { describeWithTerraform } from "../eks-api/testing/with-terraform";
import { beforeEdge, partsOf } from "../testing/infra-edge";

describeWithTerraform("infra's network load balancers, through Terraform's AWS provider", (terraform) => {
  let aws: LocalAws;
  let endpoints: Record<string, string>;
  let elb: ElasticLoadBalancingV2Client;
  let gateway: ApiGateway;

  function write(listeners: Readonly<Record<string, number>>, deletionProtection: boolean): void {
    const fixture = {
      environment: networkEdgeEnvironment(listeners),
      settings: { deletionProtection },
      apps: listenedApps,
    };
    for (const id of ["dev-edge", "dev-a-edge-access"]) terraform.write(id, partsOf(edgeStack(fixture, id)));
    // As the state's outputs would be.
    terraform.write("outputs", { output: { edge_v1: { value: "${local.edge_v1}" } } });
  }

  beforeAll(async () => {
    aws = await startLocalAws();
    endpoints = { AWS_ENDPOINT_URL: aws.url };
    elb = clientOf(ElasticLoadBalancingV2Client, aws.url);
    gateway = new ApiGateway({ awsUrl: aws.url, region: REGION });
    terraform.write("others", beforeEdge);
  });

  afterAll(() => aws.stop());

  vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

  const balancers = async () => (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers ?? [];

  const arnOf = async (name: string) =>
    (await balancers()).find(({ LoadBalancerName }) => LoadBalancerName === name)?.LoadBalancerArn ?? "";

  async function listenersOf(name: string): Promise<string[]> {
    const asked = new DescribeListenersCommand({ LoadBalancerArn: await arnOf(name) });
    const { Listeners = [] } = await elb.send(asked);
    return Listeners.map(({ Protocol, Port }) => `${String(Protocol)} ${String(Port)}`).sort();
  }

  const planned = async () => {
    const { exitCode } = await terraform.plan(endpoints);
    return exitCode === NO_CHANGES ? [] : [...(await terraform.plannedChanges()).resources];
  };

  // One life, told in order: each step needs what the one before made.
  it("are made in one apply, internal and past PrivateLink's rules, and the next plan is empty", async () => {
    write({ petstore: 8001 }, false);
    await terraform.apply(endpoints);
    expect(await planned()).toEqual([]);
    const found = await balancers();
    expect(found.map(({ LoadBalancerName }) => LoadBalancerName).sort()).toEqual(["dev-a-edge", "dev-b-edge"]);
    for (const balancer of found)
      expect(balancer).toMatchObject({
        Type: "network",
        Scheme: "internal",
        SecurityGroups: [expect.stringMatching(/^sg-/)],
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
      });
    expect(await listenersOf("dev-a-edge")).toEqual(["TCP 8001"]);
  });

  it("have a VPC link each, which is published by its cluster and keeps the load balancer", async () => {
    const outputs = z.object({ edge_v1: z.object({ vpcLinkIds: z.record(z.string(), z.string()) }) });
    const { vpcLinkIds } = outputs.parse(await terraform.outputs()).edge_v1;
    const links = await gateway.links();
    expect(links).toHaveLength(2);
    for (const cluster of ["a", "b"])
      expect(links.find(({ id }) => id === vpcLinkIds[cluster])).toMatchObject({
        status: "AVAILABLE",
        targetArns: [await arnOf(`dev-${cluster}-edge`)],
      });
    const deleting = elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: await arnOf("dev-a-edge") }));
    await expect(deleting).rejects.toThrow("another service");
  });

  it("get another app by a listener and a target group in each cluster, and of the rest nothing changes", async () => {
    write({ petstore: 8001, storefront: 8002 }, false);
    const created = (await planned()).map(([address, actions]) => [address.split(".")[0], actions]);
    expect(created.sort()).toEqual([
      ["aws_lb_listener", ["create"]],
      ["aws_lb_listener", ["create"]],
      ["aws_lb_target_group", ["create"]],
      ["aws_lb_target_group", ["create"]],
    ]);
    await terraform.apply(endpoints);
    expect(await planned()).toEqual([]);
    expect(await listenersOf("dev-b-edge")).toEqual(["TCP 8001", "TCP 8002"]);
  });

  it("cannot be destroyed while they are protected: Terraform refuses before it touches anything", async () => {
    write({ petstore: 8001, storefront: 8002 }, true);
    await terraform.apply(endpoints);
    const before = await aws.inventory();
    const { exitCode, said } = await terraform.tryDestroy(endpoints);
    expect(exitCode).toBe(FAILED);
    expect(said).toMatch(/Instance cannot be destroyed/);
    expect(await aws.inventory()).toEqual(before);
  });

  it("are destroyed after their links once nothing protects them, and nothing is left", async () => {
    write({ petstore: 8001, storefront: 8002 }, false);
    await terraform.apply(endpoints);
    await terraform.destroy(endpoints);
    expect(await aws.inventory()).toEqual([]);
  });
});
