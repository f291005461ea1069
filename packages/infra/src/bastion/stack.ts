import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { consume, publish } from "@demarc/shared/contract";
import { bastionContract, clusterContract, keysContract, networkContract } from "@demarc/shared/contracts";
import { arnOfAws, clusterName, type Environment } from "@demarc/shared/environment";
import { WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import { EncryptedLogGroup } from "../encryption/log-group";
import type { RetainSettings } from "../keys/settings";
import { BastionInstance } from "./instance";
import { BastionRole } from "./role";
import { sessionPolicy } from "./session-policy";
import { ShellDocument } from "./shell-document";
import type { BastionSettings } from "./settings";

/**
 * The bastion of a cluster: nobody reaches it from any network, and it reaches TLS alone. A person of a role that the company gives the
 * published policy starts a session through AWS's API: to forward a port to the Kubernetes API, which then sees that person's own role, or
 * to have a shell, which is recorded and acts as the bastion: it only looks.
 */
export class BastionStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, cluster: string, settings: BastionSettings, retain: RetainSettings) {
    super(app, { workspace: infra, stack: "bastion", environment, cluster });
    const { name: clusterNameInAws, securityGroupId: api } = consume(this, clusterContract);
    const network = consume(this, networkContract);
    const called = clusterName(environment, cluster);
    const name = `${called}-bastion`;

    const log = new EncryptedLogGroup(this, "log", {
      name: `/demarc/${called}/bastion`,
      retentionDays: settings.logRetentionDays,
      keyArn: consume(this, keysContract).logKeyArn,
      retained: retain.logs,
    });
    const role = new BastionRole(this, "role", { name, logGroupArn: log.arn });
    const bastion = new BastionInstance(this, "instance", { name, cluster: called, settings, network, role });
    const shell = new ShellDocument(this, "shell", { name, logGroupName: log.name });

    new VpcSecurityGroupIngressRule(this, "api", {
      description: "The bastion calls the Kubernetes API",
      securityGroupId: api,
      referencedSecurityGroupId: bastion.securityGroupId,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    const entry = new EksAccessEntry(this, "entry", { clusterName: clusterNameInAws, principalArn: role.arn });
    new EksAccessPolicyAssociation(this, "view", {
      clusterName: clusterNameInAws,
      principalArn: entry.principalArn,
      policyArn: arnOfAws("eks", "cluster-access-policy/AmazonEKSViewPolicy"),
      accessScope: { type: "cluster" },
    });

    publish(this, bastionContract, {
      instanceId: bastion.instanceId,
      shellDocument: shell.name,
      sessionPolicy: sessionPolicy(environment, { cluster: called, shellDocument: name }),
    });
  }
}
