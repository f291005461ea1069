import { Release } from "@cdktf/provider-helm/lib/release";
import { helmValues, type JsonObject, releasePolicy, targetOf } from "@demarc/shared/workspace";
import { Construct } from "constructs";
import { type MirrorSettings, mirrored, repositoryOf } from "../mirror";
import { PodRole } from "../pod-role";
import type { AddonContext, AnyAddon, Installation } from "./addon";

export interface InstalledAddonProps {
  readonly addon: AnyAddon;
  readonly context: AddonContext;
  readonly mirror: MirrorSettings;
  /** Values laid over the add-on's own. @default none */
  readonly override?: JsonObject | undefined;
  /** Releases that must be ready before. */
  readonly after: readonly Release[];
}

/** An add-on in a cluster: its role where it needs one, and its Helm release. */
export class InstalledAddon extends Construct {
  readonly release: Release;

  constructor(scope: Construct, props: InstalledAddonProps) {
    const { addon, context, mirror, override, after } = props;
    super(scope, addon.name);
    const role = this.#role(addon, context);
    const installation: Installation = {
      serviceAccount: { name: addon.name, annotations: role?.annotations ?? {} },
      image: mirrored(addon.image, mirror),
    };
    this.release = new Release(this, "release", {
      name: addon.name,
      namespace: addon.namespace,
      repository: repositoryOf(addon.chart, mirror, targetOf(this)),
      chart: addon.chart.name,
      version: addon.chart.version,
      values: [addon.values(context, installation), ...(override === undefined ? [] : [override])].map(helmValues),
      ...releasePolicy,
      dependsOn: [...(role?.needed ?? []), ...after],
    });
  }

  #role({ name, namespace, permissions }: AnyAddon, context: AddonContext): PodRole | undefined {
    if (permissions === undefined) return undefined;
    return new PodRole(this, "identity", {
      cluster: context.cluster,
      name,
      description: `${name} in cluster ${context.cluster.name}`,
      namespace,
      serviceAccount: name,
      permissions: permissions(context),
    });
  }
}
