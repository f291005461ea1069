import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { WorkspaceStack } from "@demarc/shared/stack";
import { Token } from "cdktf";
import { Construct } from "constructs";

export interface NodeTemplateProps {
  /** Name of the launch template and of its nodes. */
  readonly name: string;
  /** Size of the root volume. */
  readonly diskGiB: number;
  /** Processes and threads that each pod may have at most. */
  readonly podProcesses: number;
  readonly volumeKeyArn: string;
}

/** What a node is, beside what EKS adds: image, user data by which it joins, instance profile and the cluster's security group. */
export class NodeTemplate extends Construct {
  readonly templateId: string;
  /** Number of the newest version, as text. */
  readonly version: string;

  constructor(scope: Construct, id: string, { name, diskGiB, podProcesses, volumeKeyArn }: NodeTemplateProps) {
    super(scope, id);
    // The provider tags the template only; what is launched from it has the tags that stand in it.
    const tags = { ...WorkspaceStack.of(this).defaultTags, Name: name };

    const template = new LaunchTemplate(this, "template", {
      name,
      updateDefaultVersion: true,
      // One hop ends at the node, so a pod cannot ask for the node's credentials.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: diskGiB,
            encrypted: "true",
            kmsKeyId: volumeKeyArn,
            deleteOnTermination: "true",
          },
        },
      ],
      userData: Buffer.from(nodeConfig({ podPidsLimit: podProcesses })).toString("base64"),
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    });
    this.templateId = template.id;
    this.version = Token.asString(template.latestVersion);
  }
}

const BOUNDARY = "demarc";

/**
 * User data that says something of the kubelet. EKS adds its own part, by which the node joins, and nodeadm merges the two:
 * https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/examples/
 */
function nodeConfig(kubelet: Readonly<Record<string, number>>): string {
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    "",
    `--${BOUNDARY}`,
    "Content-Type: application/node.eks.aws",
    "",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  kubelet:",
    "    config:",
    ...Object.entries(kubelet).map(([name, value]) => `      ${name}: ${String(value)}`),
    "",
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
}
