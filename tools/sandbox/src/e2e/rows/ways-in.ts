import { allApps } from "@demarc/shared/apps";
import { clusterNames } from "@demarc/shared/environment";
import { until } from "../looks";
import { hostNames, recordsOf, zoneOf } from "../records";
import { leadsIn, requested } from "../way-in";
import type { Live, Row } from "./row";

/** Apps are reached through a load balancer, by a record of their host names. */
export const waysIn: readonly Row[] = [
  { id: "S2.2, S2.4", what: "each host name's way to a healthy pod, made by no further deploy", look: reached },
];

async function reached({ environment, servers, elb }: Live): Promise<string> {
  const zoneId = await zoneOf(servers, environment.domain);
  const hosts = hostNames(environment, allApps());
  await until(() => leadsIn({ servers, elb, zoneId, hosts }));
  const records = await recordsOf(servers, zoneId);
  const ways = hosts.flatMap((host) => requested(records, host).map(({ setIdentifier = "" }) => setIdentifier));
  const controllers = ways.filter((way) => clusterNames(environment).some((name) => way.startsWith(`${name}-`)));
  const whose = controllers.length === 0 ? "infra's records" : "ExternalDNS's records";
  return `${String(hosts.length)} host names, by ${whose} ${[...new Set(ways)].join(", ")}`;
}
