import assert from "node:assert/strict";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  type LoadBalancer as NetworkLoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { allApps, type RegisteredApp } from "@demarc/shared/apps";
import { clusterName } from "@demarc/shared/environment";
import { balancedServiceName, listenerOf, restApiApps } from "@demarc/shared/exposure";
import { type Api, ApiGateway, type Link, type Stage } from "../../api-gateway/api-gateway";
import type { Live } from "./row";

/** An app's REST API in one cluster, and the way from it to the app's pods. */
export interface DeployedApi {
  readonly app: RegisteredApp;
  /** Short id of the cluster. */
  readonly cluster: string;
  readonly api: Api;
  /** Its only one. */
  readonly stage: Stage;
  /** The one that its stage names. */
  readonly link: Link;
  /** The only one that the link leads to. */
  readonly balancer: NetworkLoadBalancer;
}

export function apiGateway({ servers }: Live): ApiGateway {
  return new ApiGateway(servers);
}

/** The API of each app that has one, in each cluster. @throws AssertionError where one is missing, or its way ends before a load balancer */
export async function deployedApis(live: Live): Promise<DeployedApi[]> {
  const gateway = apiGateway(live);
  const [apis, links] = await Promise.all([gateway.apis(), gateway.links()]);
  const { LoadBalancers = [] } = await live.elb.send(new DescribeLoadBalancersCommand({}));
  const found: DeployedApi[] = [];
  for (const cluster of Object.keys(live.environment.clusters)) {
    for (const app of appsWithApi(live)) {
      const name = `${clusterName(live.environment, cluster)}-${app.name}`;
      const api = apis.find((one) => one.name === name);
      assert.ok(api, `there is no API ${name}`);
      const [stage, ...more] = await gateway.stages(api.id);
      assert.ok(stage !== undefined && more.length === 0, `${name} has not one stage`);
      const link = links.find(({ id }) => id === stage.variables["vpcLinkId"]);
      assert.ok(link, `the stage of ${name} names no link that is there`);
      assert.equal(link.targetArns.length, 1);
      const balancer = LoadBalancers.find(({ LoadBalancerArn }) => LoadBalancerArn === link.targetArns[0]);
      assert.ok(balancer, `link ${link.name} leads to no load balancer`);
      found.push({ app, cluster, api, stage, link, balancer });
    }
  }
  assert.notEqual(found.length, 0);
  return found;
}

/** Registered apps that are reached by a REST API of theirs. */
export function appsWithApi({ environment }: Live): RegisteredApp[] {
  const named = restApiApps(environment.exposures, allApps());
  return allApps().filter(({ name }) => named.includes(name));
}

/** The port that a Service's load balancer listens on. */
const SERVICE_PORT = 80;

/** Port of the listener that an app's API sends to. */
export function listenersPort({ environment }: Live, app: string): number {
  return listenerOf(environment.exposures, app) ?? SERVICE_PORT;
}

/** ARN of the target group that an app's API sends to. @throws AssertionError where its load balancer has no listener for it */
export async function targetGroupBehind(live: Live, { app, balancer }: DeployedApi): Promise<string> {
  const { LoadBalancerArn } = balancer;
  const { Listeners = [] } = await live.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const port = listenersPort(live, app.name);
  const found = Listeners.find((listener) => listener.Port === port);
  assert.equal(found?.Protocol, "TCP", `${app.name} has no listener at port ${String(port)}`);
  return found.DefaultActions?.[0]?.TargetGroupArn ?? "";
}

/** The Service by which an app has a load balancer of its own. */
export function balancedService({ team, name }: RegisteredApp): { readonly namespace: string; readonly name: string } {
  return { namespace: team, name: balancedServiceName(name) };
}
