import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { consume } from "@demarc/shared/contract";
import { clusterContract, edgeContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";

/**
 * Lets infra's load balancers into the pods of a cluster, on the ports of apps. It stands apart from both, so that neither waits for
 * the other to be made. The load balancer controller takes rules away that have its own description and that no binding wants: these
 * have another one.
 */
export class EdgeAccessStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, cluster: string, ports: readonly number[]) {
    super(app, { workspace: infra, stack: "edge-access", environment, cluster });
    const { securityGroupId: pods } = consume(this, clusterContract);
    const { securityGroupId: balancer } = consume(this, edgeContract);
    for (const port of ports) {
      new VpcSecurityGroupIngressRule(this, `port-${String(port)}`, {
        description: "Load balancers of infra to pods",
        securityGroupId: pods,
        referencedSecurityGroupId: balancer,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    }
  }
}
