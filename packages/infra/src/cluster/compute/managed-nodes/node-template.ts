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
  /** In base64. */
  readonly userData: string;
  /** Id of the image. Undefined: EKS's own. */
  readonly imageId: string | undefined;
}

/** What a node is, beside what EKS adds: image and user data by which it joins (to its own image), instance profile, security group. */
export class NodeTemplate extends Construct {
  readonly templateId: string;
  /** Number of the newest version, as text. */
  readonly version: string;

  constructor(scope: Construct, id: string, props: NodeTemplateProps) {
    super(scope, id);
    const { name, diskGiB, volumeKeyArn, userData, imageId } = props;
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
      userData,
      ...(imageId === undefined ? {} : { imageId }),
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    });
    this.templateId = template.id;
    this.version = Token.asString(template.latestVersion);
  }
}
