import type { KubernetesObject, Release } from "./objects";
import type { Resource } from "./stack";
import { block, text } from "./written";

/** What EKS Auto Mode does, each by a part of the cluster's arguments that says `enabled`. */
export type AutoMode = "compute" | "load balancing" | "block storage";

/** What all stacks of a cluster put into it. */
export interface ClusterParts {
  readonly resources: readonly Resource[];
  readonly objects: readonly KubernetesObject[];
  readonly releases: readonly Release[];
  /** The text that stands behind a value. @returns undefined where it is not written anywhere */
  readonly known: (stack: Resource["stack"], value: unknown) => string | undefined;
}

/** A cluster of an environment. */
export class ClusterModel {
  constructor(
    /** Short id in the environment, such as `a`. */
    readonly id: string,
    readonly parts: ClusterParts,
  ) {}

  /** The EKS cluster itself. @returns undefined where no stack that was synthesized makes it */
  get controlPlane(): Resource | undefined {
    return this.resources("aws_eks_cluster")[0];
  }

  /** Resources of that type in the cluster's stacks. */
  resources(type: string): Resource[] {
    return this.parts.resources.filter((resource) => resource.type === type);
  }

  /** Objects of that kind. */
  objects(kind: string): KubernetesObject[] {
    return this.parts.objects.filter((object) => object.kind === kind);
  }

  /** The object of a kind without namespaces that a value of another object names. */
  named(kind: string, { stack }: KubernetesObject, value: unknown): KubernetesObject | undefined {
    const name = this.parts.known(stack, value);
    return this.objects(kind).find((each) => this.parts.known(each.stack, each.metadata["name"]) === name);
  }

  /** The installation of a chart. */
  release(chart: string): Release | undefined {
    return this.parts.releases.find((release) => release.chart === chart);
  }

  /** EKS's add-on of that name. */
  addOn(name: string): Resource | undefined {
    return this.resources("aws_eks_addon").find((addOn) => addOn.arguments["addon_name"] === name);
  }

  /** Whether EKS Auto Mode does that here. */
  hasAutoMode(capability: AutoMode): boolean {
    const { compute_config, storage_config, kubernetes_network_config } = this.controlPlane?.arguments ?? {};
    const switches = {
      compute: compute_config,
      "load balancing": block(kubernetes_network_config)["elastic_load_balancing"],
      "block storage": block(storage_config)["block_storage"],
    };
    return block(switches[capability])["enabled"] === true;
  }

  get hasFargate(): boolean {
    return this.resources("aws_eks_fargate_profile").length > 0;
  }
}

/** An annotation of an object. */
export function annotation({ metadata }: KubernetesObject, name: string): string | undefined {
  return text(block(metadata["annotations"])[name]);
}
