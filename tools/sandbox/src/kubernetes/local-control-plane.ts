import type { Cluster } from "@aws-sdk/client-eks";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "@demarc/deploy/kubernetes";
import type { ComponentState, ControlPlane, ControlPlaneAddress } from "../eks-api/control-plane";
import { ClusterFolder } from "./cluster-folder";
import { Component } from "./component";
import { componentsOf } from "./components";
import { freePorts } from "./free-ports";
import { isReady } from "./ready";
import { serviceAddress } from "./service-address";

export interface LocalControlPlaneOptions {
  /** Folder that has one of each cluster's own. */
  readonly clusters: string;
  readonly logs: string;
  /** Folders with the programs of Kubernetes and etcd, by minor version, such as "1.35". */
  readonly kubernetes: Readonly<Record<string, string>>;
  /** KWOK's own program. */
  readonly kwok: string;
  /** URL that a cluster's API server posts TokenReviews to. */
  readonly reviewUrl: (cluster: string) => string;
}

interface Running {
  readonly files: ClusterFolder;
  readonly endpoint: string;
  /** In the order that they need each other in. */
  readonly components: readonly Component[];
}

/** How long an API server may take to be ready, in milliseconds: a cold disk or a busy machine is slow. */
const PATIENCE = 60_000;

/** The API server and what it needs come first; all others ask it at once. */
const FIRST = ["etcd", "kube-apiserver"];

/** Real control planes, on the loopback interface, as children of this process; KWOK stands for nodes and pods. */
export class LocalControlPlane implements ControlPlane {
  readonly #clusters = new Map<string, Running>();

  constructor(private readonly options: LocalControlPlaneOptions) {}

  async start(cluster: Cluster): Promise<ControlPlaneAddress> {
    const { name, kubernetes, serviceCidr, issuer, audit } = this.#read(cluster);
    const [etcd, apiServer] = await freePorts();
    const endpoint = `https://127.0.0.1:${String(apiServer)}`;
    mkdirSync(this.options.logs, { recursive: true });
    const files = await ClusterFolder.create(path.join(this.options.clusters, name), {
      cluster: name,
      endpoint,
      reviewUrl: this.options.reviewUrl(name),
      serviceAddress: serviceAddress(serviceCidr, 1),
    });
    const { logs, kwok } = this.options;
    const ports = { etcd, apiServer };
    const programs = componentsOf({ cluster: name, files, ports, serviceCidr, issuer, audit, kubernetes, kwok, logs });
    for (const { log } of programs) rmSync(log, { force: true });
    const running = { files, endpoint, components: programs.map((program) => new Component(program)) };
    this.#clusters.set(name, running);
    try {
      await startComponents(running);
    } catch (fault) {
      await this.stop(name);
      throw fault;
    }
    return { endpoint, certificateAuthority: files.certificateAuthority };
  }

  async stop(clusterName: string): Promise<void> {
    const running = this.#clusters.get(clusterName);
    if (running === undefined) return;
    await Promise.all(running.components.map((component) => component.end()));
    running.files.remove();
    this.#clusters.delete(clusterName);
  }

  async resume(clusterName: string): Promise<void> {
    const running = this.#find(clusterName);
    const ended = running.components.findIndex((component) => !component.running);
    // Each talks to those before it. One that has lost its API server waits up to a minute before it asks again; anew, it
    // asks at once.
    if (ended >= 0) await Promise.all(running.components.slice(ended).map((component) => component.end()));
    await startComponents(running);
  }

  components(clusterName: string): readonly ComponentState[] {
    return this.#clusters.get(clusterName)?.components.map(({ state }) => state) ?? [];
  }

  connection(clusterName: string): Connection {
    const { endpoint, files } = this.#find(clusterName);
    return { endpoint, certificateAuthority: files.certificateAuthority, token: files.tokenOf("eks") };
  }

  #find(clusterName: string): Running {
    const running = this.#clusters.get(clusterName);
    if (running === undefined) throw new Error(`cluster ${clusterName} has no control plane that runs`);
    return running;
  }

  /** @throws Error where there are no programs of its version */
  #read({ name = "", version = "", kubernetesNetworkConfig = {}, identity, logging }: Cluster) {
    const kubernetes = this.options.kubernetes[version];
    if (kubernetes === undefined) {
      const known = Object.keys(this.options.kubernetes).join(", ");
      throw new Error(`the sandbox has no Kubernetes ${version} to run; it has ${known}`);
    }
    const serviceCidr = kubernetesNetworkConfig.serviceIpv4Cidr ?? kubernetesNetworkConfig.serviceIpv6Cidr ?? "";
    const audit = logging?.clusterLogging?.some(
      ({ enabled, types = [] }) => enabled === true && types.includes("audit"),
    );
    return { name, kubernetes, serviceCidr, issuer: identity?.oidc?.issuer ?? "", audit: audit ?? false };
  }
}

/** Starts those that do not run; resolves when the API server is ready and all others are started. */
async function startComponents({ components, endpoint, files }: Running): Promise<void> {
  const first = components.filter(({ name }) => FIRST.includes(name));
  for (const component of first) component.start();
  const patience = Date.now() + PATIENCE;
  while (!(await isReady(endpoint, files.certificateAuthority))) {
    for (const component of first) component.checkRunning();
    if (Date.now() > patience) {
      const logs = first.map(({ state }) => state.log).join(" and ");
      throw new Error(`the API server is not ready after a minute (what it does: ${logs})`);
    }
    await sleep(50);
  }
  for (const component of components) component.start();
}
