import { kubernetesVersions } from "@demarc/shared/environment";
import { z } from "zod";
import { imageId } from "../../../image-id";
import type { Architecture } from "./instance-types";

const known = kubernetesVersions.map(({ version }) => version);
const architectures: readonly Architecture[] = ["x86_64", "arm64"];

/**
 * An image of the company's own, made from EKS's Amazon Linux 2023: one volume, /dev/xvda, and nodeadm, which configures the node. EKS then
 * says nothing to the node: all by which it joins stands in its user data (user-data.ts).
 * https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export const ownImage = z.strictObject({
  /** A change replaces the group's nodes. */
  id: imageId,
  /** Kubernetes minor version of its kubelet, such as "1.35": the nodes', so an upgrade asks for another image. */
  kubernetes: z.enum(known, `must be a Kubernetes version that is known: ${known.join(", ")}`),
  /** What it was built for. @default x86_64 */
  architecture: z.enum(architectures, `must be one of ${architectures.join(", ")}`).default("x86_64"),
});
