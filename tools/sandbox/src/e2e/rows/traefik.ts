import assert from "node:assert/strict";
import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  type LoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { DescribeClusterCommand } from "@aws-sdk/client-eks";
import { allApps } from "@demarc/shared/apps";
import { clusterNames } from "@demarc/shared/environment";
import { k8sPlatform } from "@demarc/shared/workspace";
import { ApiError } from "@demarc/deploy/kubernetes";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { kinds } from "../../controllers/kubernetes/kinds";
import { targetsOf } from "../../controllers/load-balancer/targets";
import { INSTALLED } from "../../controllers/load-balancer/kinds";
import { ingressRoutes } from "../../eks-api/routes-of-apps";
import { ASTERISK, recordsOf, zoneOf } from "../records";
import { controllersLoadBalancers, groupsOf } from "./load-balancer";
import { isHealthy } from "../looks";
import type { Live, Row } from "./row";

/** One load balancer for all apps leads to a router (`traefik`). */
export const oneLoadBalancer: readonly Row[] = [
  { id: "S4.2", what: "load balancers, and each app's route", look: routes },
  { id: "S4.2", what: "where each route leads to", look: backends },
  { id: "S4.2", what: "a team's route to another's host name or Service", look: foreignRoute },
  { id: "S4.4", what: "what the load balancer controller is told and acts as", look: controller },
  { id: "S4.5", what: "the platform's Ingress, as the load balancer has it", look: listeners },
  { id: "S4.5", what: "who reaches the router's pods", look: openPorts },
  { id: "S4.6", what: "record and certificate of all host names", look: names },
];

/** The one load balancer that the controller of each cluster made. */
async function balancers(live: Live): Promise<LoadBalancer[]> {
  const found = await controllersLoadBalancers(live);
  assert.equal(found.length, clusterNames(live.environment).length, "not one load balancer for each cluster");
  return found.map(({ is }) => is);
}

async function platformIn(live: Live): Promise<KubernetesClient[]> {
  return [...(await live.clusters(k8sPlatform.team(live.environment))).values()];
}

async function routes(live: Live): Promise<string> {
  const found = await balancers(live);
  const wanted = allApps().flatMap(({ team, hostnames }) =>
    hostnames.map((name) => `${team}: Host(\`${name}.${live.environment.domain}\`)`),
  );
  for (const kubernetes of await platformIn(live)) {
    const { items } = await kubernetes.list(ingressRoutes);
    const told = items.flatMap(({ metadata, spec }) =>
      (spec.routes ?? []).map(({ match }) => `${metadata.namespace ?? ""}: ${match}`),
    );
    assert.deepEqual(told.sort(), wanted.toSorted());
    const { items: ingresses } = await kubernetes.list(kinds.ingresses);
    assert.deepEqual(
      ingresses.map(({ metadata }) => metadata.namespace),
      ["traefik"],
    );
  }
  return `${String(found.length)} load balancer, ${String(wanted.length)} routes, one Ingress`;
}

/** The last part of a request's way: a Service of the route's own namespace, at a port that it has, and ready pods. */
async function backends(live: Live): Promise<string> {
  const told: string[] = [];
  for (const kubernetes of await platformIn(live)) {
    const [routes, slices] = await Promise.all([kubernetes.list(ingressRoutes), kubernetes.list(kinds.endpointSlices)]);
    for (const { metadata, spec } of routes.items) {
      const { namespace = "" } = metadata;
      const services = (spec.routes ?? []).flatMap((route) => route.services ?? []);
      for (const { name, port = "" } of services) {
        const service = await kubernetes.get(kinds.services, { name, namespace });
        assert.ok(service, `${namespace} has no Service ${name}`);
        const ready = targetsOf(service, port, slices.items).length;
        assert.notEqual(ready, 0, `Service ${name} of ${namespace} has no ready pod`);
        told.push(`${String(ready)} pods of ${name}`);
      }
    }
  }
  assert.notEqual(told.length, 0);
  return told.join(", ");
}

/** Each team whose app has a route tries to take another team's requests, and to send its own to another's Service. */
async function foreignRoute(live: Live): Promise<string> {
  const [one, other] = allApps().filter(({ hostnames }) => hostnames.length > 0);
  assert.ok(one && other && one.team !== other.team, "there are no two teams with apps");
  const route = (host: string | undefined, of: object) => ({
    metadata: { name: "foreign", namespace: one.team },
    spec: {
      entryPoints: ["web"],
      routes: [
        {
          kind: "Rule",
          match: `Host(\`${String(host)}.${live.environment.domain}\`)`,
          services: [{ name: one.name, port: "http", ...of }],
        },
      ],
    },
  });
  const [own] = one.hostnames;
  const attempts = [
    [route(other.hostnames[0], {}), /a host of a route must be one that is registered for this team/],
    [route(own, { name: other.name, namespace: other.team }), /a route leads to Services of its own namespace/],
  ] as const;
  for (const kubernetes of (await live.clusters(one.team)).values())
    for (const [object, says] of attempts) {
      const fault: unknown = await kubernetes.create(ingressRoutes, object).catch((error: unknown) => error);
      assert.ok(fault instanceof ApiError, `${one.team} is let in to what is ${other.team}'s`);
      assert.match(fault.message, says);
    }
  return `refused by admission, both`;
}

