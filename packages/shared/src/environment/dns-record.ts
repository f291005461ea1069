import { clusterName } from "./names";
import type { Environment, ExposureKind } from "./schema";

/** What ExternalDNS's annotations begin with here. Admission refuses both that ExternalDNS knows by itself, and all but a record's own. */
export const DNS_ANNOTATIONS = "external-dns.demarc/";

/** Share of a host name's requests that a cluster gets where the environment says nothing. */
const WEIGHT = 100;

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
  return {
    [`${DNS_ANNOTATIONS}set-identifier`]: `${clusterName(environment, cluster)}-${exposure}`,
    [`${DNS_ANNOTATIONS}aws-weight`]: String(weightOf(environment, cluster)),
  };
}

/** Share of the requests to each host name that a cluster gets, against the other clusters'. @param cluster its short id */
export function weightOf({ clusters }: Pick<Environment, "clusters">, cluster: string): number {
  return clusters[cluster]?.weight ?? WEIGHT;
}
