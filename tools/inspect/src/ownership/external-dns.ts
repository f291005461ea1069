import { annotation, type ClusterModel } from "../model/cluster-model";
import type { KubernetesObject, Release } from "../model/objects";
import { records, text } from "../model/written";

/** Sources of ExternalDNS that read a kind of object: docs/sources of kubernetes-sigs/external-dns. */
const SOURCES: Readonly<Record<string, string>> = {
  Ingress: "ingress",
  Service: "service",
  IngressRoute: "traefik-proxy",
  DNSEndpoint: "crd",
};

/** Sources of chart 1.21.1 where its values name none. */
const DEFAULT_SOURCES = ["service", "ingress"];

/** Prefix of annotations in ExternalDNS 0.21, which that chart installs, where no argument names another one. */
const DEFAULT_PREFIX = "external-dns.alpha.kubernetes.io/";

/** Whether ExternalDNS, as the cluster's release tells it, writes records for an object. */
export function hasRecord(object: KubernetesObject, cluster: ClusterModel): boolean {
  const release = cluster.release("external-dns");
  const source = SOURCES[object.kind];
  if (release === undefined || source === undefined) return false;
  const { sources = DEFAULT_SOURCES } = release.values;
  if (!Array.isArray(sources) || !sources.includes(source)) return false;
  if (!isOfWatchedClass(object, release, cluster)) return false;
  const prefix = argumentsOf(release, "annotation-prefix")[0] ?? DEFAULT_PREFIX;
  const isNamed = annotation(object, `${prefix}hostname`) !== undefined;
  switch (source) {
    case "ingress":
      return isNamed || records(object.spec["rules"]).some(({ host }) => host !== undefined);
    case "service":
      return isNamed;
    // Its routes name their hosts, and an annotation what they lead to: nobody writes it for them.
    case "traefik-proxy":
      return annotation(object, `${prefix}target`) !== undefined;
    default:
      return true;
  }
}

/** Argument --ingress-class names the classes of which Ingresses are read. */
function isOfWatchedClass(object: KubernetesObject, release: Release, { parts }: ClusterModel): boolean {
  const classes = argumentsOf(release, "ingress-class");
  if (object.kind !== "Ingress" || classes.length === 0) return true;
  const name = parts.known(object.stack, object.spec["ingressClassName"]);
  return name !== undefined && classes.includes(name);
}

/** Values of an argument that the chart's extraArgs give: a map, or a list of `--name=value`. */
function argumentsOf({ values: { extraArgs } }: Release, name: string): string[] {
  if (Array.isArray(extraArgs)) {
    const start = `--${name}=`;
    return extraArgs.flatMap((argument) =>
      text(argument)?.startsWith(start) === true ? String(argument).slice(start.length) : [],
    );
  }
  const value = records(extraArgs)[0]?.[name];
  return value === undefined ? [] : [value].flat().map(String);
}
