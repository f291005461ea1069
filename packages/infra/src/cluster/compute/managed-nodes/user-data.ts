import { Fn } from "cdktf";
import type { Joined } from "../compute";
import type { NodeGroupSettings } from "./node-group-settings";
import { mostPods } from "./pod-addresses";

export interface UserDataProps {
  /** Name of the group, as EKS has it. */
  readonly group: string;
  readonly settings: NodeGroupSettings;
  readonly prefixDelegation: boolean;
  /** Name of the cluster that its nodes join, as its resource gives it. */
  readonly clusterName: string;
  readonly joined: Joined;
}

/**
 * User data of a group's nodes, in base64. To a node of its own image EKS adds what it joins by, and nodeadm merges the two; to another
 * image it adds nothing, and what is not said here the node does not know.
 * https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/examples/
 */
export function userData(props: UserDataProps): string {
  const { settings, clusterName: name, joined } = props;
  const limits = { podPidsLimit: settings.podProcesses };
  if (settings.ami === undefined)
    return Buffer.from(document({ kubelet: { config: limits } }, `"${BOUNDARY}"`)).toString("base64");
  const { endpoint: apiServerEndpoint, certificateAuthority, serviceCidr: cidr } = joined;
  const kubelet = { config: { ...limits, ...mostPodsOf(props) }, flags: flagsOf(props) };
  return Fn.base64encode(
    document({ cluster: { name, apiServerEndpoint, certificateAuthority, cidr }, kubelet }, BOUNDARY),
  );
}

/** Without prefixes nodeadm knows how many pods an instance type has addresses for. */
function mostPodsOf({ settings, prefixDelegation }: UserDataProps) {
  return prefixDelegation ? { maxPods: Math.min(...settings.instanceTypes.map(mostPods)) } : {};
}

/**
 * A node that registers without its taints takes pods that it is not for until EKS adds them. EKS's own labels are what Cluster
 * Autoscaler is told of a group without nodes (scaling-tags.ts).
 */
function flagsOf({ group, settings }: UserDataProps): string[] {
  const labels = { "eks.amazonaws.com/nodegroup": group, ...settings.labels };
  const told = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const taints = settings.taints.map(({ key, value = "", effect }) => `${key}=${value}:${effect}`);
  return [
    `--node-labels=${told.join(",")}`,
    ...(taints.length === 0 ? [] : [`--register-with-taints=${taints.join(",")}`]),
  ];
}

const BOUNDARY = "demarc";

/** MIME, of one part. @param boundary with quotes or without, which mean the same; cdktf passes no quotes on to Terraform's functions */
function document(spec: Fields, boundary: string): string {
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    "",
    `--${BOUNDARY}`,
    "Content-Type: application/node.eks.aws",
    "",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    ...yaml(spec, "  "),
    "",
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
}

interface Fields {
  readonly [name: string]: string | number | readonly string[] | Fields;
}

function yaml(fields: Fields, indent: string): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (typeof value === "string" || typeof value === "number") return [`${indent}${name}: ${String(value)}`];
    const below = isList(value) ? value.map((item) => `${indent}  - ${item}`) : yaml(value, `${indent}  `);
    return [`${indent}${name}:`, ...below];
  });
}

function isList(value: readonly string[] | Fields): value is readonly string[] {
  return Array.isArray(value);
}
