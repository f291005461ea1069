/**
 * An address of a block that services get theirs from, counted from its start. The first one is the service `kubernetes`,
 * which the API server makes.
 *
 * @param cidr such as 172.20.0.0/16, or fd30:1c53:5f8a::/108
 */
export function serviceAddress(cidr: string, number: number): string {
  const [network = ""] = cidr.split("/");
  if (network.includes(":")) return `${network}${number.toString(16)}`;
  return network.replace(/\d+$/, (last) => String(Number(last) + number));
}
