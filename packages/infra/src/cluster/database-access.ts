import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type ConsumedValues, terraformNumber } from "@demarc/shared/contract";
import type { dataContract } from "@demarc/shared/contracts";
import { Construct } from "constructs";
import type { ControlPlane } from "./control-plane";

export interface DatabaseAccessProps {
  readonly database: ConsumedValues<typeof dataContract>;
  readonly controlPlane: ControlPlane;
}

/**
 * Lets the cluster's nodes, and so its pods, reach the database. The rule stands with the cluster because the database is
 * there first: it need not know its clusters, and admits no other address of the VPC.
 */
export class DatabaseAccess extends Construct {
  constructor(scope: Construct, id: string, { database, controlPlane }: DatabaseAccessProps) {
    super(scope, id);
    const port = terraformNumber(database.databasePort);
    new VpcSecurityGroupIngressRule(this, "rule", {
      description: "PostgreSQL from the nodes of a cluster",
      securityGroupId: database.databaseSecurityGroupId,
      referencedSecurityGroupId: controlPlane.securityGroupId,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    });
  }
}
