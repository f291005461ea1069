/** First address of a block: the API server takes it for the service `kubernetes`. @param cidr such as 172.20.0.0/16 */
export function firstAddress(cidr: string): string {
  const [network = ""] = cidr.split("/");
  return network.includes(":")
    ? network.replace(/(::0?)?$/, "::1")
    : network.replace(/\d+$/, (last) => String(Number(last) + 1));
}
