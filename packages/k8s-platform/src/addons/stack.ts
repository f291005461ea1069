import type { Release } from "@cdktf/provider-helm/lib/release";
import { consume } from "@demarc/shared/contract";
import { dnsContract, networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { k8sPlatform } from "@demarc/shared/workspace";
import { KubernetesStack } from "@demarc/shared/stack";
import type { App, ITerraformDependable } from "cdktf";
import { autoMode } from "../auto-mode/auto-mode";
import type { NodePoolsSettings } from "../auto-mode/node-pool-settings";
import { clusterReference } from "../cluster";
import { type MirrorSettings, mirrored } from "../mirror";
import { fargateLogs } from "../pod-logs/fargate-logs";
import { images } from "../versions";
import type { AddOnContext, AnyAddOn } from "./addon";
import { defaultStorageClass } from "./default-storage-class";
import { InstalledAddOn } from "./installed-addon";
import { addonNamespaces } from "./namespaces";
import { PodIdentityGate } from "./pod-identity-gate";
import { addonsOn } from "./registry";
import type { AddOnsSettings } from "./settings";

export const ADDONS_STACK = "addons";

export interface AddOnsStackProps {
  readonly environment: Environment;
  /** Short id of the cluster. */
  readonly cluster: string;
  readonly settings: AddOnsSettings;
  /** @default none */
  readonly nodePools?: NodePoolsSettings;
  readonly mirror: MirrorSettings;
  /** @default those that its compute kind and the environment's exposures need */
  readonly addons?: readonly AnyAddOn[];
}

/** The controllers of a cluster and the class of its volumes, as its compute kind needs them. */
export class AddOnsStack extends KubernetesStack {
  constructor(app: App, { environment, cluster, settings, nodePools = {}, mirror, addons }: AddOnsStackProps) {
    super(app, { workspace: k8sPlatform, stack: ADDONS_STACK, environment, cluster });
    const context: AddOnContext = {
      stack: this,
      environment,
      cluster: clusterReference(environment, cluster, this.clusterContract),
      network: consume(this, networkContract),
      dns: consume(this, dnsContract),
      tags: this.defaultTags,
    };

    defaultStorageClass(this, context.cluster);
    const nodes = autoMode(this, context, nodePools);
    const wanted = addons ?? addonsOn(context.cluster.compute, environment.exposures);
    const ready: ITerraformDependable[] = [
      ...nodes,
      ...addonNamespaces(this, wanted, context),
      ...fargateLogs(this, context.cluster, environment.region),
    ];
    const installed = wanted.map((addon) => {
      const override = settings.overrides[addon.name];
      return { addon, on: new InstalledAddOn(this, { addon, context, mirror, override }) };
    });
    const associations = installed.flatMap(({ on }) => on.role?.association ?? []);
    if (associations.length > 0) {
      const image = mirrored(images.awsCli, mirror);
      const gate = { cluster: context.cluster, associations, image, after: nodes };
      ready.push(new PodIdentityGate(this, "pod-identity", gate).passed);
    }
    const releases = new Map<string, Release>();
    for (const { addon, on } of installed) {
      const waitsFor = (addon.after ?? []).flatMap((name) => releases.get(name) ?? []);
      releases.set(addon.name, on.install([...ready, ...waitsFor]));
    }
  }
}
