import assert from "node:assert/strict";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { allApps, type RegisteredApp } from "@demarc/shared/apps";
import { clusterNames } from "@demarc/shared/environment";
import { edgeApps } from "@demarc/shared/exposure";
import { INSTALLED } from "../../controllers/load-balancer/kinds";
import { allLoadBalancers, type TaggedLoadBalancer } from "../../controllers/load-balancer/load-balancers";
import type { Live } from "./row";

/** ARN of the environment's only load balancer. */
export async function loadBalancer({ elb, environment }: Live): Promise<string> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const [one, ...others] = LoadBalancers.flatMap(({ LoadBalancerArn = "", LoadBalancerName = "" }) =>
    LoadBalancerName.startsWith(`${environment.name}-`) ? [LoadBalancerArn] : [],
  );
  assert.ok(one, "there is no load balancer");
  assert.deepEqual(others, []);
  return one;
}

/** Registered apps that infra's load balancer leads to. */
export function appsBehind({ environment }: Live): RegisteredApp[] {
  const named = edgeApps(environment.exposures).map(({ name }) => name);
  return allApps().filter(({ name }) => named.includes(name));
}

/** Those that the installed controller made in the environment's clusters. */
export async function controllersLoadBalancers({ elb, environment }: Live): Promise<TaggedLoadBalancer[]> {
  const own = clusterNames(environment);
  return (await allLoadBalancers({ elb })).filter(({ tags }) => own.includes(tags[INSTALLED.clusterTag] ?? ""));
}

export async function groupsOf({ elb }: Live, LoadBalancerArn: string): Promise<TargetGroup[]> {
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
  assert.notEqual(TargetGroups.length, 0);
  return TargetGroups;
}
