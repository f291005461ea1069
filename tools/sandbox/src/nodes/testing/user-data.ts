/**
 * User data of a launch template in base64: MIME with one part, the NodeConfig of a cluster.
 * @param boundary as the header names it
 */
export function userData(cluster: object, boundary = "demarc", type = "application/node.eks.aws"): string {
  const lines = Object.entries(cluster).map(([name, value]) => `    ${name}: ${String(value)}`);
  const config = ["apiVersion: node.eks.aws/v1alpha1", "kind: NodeConfig", "spec:", "  cluster:", ...lines];
  const head = ["MIME-Version: 1.0", `Content-Type: multipart/mixed; boundary=${boundary}`, ""];
  const text = [...head, "--demarc", `Content-Type: ${type}`, "", ...config, "", "--demarc--", ""].join("\n");
  return Buffer.from(text).toString("base64");
}
