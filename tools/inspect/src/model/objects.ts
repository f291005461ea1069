import path from "node:path";
import { objectsChartPath, parseHelmValues } from "@demarc/shared/kubernetes";
import { asKubernetes, kindOf } from "./provider-names";
import type { InspectedStack, Resource } from "./stack";
import { type Attributes, block, part, records, text } from "./written";

/** An object of Kubernetes that a stack makes. */
export interface KubernetesObject {
  readonly stack: InspectedStack;
  /** Such as `Ingress`. */
  readonly kind: string;
  /** API group, empty for the core's. Undefined where a resource of the kubernetes provider makes it: those are of Kubernetes' own kinds. */
  readonly group: string | undefined;
  readonly metadata: Attributes;
  readonly spec: Attributes;
  /** Everything as Kubernetes names it, whatever made it. */
  readonly body: Attributes;
}

/** A chart that a stack installs. */
export interface Release {
  readonly stack: InspectedStack;
  /** Name of the chart, such as `external-dns`. */
  readonly chart: string;
  readonly values: Attributes;
}

const OBJECTS_CHART = path.posix.dirname(objectsChartPath());

/** Whether a release renders the objects that it is given, and installs nothing of somebody else's. */
function isObjectsChart(release: Resource): boolean {
  return text(release.arguments["chart"])?.startsWith(`${OBJECTS_CHART}/`) ?? false;
}

/** Objects of Kubernetes among a stack's resources, those of the objects chart included. */
export function objectsOf(stack: InspectedStack): KubernetesObject[] {
  return stack.resources.flatMap((resource) => {
    if (resource.type === "helm_release") {
      return isObjectsChart(resource)
        ? records(valuesOf(resource)["objects"]).map((body) => rendered(stack, body))
        : [];
    }
    const kind = kindOf(resource.type);
    return kind === undefined ? [] : [typed(stack, kind, resource.arguments)];
  });
}

/** Charts that a stack installs. */
export function releasesOf(stack: InspectedStack): Release[] {
  return stack.resources
    .filter((resource) => resource.type === "helm_release" && !isObjectsChart(resource))
    .map((resource) => {
      // A chart of an OCI registry is named by its address, one of a folder by its path.
      const chart = path.posix.basename(text(resource.arguments["chart"]) ?? "");
      return { stack, chart, values: valuesOf(resource) };
    });
}

/** Later values take the place of earlier ones, as in Helm. */
function valuesOf({ arguments: { values } }: Resource): Attributes {
  const texts: readonly unknown[] = Array.isArray(values) ? values : [];
  return Object.fromEntries(texts.flatMap((each) => Object.entries(part(parseHelmValues(String(each))))));
}

function rendered(stack: InspectedStack, body: Attributes): KubernetesObject {
  const [group, version] = (text(body["apiVersion"]) ?? "").split("/");
  return {
    ...{ stack, body, metadata: part(body, "metadata"), spec: part(body, "spec") },
    ...{ kind: text(body["kind"]) ?? "", group: version === undefined ? "" : group },
  };
}

function typed(stack: InspectedStack, kind: string, written: Attributes): KubernetesObject {
  const body = part(asKubernetes(written));
  return { stack, kind, group: undefined, body, metadata: block(body["metadata"]), spec: block(body["spec"]) };
}
