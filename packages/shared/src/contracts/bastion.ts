import { defineContract, output } from "../contract";

/** How people reach a cluster's private API, where infra's settings ask for a bastion. */
export const bastionContract = defineContract({
  name: "bastion",
  version: 1,
  workspace: "infra",
  stack: "bastion",
  scope: "cluster",
  outputs: {
    instanceId: output.string("EC2 instance that a session of Session Manager is started on"),
    shellDocument: output.string("Session document of a shell there, which is recorded"),
    sessionPolicy: output.string(
      "IAM policy, as JSON, for the roles of people who may use it: the company attaches it",
    ),
  },
});
