import {
  DeleteLoadBalancerCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { edgeEnvironment, edgeStack } from "@demarc/infra/src/testing/edge";
import { z } from "zod";
import { clientOf } from "../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../eks-api/testing/local-aws";
import { FAILED, NO_CHANGES } from "../eks-api/testing/terraform";
import { describeWithTerraform } from "../eks-api/testing/with-terraform";
import { beforeEdge, partsOf } from "../testing/infra-edge";

describeWithTerraform("the load balancer that infra owns, through Terraform's AWS provider", (terraform) => {
  let aws: LocalAws;
  let endpoints: Record<string, string>;
  let elb: ElasticLoadBalancingV2Client;

  function write(weights: Readonly<Record<string, number>>, deletionProtection: boolean): void {
    const fixture = {
      environment: edgeEnvironment(weights),
      settings: { deletionProtection },
      retain: { logs: false, volumes: false },
    };
    for (const id of ["dev-access-logs", "dev-edge", "dev-a-edge-access"])
      terraform.write(id, partsOf(edgeStack(fixture, id)));
    // As the state's outputs would be.
    terraform.write("outputs", { output: { edge_v1: { value: "${local.edge_v1}" } } });
  }

  beforeAll(async () => {
    aws = await startLocalAws();
    endpoints = { AWS_ENDPOINT_URL: aws.url };
    elb = clientOf(ElasticLoadBalancingV2Client, aws.url);
    terraform.write("others", beforeEdge);
  });

  afterAll(() => aws.stop());

  vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

  const balancer = async () =>
    (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers?.[0]?.LoadBalancerArn;

  /** Weight of each cluster's target group in the rule of a host name. */
  async function weightsOf(host: string): Promise<Record<string, number | undefined>> {
    const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: await balancer() }));
    const { ListenerArn } = Listeners.find(({ Port }) => Port === 443) ?? {};
    const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn }));
    const rule = Rules.find(({ Conditions }) => Conditions?.[0]?.HostHeaderConfig?.Values?.includes(host));
    const groups = rule?.Actions?.[0]?.ForwardConfig?.TargetGroups ?? [];
    const clusterOf = (arn = "") => /targetgroup\/dev-(\w+)-/.exec(arn)?.[1] ?? arn;
    return Object.fromEntries(groups.map(({ TargetGroupArn, Weight }) => [clusterOf(TargetGroupArn), Weight]));
  }

  const planned = async () => {
    const { exitCode } = await terraform.plan(endpoints);
    return exitCode === NO_CHANGES ? [] : [...(await terraform.plannedChanges()).resources];
  };

  // One life, told in order: each step needs what the one before made.
  it("is made, and the next plan is empty", async () => {
    write({ a: 100, b: 0 }, true);
    await terraform.apply(endpoints);
    expect(await planned()).toEqual([]);
    for (const host of ["petstore", "pets", "storefront"])
      expect(await weightsOf(`${host}.dev.example.com`)).toEqual({ a: 100, b: 0 });
    const { edge_v1 } = z
      .object({ edge_v1: z.object({ targetGroupArns: z.record(z.string(), z.string()) }) })
      .parse(await terraform.outputs());
    expect(edge_v1.targetGroupArns["b/petstore"]).toMatch(/:targetgroup\/dev-b-petstore-[0-9a-f]{8}\//);
  });

  it("moves all requests from one cluster to the other by a change of the rules, and of nothing else", async () => {
    write({ a: 0, b: 100 }, true);
    const changes = await planned();
    expect(changes).toHaveLength(3);
    for (const change of changes)
      expect(change).toEqual([expect.stringMatching(/^aws_lb_listener_rule\./), ["update"]]);
    await terraform.apply(endpoints);
    expect(await planned()).toEqual([]);
    expect(await weightsOf("petstore.dev.example.com")).toEqual({ a: 0, b: 100 });
  });

  it("cannot be destroyed while it is protected: Terraform refuses before it touches anything, and so does AWS", async () => {
    const before = await aws.inventory();
    const { exitCode, said } = await terraform.tryDestroy(endpoints);
    expect(exitCode).toBe(FAILED);
    expect(said).toMatch(/Instance cannot be destroyed/);
    expect(await aws.inventory()).toEqual(before);
    const deleting = elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: await balancer() }));
    await expect(deleting).rejects.toThrow("deletion protection is enabled");
  });

  it("is destroyed once its protection is off, and nothing is left", async () => {
    write({ a: 0, b: 100 }, false);
    expect(await planned()).toEqual([[expect.stringMatching(/^aws_lb\./), ["update"]]]);
    await terraform.apply(endpoints);
    await terraform.destroy(endpoints);
    expect(await aws.inventory()).toEqual([]);
  });
});
