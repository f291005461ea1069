import assert from "node:assert/strict";
import type { RegisteredApp } from "@demarc/shared/apps";
import { clusterName } from "@demarc/shared/environment";
import { listenerOf, serviceLoadBalancerClass } from "@demarc/shared/exposure";
import { k8sPlatform } from "@demarc/shared/workspace";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { type Container, kinds, type Service } from "../../controllers/kubernetes/kinds";
import { INSTALLED } from "../../controllers/load-balancer/kinds";
import { appsWithApi, balancedService } from "./deployed-apis";
import type { Live, Row } from "./row";

/** What the system that this follows says of its app. */
const ASKED: Readonly<Record<string, NonNullable<Container["resources"]>>> = {
  petstore: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
};

/** Two pods or more of each app, as its team says, and a Service in the cluster at the port that they name. */
export const pods: Row["look"] = async (live) => {
  const told: string[] = [];
  for (const { app, kubernetes } of await runningApps(live)) {
    const place = { namespace: app.team, name: app.name };
    const { spec, status } = present(await kubernetes.get(kinds.deployments, place), app.name);
    const ready = status?.readyReplicas ?? 0;
    assert.ok(ready >= 2, `${app.name} has ${String(ready)} ready pods`);
    const pod = spec.template.spec;
    const container = present(pod?.containers[0], `container of ${app.name}`);
    assert.match(container.image ?? "", /@sha256:[0-9a-f]{64}$/);
    assert.ok((pod?.securityContext?.runAsUser ?? container.securityContext?.runAsUser ?? 0) > 0, "runs as root");
    assert.equal(container.securityContext?.readOnlyRootFilesystem, true);
    const { resources } = container;
    assert.ok(resources?.requests && resources.limits, `${app.name} says not what it needs`);
    const { requests, limits } = ASKED[app.name] ?? {};
    // Beside it there is disk, which the platform asks for.
    assert.deepEqual({ ...resources.requests, ...requests }, resources.requests, `requests of ${app.name}`);
    assert.deepEqual({ ...resources.limits, ...limits }, resources.limits, `limits of ${app.name}`);
    const port = portOf(container);
    const service = present(await kubernetes.get(kinds.services, place), `Service ${app.name}`);
    assert.equal(service.spec.type, "ClusterIP");
    assert.deepEqual(targetsOf(service), [[port, "http"]]);
    told.push(`${app.name} ${String(ready)} pods, http at ${String(port)}`);
  }
  return `${told.join("; ")}; digests, no root, nothing written outside volumes`;
};

/** The app's own Service, where it has the load balancer; else its binding to the one that infra owns. */
export const balancedServices: Row["look"] = async (live) => {
  const told: string[] = [];
  for (const { app, cluster, kubernetes } of await runningApps(live)) {
    if (listenerOf(live.environment.exposures, app.name) === undefined) {
      const place = balancedService(app);
      const service = present(await kubernetes.get(kinds.services, place), `Service ${place.name}`);
      const { metadata, spec } = service;
      assert.equal(spec.type, "LoadBalancer");
      assert.equal(spec.loadBalancerClass, serviceLoadBalancerClass(live.environment, cluster));
      assert.equal(metadata.annotations?.["service.beta.kubernetes.io/aws-load-balancer-scheme"], "internal");
      assert.deepEqual(targetsOf(service), [[80, "http"]]);
      assert.equal(spec.allocateLoadBalancerNodePorts, false);
      told.push(`Service ${place.name} of ${spec.loadBalancerClass}, 80 to http`);
    } else {
      const place = { namespace: app.team, name: app.name };
      const { spec } = present(await kubernetes.get(INSTALLED.bindings, place), `binding of ${app.name}`);
      assert.deepEqual(spec.serviceRef, { name: app.name, port: "http" });
      assert.equal(spec.targetType, "ip");
      told.push(`TargetGroupBinding ${app.name} to http`);
    }
  }
  return told.join(", ");
};

interface RunningApp {
  readonly app: RegisteredApp;
  /** Short id of the cluster. */
  readonly cluster: string;
  /** The cluster, as the owner of k8s-platform sees it. */
  readonly kubernetes: KubernetesClient;
}

async function runningApps(live: Live): Promise<RunningApp[]> {
  const clients = await live.clusters(k8sPlatform.team(live.environment));
  return Object.keys(live.environment.clusters).flatMap((cluster) => {
    const kubernetes = present(clients.get(clusterName(live.environment, cluster)), `log-in to ${cluster}`);
    return appsWithApi(live).map((app) => ({ app, cluster, kubernetes }));
  });
}

/** The container's only port, which has a name. */
function portOf({ name, ports = [] }: Container): number {
  const [port, ...more] = ports;
  assert.ok(port?.name === "http" && more.length === 0, `${name} has not one port, http`);
  return port.containerPort;
}

/** Port and target port of each of a Service's ports. */
function targetsOf({ spec: { ports = [] } }: Service): (readonly [number, string | number | undefined])[] {
  return ports.map(({ port, targetPort }) => [port, targetPort] as const);
}

function present<T>(given: T | undefined, what: string): T {
  assert.ok(given !== undefined, `there is no ${what}`);
  return given;
}
