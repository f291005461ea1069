import type { Release } from "@cdktf/provider-helm/lib/release";
import { Objects } from "@demarc/shared/kubernetes";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { crdsOf } from "../charts/known";
import type { AnyAddOn } from "./addon";

/** Helm leaves such an object where it is when its release goes: with a definition go all objects of its kind. */
const KEPT = { "helm.sh/resource-policy": "keep" };

/**
 * The custom resource definitions of an add-on's chart, as a release of their own before the add-on's. Helm installs what lies in a
 * chart's `crds` folder and never upgrades it; these it upgrades. Those that an earlier release of the chart made are taken over.
 * @returns undefined where the chart has none
 */
export function customResources(
  scope: Construct,
  { name, namespace, chart, customResources: groups }: AnyAddOn,
  after: readonly ITerraformDependable[],
): Release | undefined {
  const definitions = crdsOf(chart).filter(({ metadata }) => groups?.includes(groupOf(metadata.name)) ?? true);
  if (definitions.length === 0) return undefined;
  const objects = definitions.map(({ metadata, ...definition }) => ({
    ...definition,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...KEPT } },
  }));
  const props = { name: `${name}-crds`, namespace, objects, dependsOn: after };
  const { release } = new Objects(scope, "custom-resources", props);
  release.takeOwnership = true;
  return release;
}

/** API group of a definition, whose name is `<plural>.<group>`. */
function groupOf(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}
