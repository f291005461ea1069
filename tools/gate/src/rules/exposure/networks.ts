import { blocksOf, textOf, textsOf } from "../../plan/change";
import type { Attributes } from "../../plan/plan";
import type { Opening, Ports } from "./opening";
import { isWorld } from "./ranges";

const LETS_IN = "lets the world in";

/** Rules that stand in a security group. */
export function inlineIngress(group: Attributes): Opening[] {
  return blocksOf(group["ingress"]).flatMap((rule) =>
    openingsFrom("ingress", [...textsOf(rule["cidr_blocks"]), ...textsOf(rule["ipv6_cidr_blocks"])], portsOf(rule)),
  );
}

/** `aws_security_group_rule`. */
export function ruleOfGroup(rule: Attributes): Opening[] {
  if (rule["type"] !== "ingress") return [];
  return ["cidr_blocks", "ipv6_cidr_blocks"].flatMap((attribute) =>
    openingsFrom(attribute, textsOf(rule[attribute]), portsOf(rule)),
  );
}

/** `aws_vpc_security_group_ingress_rule`. */
export function ingressRule(rule: Attributes): Opening[] {
  const ports = portsOf({ ...rule, protocol: rule["ip_protocol"] });
  return ["cidr_ipv4", "cidr_ipv6"].flatMap((attribute) => openingsFrom(attribute, textsOf(rule[attribute]), ports));
}

/** A list of ranges that rules name by its id. */
export function prefixList(list: Attributes): Opening[] {
  return blocksOf(list["entry"]).flatMap((entry) => prefixListEntry(entry, "entry"));
}

/** One range of such a list. @param attribute that has it */
export function prefixListEntry({ cidr }: Attributes, attribute = "cidr"): Opening[] {
  return textsOf(cidr)
    .filter(isWorld)
    .map((world) => ({ attribute, what: "names the world in a list that rules may let in", cidr: world }));
}

function openingsFrom(attribute: string, ranges: readonly string[], ports: Ports): Opening[] {
  return ranges.filter(isWorld).map((cidr) => ({ attribute, what: LETS_IN, cidr, ports }));
}

/** A protocol by its number is the same one: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html. */
const NAMES: Readonly<Record<string, string>> = { all: "-1", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6" };

function portsOf({ protocol, from_port: from, to_port: to }: Attributes): Ports {
  const named = (textOf(protocol) ?? "-1").toLowerCase();
  return { protocol: NAMES[named] ?? named, from: Number(from ?? 0), to: Number(to ?? 65_535) };
}

/** The API of a cluster. Without ranges EKS lets in everybody: the default of `public_access_cidrs`. */
export function clusterEndpoint(cluster: Attributes): Opening[] {
  return blocksOf(cluster["vpc_config"])
    .filter((network) => network["endpoint_public_access"] !== false)
    .flatMap((network) => {
      const ranges = textsOf(network["public_access_cidrs"]);
      return (ranges.length === 0 ? ["0.0.0.0/0"] : ranges).map((cidr) => ({
        attribute: "vpc_config",
        what: "has a public endpoint of its API",
        cidr,
      }));
    });
}