async function controller(live: Live): Promise<string> {
  const name = INSTALLED.source;
  for (const [cluster, kubernetes] of await live.clusters(k8sPlatform.team(live.environment))) {
    const at = { name, namespace: "kube-system" };
    const found = await kubernetes.get(kinds.deployments, at);
    const args = found?.spec.template.spec?.containers.flatMap((container) => container.args ?? []) ?? [];
    const { cluster: described } = await live.eks.send(new DescribeClusterCommand({ name: cluster }));
    const told = [
      `--aws-region=${live.environment.region}`,
      `--aws-vpc-id=${String(described?.resourcesVpcConfig?.vpcId)}`,
    ];
    for (const wanted of told) assert.ok(args.includes(wanted), `the controller has no ${wanted}`);
    const account = await kubernetes.get(kinds.serviceAccounts, at);
    const role = account?.metadata.annotations?.["eks.amazonaws.com/role-arn"] ?? "";
    assert.match(role, new RegExp(`:role/.*${cluster}-${name}$`));
  }
  return "region and VPC by arguments, a role by its service account's token";
}

async function listeners(live: Live): Promise<string> {
  for (const { Scheme, LoadBalancerArn = "" } of await balancers(live)) {
    assert.equal(Scheme, "internet-facing");
    const { Listeners = [] } = await live.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    const told = Listeners.map(({ Port, Protocol, Certificates = [], DefaultActions = [] }) => {
      const { Type, RedirectConfig: to } = DefaultActions[0] ?? {};
      if (Protocol === "HTTPS") assert.equal(Certificates.length, 1);
      else assert.equal(`${String(Type)} ${String(to?.Protocol)} ${String(to?.Port)}`, "redirect HTTPS 443");
      return `${String(Protocol)} ${String(Port)}`;
    });
    assert.deepEqual(told.sort(), ["HTTP 80", "HTTPS 443"]);
    const groups = await groupsOf(live, LoadBalancerArn);
    assert.deepEqual(
      groups.map((group) => [group.TargetType, group.Port, group.HealthCheckPort, group.HealthCheckPath]),
      [["ip", 1, "8080", "/ping"]],
    );
    for (const { TargetGroupArn = "" } of groups) assert.ok(await isHealthy(live.elb, TargetGroupArn));
  }
  return "internet-facing, 80 redirects to 443, targets of type ip, healthy by 8080 /ping";
}

/** The controller's group is let in to the cluster's by one rule, from one port to the other. */
async function openPorts({ ec2, eks, environment }: Live): Promise<string> {
  const told = new Set<string>();
  for (const name of clusterNames(environment)) {
    const Filters = [{ Name: `tag:${INSTALLED.clusterTag}`, Values: [name] }];
    const { SecurityGroups: made = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
    const GroupIds = [cluster?.resourcesVpcConfig?.clusterSecurityGroupId ?? ""];
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds }));
    const ports = SecurityGroups.flatMap(({ IpPermissions = [] }) =>
      IpPermissions.flatMap(({ FromPort, ToPort, UserIdGroupPairs = [] }) =>
        UserIdGroupPairs.some((peer) => made.some(({ GroupId }) => GroupId === peer.GroupId))
          ? [`${String(FromPort)}-${String(ToPort)}`]
          : [],
      ),
    );
    told.add(ports.sort().join(", "));
  }
  assert.deepEqual([...told], ["8000-8080"]);
  return "the load balancer's security group, from 8000 to 8080";
}

async function names(live: Live): Promise<string> {
  const { environment, servers } = live;
  const found = await balancers(live);
  const records = await recordsOf(servers, await zoneOf(servers, environment.domain));
  const wild = records.filter(({ name, type }) => name === `${ASTERISK}.${environment.domain}` && type === "A");
  const identifiers = wild.map(({ setIdentifier }) => setIdentifier);
  assert.deepEqual(
    identifiers,
    clusterNames(environment).map((name) => `${name}-traefik`),
  );
  for (const { alias = "" } of wild)
    assert.ok(found.some(({ DNSName = "" }) => [DNSName, `dualstack.${DNSName}`].includes(alias.toLowerCase())));
  const others = records.filter(({ name, type }) => type === "A" && name.endsWith(`.${environment.domain}`));
  assert.equal(others.length, wild.length, "an app has a record of its own");
  const rules = await hostsOfRules(live, found);
  assert.deepEqual(rules, [`*.${environment.domain}`]);
  return `*.${environment.domain}, by ${identifiers.join(", ")}; one certificate`;
}

async function hostsOfRules({ elb }: Live, found: readonly LoadBalancer[]): Promise<string[]> {
  const hosts = new Set<string>();
  for (const { LoadBalancerArn } of found) {
    const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    for (const { ListenerArn } of Listeners) {
      const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn }));
      for (const { Conditions = [] } of Rules)
        for (const { HostHeaderConfig } of Conditions)
          for (const host of HostHeaderConfig?.Values ?? []) hosts.add(host);
    }
  }
  return [...hosts];
}
