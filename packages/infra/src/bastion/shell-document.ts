import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Construct } from "constructs";

export interface ShellDocumentProps {
  readonly name: string;
  readonly logGroupName: string;
}

/** Minutes without a key pressed, and minutes in all, after which Session Manager ends a session. */
const [IDLE, LONGEST] = ["15", "60"];

/**
 * A session with a shell. What is typed and printed goes to the log group, which must be encrypted, while it happens. AWS records no
 * session that forwards a port: what is done through it stands in the audit log of the Kubernetes API.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
 */
export class ShellDocument extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { name, logGroupName }: ShellDocumentProps) {
    super(scope, id);
    this.name = new SsmDocument(this, "document", {
      name,
      documentType: "Session",
      documentFormat: "JSON",
      content: JSON.stringify({
        schemaVersion: "1.0",
        description: "A recorded shell on the bastion",
        sessionType: "Standard_Stream",
        inputs: {
          cloudWatchLogGroupName: logGroupName,
          cloudWatchEncryptionEnabled: true,
          cloudWatchStreamingEnabled: true,
          s3BucketName: "",
          s3KeyPrefix: "",
          s3EncryptionEnabled: true,
          idleSessionTimeout: IDLE,
          maxSessionDuration: LONGEST,
          runAsEnabled: false,
        },
      }),
    }).name;
  }
}
