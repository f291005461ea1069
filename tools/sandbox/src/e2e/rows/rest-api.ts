import assert from "node:assert/strict";
import { clusterName, clusterNames } from "@demarc/shared/environment";
import { clusterSummaries } from "../../clusters";
import { isHealthy } from "../looks";
import { recordsOf, zoneOf } from "../records";
import { requested } from "../way-in";
import { apiGateway, deployedApis, listenersPort, targetGroupBehind } from "./deployed-apis";
import { balancedServices, pods } from "./rest-api-pods";
import type { Live, Row } from "./row";
import { internalSubnets } from "./subnets";

/** Apps are reached by REST APIs of theirs, whoever owns the load balancer behind them (`api-gateway`). */
export const restApi: readonly Row[] = [
  { id: "S1.3", what: "subnets of the APIs' load balancers", look: subnets },
  { id: "S1.4", what: "the apps' pods, and their Services in the cluster", look: pods },
  { id: "S1.5", what: "what sends from the load balancers to the pods", look: balancedServices },
  { id: "S1.6", what: "VPC links, and where they lead", look: links },
  { id: "S1.6", what: "operations, and how each is integrated", look: operations },
  { id: "S1.6", what: "stages, their logs, and the names that lead there", look: stages },
  { id: "S1.6", what: "usage plans, and the keys that they meter", look: plans },
  { id: "S1.6", what: "where status says that the apps are reached, and by which keys", look: told },
];

async function subnets(live: Live): Promise<string> {
  const tagged = await internalSubnets(live);
  const balancers = (await deployedApis(live)).map(({ balancer }) => balancer);
  const used = balancers.flatMap(({ AvailabilityZones = [] }) => AvailabilityZones);
  assert.ok(used.length >= 2 * balancers.length, "a load balancer has less than two subnets");
  for (const { SubnetId = "" } of used) assert.ok(tagged.includes(SubnetId), `${SubnetId} has no tag internal-elb`);
  return `${String(new Set(used.map(({ SubnetId }) => SubnetId)).size)}, all private and tagged internal-elb=1`;
}

async function links(live: Live): Promise<string> {
  const told = new Set<string>();
  for (const deployed of await deployedApis(live)) {
    const { link, balancer, app } = deployed;
    assert.equal(link.status, "AVAILABLE");
    assert.match(link.targetArns[0] ?? "", new RegExp(`:${live.servers.region}:.*:loadbalancer/net/`));
    assert.deepEqual([balancer.Type, balancer.Scheme], ["network", "internal"]);
    // Without it the load balancer's own rules drop what comes through the link.
    assert.equal(balancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, "off");
    assert.notEqual(balancer.SecurityGroups?.length ?? 0, 0);
    const pods = await targetGroupBehind(live, deployed);
    assert.ok(await isHealthy(live.elb, pods), `${app.name} has no healthy pod behind its API`);
    told.add(`${link.name} to ${String(balancer.LoadBalancerName)} for ${app.name}`);
  }
  return `${[...told].join(", ")}: internal, healthy targets`;
}

async function operations(live: Live): Promise<string> {
  const told: string[] = [];
  for (const { app, api } of await deployedApis(live)) {
    const methods = await apiGateway(live).methods(api.id);
    assert.notEqual(methods.length, 0);
    for (const { httpMethod, path, apiKeyRequired, methodIntegration: to } of methods) {
      const operation = `${httpMethod} ${path} of ${app.name}`;
      assert.notEqual(httpMethod, "ANY", operation);
      assert.ok(apiKeyRequired, `${operation} asks for no key`);
      assert.deepEqual(
        [to?.type, to?.connectionType, to?.connectionId],
        ["HTTP_PROXY", "VPC_LINK", "${stageVariables.vpcLinkId}"],
        operation,
      );
      const origin = `http://${String(app.hostnames[0])}.${live.environment.domain}:${String(listenersPort(live, app.name))}`;
      assert.equal(to?.uri, origin + path);
      for (const [, name = ""] of path.matchAll(/\{(\w+)\}/g)) {
        const from = `method.request.path.${name}`;
        assert.equal(to.requestParameters?.[`integration.request.path.${name}`], from, operation);
      }
    }
    const queries = methods.flatMap(({ methodIntegration }) =>
      Object.keys(methodIntegration?.requestParameters ?? {}).filter((name) => name.includes(".querystring.")),
    );
    told.push(`${app.name} ${String(methods.length)}, ${String(queries.length)} query strings passed on`);
  }
  return `${told.join("; ")}; each http_proxy over the link, for a key`;
}

async function stages(live: Live): Promise<string> {
  const { environment, servers } = live;
  const domains = await apiGateway(live).domains();
  const records = await recordsOf(servers, await zoneOf(servers, environment.domain));
  const hosts: string[] = [];
  for (const { app, api, stage } of await deployedApis(live)) {
    assert.equal(stage.stageName, "prod");
    const { destinationArn = "", format = "" } = stage.accessLogSettings ?? {};
    assert.match(destinationArn, new RegExp(`:log-group:/demarc/${environment.name}/apis/${app.name}$`));
    assert.match(format, /^\{"requestId":"\$context\.requestId",.*\}$/);
    assert.deepEqual(api.endpointConfiguration.types, ["REGIONAL"]);
    if (!api.disableExecuteApiEndpoint) continue;
    const host = `${String(app.hostnames[0])}.${environment.domain}`;
    assert.equal(domains.get(host), api.id, `${host} leads to no API, or to another one`);
    assert.equal(requested(records, host).length, 1, `${host} has not one record that gets requests`);
    hosts.push(host);
  }
  return `prod, JSON lines to a log group of each app's; reached as ${hosts.join(", ")}`;
}

async function plans(live: Live): Promise<string> {
  const gateway = apiGateway(live);
  const all = await gateway.plans();
  const told: string[] = [];
  for (const { app, api, stage } of await deployedApis(live)) {
    const plan = all.find(({ apiStages }) => apiStages.some(({ apiId }) => apiId === api.id));
    assert.ok(plan, `${app.name} has no usage plan`);
    assert.deepEqual(plan.apiStages, [{ apiId: api.id, stage: stage.stageName }]);
    const keys = await gateway.keys(plan.id);
    assert.deepEqual(
      keys.map(({ enabled }) => enabled),
      [true],
    );
    told.push(plan.name);
  }
  return `${told.join(", ")}: an enabled key each`;
}

async function told(live: Live): Promise<string> {
  const { environment, servers } = live;
  const clusters = await clusterSummaries(clusterNames(environment), servers);
  const addresses: string[] = [];
  for (const { app, cluster, api, stage } of await deployedApis(live)) {
    const apps = clusters.find(({ name }) => name === clusterName(environment, cluster))?.apps ?? [];
    const found = apps.find(({ namespace, name }) => namespace === app.team && name === app.name);
    const address = api.disableExecuteApiEndpoint
      ? `${String(app.hostnames[0])}.${environment.domain}`
      : `${api.id}.execute-api.${servers.region}.amazonaws.com/${stage.stageName}`;
    assert.deepEqual(found?.hosts, [address], app.name);
    assert.equal(found.keys.length, 1, `keys of ${app.name}`);
    addresses.push(address);
  }
  return `${addresses.join(", ")}; the id of a key each, by which aws reads it`;
}
