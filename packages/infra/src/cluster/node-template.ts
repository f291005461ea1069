import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { WorkspaceStack } from "@demarc/shared/stack";
import { Token } from "cdktf";
import { Construct } from "constructs";

export interface NodeTemplateProps {
  /** Name of the launch template and of its nodes. */
  readonly name: string;
  /** Size of the root volume. */
  readonly diskGiB: number;
  readonly volumeKeyArn: string;
}

/** What a node is, beside what EKS adds: image, user data, instance profile and the cluster's security group. */
export class NodeTemplate extends Construct {
  readonly templateId: string;
  /** Number of the newest version, as text. */
  readonly version: string;

  constructor(scope: Construct, id: string, { name, diskGiB, volumeKeyArn }: NodeTemplateProps) {
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
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    });
    this.templateId = template.id;
    this.version = Token.asString(template.latestVersion);
  }
}
