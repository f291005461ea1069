import { clusterName } from "./names";
import type { Environment, ExposureKind } from "./schema";

/** What ExternalDNS's annotations begin with here. Admission refuses both that ExternalDNS knows by itself, and all but a record's own. */
export const DNS_ANNOTATIONS = "external-dns.demarc/";

/** Share of a host name's requests that a cluster or an exposure gets where the environment says nothing. */
const WEIGHT = 100;

type Weighed = Pick<Environment, "clusters" | "exposures">;

/**
 * Annotations by which ExternalDNS writes an app's record as one of several of its name: Route 53 answers by their weights. Without
 * them the record of the second cluster, or of the second exposure, is refused by Route 53 or replaces the first one. A record cannot
 * become one of several while it is in use, so every record is from the start.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 * @param cluster its short id
 */
export function dnsRecordAnnotations(
  environment: Environment,
  cluster: string,
  exposure: ExposureKind,
): Record<string, string> {
  const { setIdentifier, weight } = clusterRecord(environment, cluster, exposure);
  return { [`${DNS_ANNOTATIONS}set-identifier`]: setIdentifier, [`${DNS_ANNOTATIONS}aws-weight`]: String(weight) };
}

/** Share of the requests to each host name that a cluster gets, against the other clusters'. @param cluster its short id */
export function weightOf({ clusters }: Pick<Environment, "clusters">, cluster: string): number {
  return clusters[cluster]?.weight ?? WEIGHT;
}

/** What makes a record one of several of its name. */
export interface WeighedRecord {
  readonly setIdentifier: string;
  /** 0 to 255. */
  readonly weight: number;
}

/**
 * A record that leads to all clusters, such as one that infra makes: it has its exposure's weight.
 * @throws Error where the environment has no such exposure
 */
export function dnsRecord(environment: Environment, exposure: ExposureKind): WeighedRecord {
  return { setIdentifier: `${environment.name}-${exposure}`, weight: exposureWeight(environment, exposure) };
}

/**
 * A record that leads to one cluster: it has the cluster's share of its exposure's weight.
 * @param cluster its short id
 * @throws Error where the environment has no such exposure
 */
export function clusterRecord(environment: Environment, cluster: string, exposure: ExposureKind): WeighedRecord {
  return {
    setIdentifier: `${clusterName(environment, cluster)}-${exposure}`,
    weight: weightIn(environment, cluster, exposure),
  };
}

function exposureWeight({ exposures }: Weighed, exposure: ExposureKind): number {
  const found = exposures.find(({ kind }) => kind === exposure);
  if (found === undefined) throw new Error(`the environment has no exposure ${exposure}, and so no record of it`);
  return found.weight ?? WEIGHT;
}

/**
 * The exposure's weight, divided among the clusters by theirs. Whole, as Route 53 takes it, and 0 only where one of the two is: who is to
 * get few requests gets some.
 */
function weightIn(environment: Weighed, cluster: string, exposure: ExposureKind): number {
  const share = exposureWeight(environment, exposure) * weightOf(environment, cluster);
  const all = Object.keys(environment.clusters).reduce((sum, id) => sum + weightOf(environment, id), 0);
  return share === 0 ? 0 : Math.max(1, Math.round(share / all));
}
