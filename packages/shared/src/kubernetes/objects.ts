import path from "node:path";
import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, type ITerraformDependable, TerraformAsset, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { contentHash } from "./content-hash";
import type { Json } from "../json";
import { helmValues, releasePolicy } from "./values";

/** A Kubernetes object, whole. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** @default the release's, where the kind has namespaces */
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: Json | undefined;
}

export interface ObjectsProps {
  /** Name of the Helm release, at most 53 characters, unique in its namespace. */
  readonly name: string;
  /** Namespace of the release, and of each object that names none and has one. */
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
  /** What must be there before. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

const CHART = path.resolve(__dirname, "../../charts/objects");
/** A change of the chart changes its path, and so the release. */
const CHART_HASH = contentHash(CHART);
const ASSET = "objects-chart";

/**
 * Kubernetes objects that no Terraform resource exists for, as a release of a chart that renders what it is given. Unlike
 * `kubernetes_manifest`, it needs neither the API server nor the custom resource's definition when Terraform plans.
 */
export class Objects extends Construct {
  readonly release: Release;

  constructor(scope: Construct, id: string, { name, namespace, objects, dependsOn = [] }: ObjectsProps) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    if (stack.node.tryFindChild(ASSET) === undefined) {
      new TerraformAsset(stack, ASSET, { path: CHART, type: AssetType.DIRECTORY, assetHash: CHART_HASH });
    }
    this.release = new Release(this, "release", {
      name,
      namespace,
      chart: objectsChartPath(),
      values: [helmValues({ objects: objects.map(withoutUndefined) })],
      ...releasePolicy,
      ...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
    });
  }
}

/** Where a stack's copy of the chart lies, from the folder that Terraform runs in: the same on every machine. */
export function objectsChartPath(): string {
  return `./assets/${ASSET}/${CHART_HASH}`;
}

function withoutUndefined(object: KubernetesObject): Readonly<Record<string, Json>> {
  const entries = Object.entries(object).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return Object.fromEntries(entries);
}
