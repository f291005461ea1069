import { z } from "zod";
import type { Actor, ActorContext } from "../actor";
import { runningDeployment } from "../addon";
import { kinds } from "../kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../kubernetes/object";
import { type FrontProxy, MetricsApiServer } from "./metrics-api-server";

interface ApiService extends KubernetesObject {
  readonly spec: { readonly service?: { readonly name: string; readonly namespace: string; readonly port?: number } };
}

const apiServices: ResourceKind<ApiService> = {
  apiVersion: "apiregistration.k8s.io/v1",
  kind: "APIService",
  plural: "apiservices",
  namespaced: false,
};

/** What metrics-server registers itself as. */
const API_SERVICE = { name: "v1beta1.metrics.k8s.io" };

/** Leads the API server out of the cluster, to the server beside it: no pod here answers anybody. */
const DETOUR = { name: "sandbox-metrics-server", namespace: "kube-system" };

/** Where an API server publishes how it is known to those that it asks. */
const AUTHENTICATION = { name: "extension-apiserver-authentication", namespace: "kube-system" };

const names = z.array(z.string());

/**
 * Serves metrics.k8s.io while metrics-server is installed. Without it the APIService of the chart is there and nobody behind it,
 * so that no namespace could be deleted.
 */
export function metricsServer(): Actor {
  return new MetricsServer();
}

class MetricsServer implements Actor {
  readonly name = "metrics-server";
  readonly watches = [kinds.deployments, kinds.nodes, kinds.pods, kinds.services, apiServices];

  #server: MetricsApiServer | undefined;
  /** The service that the chart's APIService named. */
  #chosen: ApiService["spec"]["service"];

  async reconcile(context: ActorContext): Promise<void> {
    const registered = context.objects(apiServices).find(({ metadata }) => metadata.name === API_SERVICE.name);
    if (!runningDeployment("metrics-server", context.objects(kinds.deployments)))
      await this.#leave(context, registered);
    else if (registered) await this.#serve(context, registered);
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }

  async #serve(context: ActorContext, registered: ApiService): Promise<void> {
    const { kubernetes } = context;
    this.#server ??= await this.#start(context);
    const { port } = this.#server;
    const detour = context.objects(kinds.services).find(isDetour);
    if (detour?.spec.ports?.[0]?.port !== port) {
      const spec = { type: "ExternalName", externalName: "localhost", ports: [{ name: "https", port }] };
      await kubernetes.apply(kinds.services, { metadata: DETOUR, spec });
    }
    const { service } = registered.spec;
    if (service?.name === DETOUR.name && service.port === port) return;
    if (service?.name !== DETOUR.name) this.#chosen = service;
    await kubernetes.patch(apiServices, API_SERVICE, { spec: { service: { ...DETOUR, port } } });
    context.say(`metrics.k8s.io is served at port ${port}`);
  }

  /** It has gone, or has no pod: so has what it served. */
  async #leave(context: ActorContext, registered: ApiService | undefined): Promise<void> {
    const { kubernetes } = context;
    if (registered?.spec.service?.name === DETOUR.name && this.#chosen) {
      await kubernetes.patch(apiServices, API_SERVICE, { spec: { service: this.#chosen } });
    }
    if (context.objects(kinds.services).some(isDetour)) await kubernetes.delete(kinds.services, DETOUR);
    await this.stop();
  }

  async #start(context: ActorContext): Promise<MetricsApiServer> {
    const { data = {} } = (await context.kubernetes.get(kinds.configMaps, AUTHENTICATION)) ?? {};
    const frontProxy: FrontProxy = {
      certificateAuthority: data["requestheader-client-ca-file"] ?? "",
      names: names.parse(JSON.parse(data["requestheader-allowed-names"] ?? "[]")),
    };
    return MetricsApiServer.start(frontProxy, () => ({
      nodes: context.objects(kinds.nodes),
      pods: context.objects(kinds.pods),
      at: new Date(),
    }));
  }
}

function isDetour({ metadata }: KubernetesObject): boolean {
  return metadata.name === DETOUR.name && metadata.namespace === DETOUR.namespace;
}
