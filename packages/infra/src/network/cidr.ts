import { z } from "zod";
import { addressOf, overlap, prefixOf } from "./ranges";

/** Letters of availability zones, in the order of their slots. No region has more than six. */
export const ZONES = ["a", "b", "c", "d", "e", "f"] as const;
export type Zone = (typeof ZONES)[number];
/** One of them, in settings. */
export const zone = z.enum(ZONES, `must be the letter of an availability zone, ${ZONES.join(", ")}`);

/** IPv4 ranges of one zone's subnets. */
export interface ZoneRanges {
  readonly public: string;
  readonly internal: string;
  readonly private: string;
}

/** Zones that a VPC has room for: a power of two, for ranges are halved. */
const SLOTS = 8;

/** What a VPC may have at most (AWS), and what leaves each load balancer's subnet the /27 that it demands. */
const LARGEST_VPC = 16;
const SMALLEST_VPC = 22;

/** Ranges that mean something else in every network (IANA's special-purpose registry), or to AWS, and what each is for. */
export const TAKEN: Readonly<Record<string, string>> = {
  "0.0.0.0/8": "this host",
  "127.0.0.0/8": "loopback",
  // An instance has its metadata, time and DNS from AWS there, and EKS Pod Identity a pod's credentials.
  "169.254.0.0/16": "link-local addresses",
  "192.0.0.0/24": "IETF protocols",
  "192.0.2.0/24": "documentation",
  "198.51.100.0/24": "documentation",
  "203.0.113.0/24": "documentation",
  "224.0.0.0/4": "multicast",
  "240.0.0.0/4": "nobody",
  // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
  "172.17.0.0/16": "Docker, and AWS asks to keep it free",
};

/**
 * Ranges of a zone's subnets in a VPC. Each zone has its slot by its letter, so a zone that is added or removed moves no
 * other. The first quarter of the VPC is for public subnets, the second one for internal ones, the upper half for private ones. Each
 * subnet has an eighth of its part.
 *
 *     10.1.0.0/16   public a 10.1.0.0/21    internal a 10.1.64.0/21    private a 10.1.128.0/20
 *                   public c 10.1.16.0/21   internal c 10.1.80.0/21    private c 10.1.160.0/20
 */
export function zoneRanges(vpcCidr: string, zone: Zone): ZoneRanges {
  const base = addressOf(vpcCidr);
  const prefix = prefixOf(vpcCidr);
  const slot = ZONES.indexOf(zone);
  return {
    public: written(base + slot * size(prefix + 5), prefix + 5),
    internal: written(base + size(prefix + 2) + slot * size(prefix + 5), prefix + 5),
    private: written(base + size(prefix + 1) + slot * size(prefix + 4), prefix + 4),
  };
}

/** What is wrong with a VPC's range: the rule, and the way out. Undefined where nothing is. */
export function cidrProblem(cidr: string): string | undefined {
  if (!z.cidrv4().safeParse(cidr).success) return "must be an IPv4 range such as 10.1.0.0/16";
  const prefix = prefixOf(cidr);
  const take = `take /${String(LARGEST_VPC)} to /${String(SMALLEST_VPC)}`;
  if (prefix < LARGEST_VPC) return `is larger than AWS lets a VPC be; ${take}`;
  if (prefix > SMALLEST_VPC) {
    return `is too small for ${String(SLOTS)} zones x 3 subnets, each /27 or larger for a load balancer; ${take}`;
  }
  const base = addressOf(cidr);
  const start = base - (base % size(prefix));
  if (base !== start) return `does not start where a /${String(prefix)} does; take ${written(start, prefix)}`;
  return takenProblem(cidr);
}

/** What is wrong with a range that no VPC may have addresses of. Undefined where nothing is. @param cidr an IPv4 range */
function takenProblem(cidr: string): string | undefined {
  const taken = Object.entries(TAKEN).find(([range]) => overlap(cidr, range));
  if (taken === undefined) return undefined;
  const [range, use] = taken;
  return `has addresses of ${range}, which is for ${use}; take a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16`;
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}

function written(base: number, prefix: number): string {
  const octets = [24, 16, 8, 0].map((bits) => Math.floor(base / 2 ** bits) % 256);
  return `${octets.join(".")}/${String(prefix)}`;
}
