import type { GroupState } from "../../eks-api/account/auto-scaling";
import type { InstanceType } from "../../eks-api/account/instances";
import { allocatableOf, mostPods } from "../../nodes/capacity";
import type { Place } from "../../nodes/fit";
import { type Taint, wellKnownLabels } from "../../nodes/node";
import { resources } from "../../nodes/resources";

const TEMPLATE = "k8s.io/cluster-autoscaler/node-template/";

/**
 * What a node of a group would be that has none to look at: its tags tell of labels and taints, the first of its instance types of
 * its size.
 *
 * @param zone of its first subnet
 */
export function templatePlace(
  { tags }: GroupState,
  type: InstanceType,
  { region, zone }: { readonly region: string; readonly zone: string },
): Place {
  const { architecture, name: instanceType } = type;
  return {
    name: "",
    labels: {
      ...wellKnownLabels({ name: "", region, zone, architecture, instanceType }),
      ...Object.fromEntries(entries(tags, "label/")),
    },
    taints: entries(tags, "taint/").map(([key, value]) => taintOf(key, value)),
    free: resources({ ...allocatableOf(type), ...Object.fromEntries(entries(tags, "resources/")) }),
    pods: mostPods(type),
  };
}

function entries(tags: GroupState["tags"], kind: string): [string, string][] {
  const prefix = `${TEMPLATE}${kind}`;
  return Object.entries(tags)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value]);
}

/** @param text as in the tag: `<value>:<effect>` */
function taintOf(key: string, text: string): Taint {
  const [value = "", effect = ""] = text.split(":");
  return { key, value, effect };
}
