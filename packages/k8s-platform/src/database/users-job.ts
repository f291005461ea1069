import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import {
  JobV1,
  type JobV1SpecTemplateSpec,
  type JobV1SpecTemplateSpecContainer,
} from "@cdktf/provider-kubernetes/lib/job-v1";
import type { ConsumedValues } from "@demarc/shared/contract";
import type { dataContract } from "@demarc/shared/contracts";
import { terraformLiteral } from "@demarc/shared/json";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { restricted } from "../restricted-pod";
import { CA_KEY } from "./certificate-authorities";

const CREDENTIALS = "/run/demarc/credentials";
const FILES = "/etc/demarc";
/** Of the node's disk: the cache of the AWS CLI, and logs. */
const DISK = "160Mi";

export interface UsersJobProps {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly data: ConsumedValues<typeof dataContract>;
  readonly region: string;
  /** SQL to run as the master; to run it again changes nothing. */
  readonly sql: string;
  /** PEM. */
  readonly authorities: string;
  readonly awsCliImage: string;
  readonly postgresImage: string;
  /** What must be there before its pod starts. */
  readonly needed: readonly ITerraformDependable[];
}

/**
 * A Job that runs SQL as the database's master. Its name tells what it runs and on which database: a change of either makes a
 * new Job, and no change none. It stays when it is done (a Job that removes itself would be missing at the next plan, and made
 * again), and fails the deploy when it fails.
 */
export class UsersJob extends Construct {
  constructor(scope: Construct, id: string, props: UsersJobProps) {
    super(scope, id);
    const { namespace, data, sql, authorities, awsCliImage, postgresImage, needed } = props;
    const files = {
      "users.sql": sql,
      [CA_KEY]: authorities,
      ...script("fetch-secret.sh"),
      ...script("create-users.sh"),
    };
    const content = sha256(JSON.stringify({ files, awsCliImage, postgresImage }));
    const name = `database-users-${Fn.substr(Fn.sha256(Fn.join("", [content, data.databaseResourceId])), 0, 10)}`;
    const config = new ConfigMapV1(this, "files", {
      metadata: { name, namespace },
      immutable: true,
      data: Object.fromEntries(Object.entries(files).map(([file, text]) => [file, terraformLiteral(text)])),
    });
    new JobV1(this, "job", {
      metadata: { name, namespace },
      spec: {
        backoffLimit: 4,
        activeDeadlineSeconds: 600,
        template: {
          metadata: { labels: { "app.kubernetes.io/name": "database-users" } },
          spec: podSpec(props, config),
        },
      },
      waitForCompletion: true,
      timeouts: { create: "15m", update: "15m" },
      dependsOn: [...needed],
    });
  }
}

function podSpec(props: UsersJobProps, config: ConfigMapV1): JobV1SpecTemplateSpec {
  return {
    serviceAccountName: props.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: "Never",
    securityContext: { ...restricted.pod, fsGroup: restricted.pod.runAsGroup },
    initContainer: [fetchSecret(props)],
    container: [createUsers(props)],
    volume: [
      { name: "files", configMap: { name: config.metadata.name, defaultMode: "0444" } },
      // Memory: the password is on no disk.
      { name: "credentials", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
      { name: "home", emptyDir: { sizeLimit: "16Mi" } },
    ],
  };
}

function fetchSecret({ awsCliImage, data, region }: UsersJobProps): JobV1SpecTemplateSpecContainer {
  return {
    ...hardened("fetch-secret", awsCliImage, ["/bin/bash", `${FILES}/fetch-secret.sh`]),
    env: variables({
      AWS_REGION: region,
      CREDENTIALS,
      // The AWS CLI keeps a cache there.
      HOME: "/home/demarc",
      SECRET_ARN: data.databaseMasterSecretArn,
    }),
    volumeMount: [...mounts, { name: "home", mountPath: "/home/demarc" }],
  };
}

function createUsers({ postgresImage, data }: UsersJobProps): JobV1SpecTemplateSpecContainer {
  return {
    ...hardened("create-users", postgresImage, ["/bin/sh", `${FILES}/create-users.sh`]),
    env: variables({
      CREDENTIALS,
      PGDATABASE: data.databaseName,
      PGHOST: data.databaseHost,
      PGPORT: data.databasePort.reference,
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: `${FILES}/${CA_KEY}`,
      SQL: `${FILES}/users.sql`,
    }),
    volumeMount: mounts,
  };
}

const mounts = [
  { name: "files", mountPath: FILES, readOnly: true },
  { name: "credentials", mountPath: CREDENTIALS },
];

function hardened(name: string, image: string, command: string[]): JobV1SpecTemplateSpecContainer {
  return {
    name,
    image,
    command,
    resources: {
      requests: { cpu: "50m", memory: "128Mi", "ephemeral-storage": DISK },
      limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": DISK },
    },
    securityContext: restricted.container,
  };
}

function variables(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function script(file: string): Record<string, string> {
  return { [file]: readFileSync(path.join(__dirname, file), "utf8") };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
