import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { AutoScalingGroups } from "./auto-scaling";
import { Identities } from "./identities";
import { Instances } from "./instances";
import { LaunchTemplates } from "./launch-templates";
import { Network } from "./network";

/** What a class lets others do, whatever it is made of. */
type Public<Class> = Pick<Class, keyof Class>;

/** The local AWS account: what EKS looks up there, and what it makes there by itself. */
export interface Account {
  readonly network: Public<Network>;
  readonly launchTemplates: Public<LaunchTemplates>;
  readonly autoScaling: Public<AutoScalingGroups>;
  readonly instances: Public<Instances>;
  readonly identities: Public<Identities>;
}

/** @param endpoint URL of the local AWS, e.g. http://127.0.0.1:5000 */
export function openAccount(endpoint: string, region: string, accountId: string): Account {
  // The local AWS takes any key; a fixed one keeps the user's own out of it.
  const client = { endpoint, region, credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" } };
  const ec2 = new EC2Client(client);
  return {
    network: new Network(ec2),
    launchTemplates: new LaunchTemplates(ec2),
    autoScaling: new AutoScalingGroups(new AutoScalingClient(client)),
    instances: new Instances(ec2),
    identities: new Identities(endpoint, region, accountId),
  };
}
