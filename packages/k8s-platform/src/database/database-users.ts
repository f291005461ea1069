import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { RegisteredApp } from "@demarc/shared/apps";
import { consume, type ConsumedValues } from "@demarc/shared/contract";
import { databaseAccessContract, dataContract, networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { allow, type Statement } from "@demarc/shared/iam";
import type { KubernetesStack } from "@demarc/shared/stack";
import { Construct } from "constructs";
import type { ClusterReference } from "../cluster";
import { type MirrorSettings, mirrored } from "../mirror";
import { PodRole } from "../pod-role";
import { ClosedNamespace } from "../tenancy/namespace";
import { platformMetadata } from "../tenancy/platform-metadata";
import { waysOut } from "../tenancy/ways-out";
import { CA_CONFIG_MAP, CA_KEY, certificateAuthorities } from "./certificate-authorities";
import type { DatabaseUsersSettings } from "./settings";
import { UsersJob } from "./users-job";
import { usersSql } from "./users-sql";

/** Of namespace, service account and role. */
const NAME = "database-users";

export interface DatabaseUsersProps {
  readonly environment: Environment;
  readonly cluster: ClusterReference;
  readonly settings: DatabaseUsersSettings;
  readonly mirror: MirrorSettings;
  /** Whose database users are whose. */
  readonly apps: readonly RegisteredApp[];
  /** Namespace of each team, by its name. */
  readonly namespaces: Readonly<Record<string, string>>;
}

/**
 * The PostgreSQL users that are registered for apps. A Job of the platform makes them, by a role that alone may read the
 * master's secret; apps log in by IAM. Each team with users gets the authorities to
 * verify the database's certificate by. The Job runs where no app has a user too, so that the last one is locked out.
 */
export class DatabaseUsers extends Construct {
  constructor(stack: KubernetesStack, props: DatabaseUsersProps) {
    super(stack, NAME);
    const { environment, cluster, settings, mirror } = props;
    const users = props.apps.flatMap(({ team, databaseUser: name }) => (name === undefined ? [] : [{ name, team }]));
    const authorities = settings.certificateAuthorities ?? certificateAuthorities(environment.region);
    this.#shareAuthorities(authorities, props);

    // The Job connects: it runs after the cluster was let in.
    consume(stack, databaseAccessContract);
    const data = consume(stack, dataContract);
    const { namespace } = new ClosedNamespace(this, "namespace", { name: NAME, cluster });
    const { vpcCidr } = consume(stack, networkContract);
    waysOut(this, namespace, [{ cidr: vpcCidr, port: data.databasePort.reference }]);
    const role = this.#role(permissions(data, environment), cluster);
    const account = new ServiceAccountV1(this, "service-account", {
      metadata: { name: NAME, namespace, annotations: { ...role.annotations } },
      automountServiceAccountToken: false,
    });
    new UsersJob(this, "job", {
      namespace,
      serviceAccount: account.metadata.name,
      data,
      region: environment.region,
      sql: usersSql(users, settings.limits),
      authorities,
      awsCliImage: mirrored(settings.awsCliImage, mirror),
      postgresImage: mirrored(settings.postgresImage, mirror),
      needed: role.needed,
    });
  }

  #shareAuthorities(authorities: string, { apps, namespaces }: DatabaseUsersProps): void {
    for (const [team, namespace] of Object.entries(namespaces)) {
      if (!apps.some((app) => app.team === team && app.databaseUser !== undefined)) continue;
      new ConfigMapV1(this, `authorities-${team}`, {
        metadata: platformMetadata(CA_CONFIG_MAP, namespace),
        data: { [CA_KEY]: authorities },
      });
    }
  }

  #role(statements: readonly Statement[], cluster: ClusterReference): PodRole {
    return new PodRole(this, "identity", {
      cluster,
      name: NAME,
      description: `Makes the database users of cluster ${cluster.name}'s apps`,
      namespace: NAME,
      serviceAccount: NAME,
      permissions: statements,
    });
  }
}

/** The master's secret as it is now, and the key only to open that. */
function permissions(data: ConsumedValues<typeof dataContract>, { region }: Environment): Statement[] {
  const { databaseMasterSecretArn: secret, databaseMasterSecretKeyArn: key } = data;
  return [
    allow("secretsmanager:GetSecretValue")
      .on(secret)
      .when({ StringEquals: { "secretsmanager:VersionStage": "AWSCURRENT" } }),
    allow("kms:Decrypt")
      .on(key)
      .when({
        StringEquals: {
          "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
          "kms:EncryptionContext:SecretARN": secret,
        },
      }),
  ];
}
