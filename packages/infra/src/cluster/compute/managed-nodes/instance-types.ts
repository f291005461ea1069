/** Names of the architectures as EC2 gives them. */
export type Architecture = "x86_64" | "arm64";

/**
 * Architecture of an EC2 instance type, by its name: after the generation of its family a "g" says Graviton, or NVIDIA's Grace, and
 * both are ARM. The first ARM family, a1, is older than that rule.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
  const [family = ""] = instanceType.split(".");
  const [, attributes = ""] = /^[a-z]+(?:-\d+tb)?\d+(.*)$/.exec(family) ?? [];
  return family === "a1" || attributes.includes("g") ? "arm64" : "x86_64";
}

/** Macs run macOS alone, which no node of a cluster has. */
export function isMac(instanceType: string): boolean {
  return instanceType.startsWith("mac");
}
