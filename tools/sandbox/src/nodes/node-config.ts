import { parse } from "yaml";
import { z } from "zod";

/** What nodeadm needs to join a node to its cluster, as the NodeConfig of an image's user data has it. */
const nodeConfig = z.object({
  apiVersion: z.literal("node.eks.aws/v1alpha1"),
  kind: z.literal("NodeConfig"),
  spec: z.object({
    cluster: z.object({
      name: z.string(),
      apiServerEndpoint: z.string(),
      certificateAuthority: z.string(),
      cidr: z.string(),
    }),
  }),
});

export type JoinedCluster = z.output<typeof nodeConfig>["spec"]["cluster"];

/**
 * The cluster that user data of a launch template tells a node to join.
 * @param userData MIME multipart, in base64
 * @returns undefined where it tells not all four: nodeadm then fails, and the node stays away
 */
export function nodeConfigIn(userData: string): JoinedCluster | undefined {
  const mime = Buffer.from(userData, "base64").toString();
  const [, boundary = ""] = /^Content-Type: multipart\/mixed; boundary="?([^"\n]+)"?$/m.exec(mime) ?? [];
  if (boundary === "") return undefined;
  const parts = mime.split(`--${boundary}`).filter((part) => part.includes("Content-Type: application/node.eks.aws"));
  for (const part of parts) {
    const body = part.slice(part.indexOf("\n\n", part.indexOf("application/node.eks.aws")));
    const found = nodeConfig.safeParse(documentIn(body));
    if (found.success) return found.data.spec.cluster;
  }
  return undefined;
}

/** @returns undefined for what is no YAML */
function documentIn(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
