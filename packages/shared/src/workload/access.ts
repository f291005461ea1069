import { consume, type ConsumedValues } from "../contract";
import { dataContract, networkContract } from "../contracts";
import { arn } from "../environment";
import { allow, type Statement } from "../iam";
import type { ApplicationStack } from "./application-stack";
import { DATABASE_CA_VOLUME } from "./overrides";
import type { WebApplicationSettings } from "./schema";
import type { Workload } from "./workload";

/** What an app has to be given for what it uses outside of itself. */
export interface Access {
  /** Environment variables that tell it where things are. */
  readonly variables: Readonly<Record<string, string>>;
  /** What its role may do. Empty: it needs none. */
  readonly permissions: readonly Statement[];
  /** What it connects to. */
  readonly peers: readonly Peer[];
  /** What it reads from files. */
  readonly files: readonly MountedConfigMap[];
}

/** A ConfigMap of the app's namespace whose keys are files in a folder of the container. */
export interface MountedConfigMap {
  /** Name of the volume. */
  readonly volume: string;
  /** Name of the ConfigMap; may be a token. */
  readonly configMap: string;
  readonly folder: string;
}

/** Addresses and a port. The port may be a token: a contract's number. */
export interface Peer {
  readonly cidr: string;
  readonly port: string;
}

type Data = ConsumedValues<typeof dataContract>;

/** AWS's APIs have no fixed addresses: behind an endpoint of the VPC they are inside, else anywhere. */
const AWS_APIS: Peer = { cidr: "0.0.0.0/0", port: "443" };

/** Access to what the app asks for, and to nothing else. */
export function accessOf(stack: ApplicationStack, app: Workload): Access {
  const { database, queue, variables, permissions, connectsTo } = app.settings;
  const user = stack.registered?.databaseUser;
  const { databaseCaConfigMap: authorities } = stack.platform;
  const parts: Access[] = [
    ...(database && user !== undefined && authorities !== undefined
      ? [databaseAccess(stack, consume(stack, dataContract), user, authorities)]
      : []),
    ...(queue === undefined ? [] : [queueAccess(consume(stack, dataContract), queue)]),
    { variables, permissions, peers: connectsTo.map(({ cidr, port }) => ({ cidr, port: String(port) })), files: [] },
  ];
  const statements = parts.flatMap((part) => part.permissions);
  return {
    variables: Object.fromEntries(parts.flatMap((part) => Object.entries(part.variables))),
    permissions: statements,
    files: parts.flatMap(({ files }) => files),
    peers: [...parts.flatMap(({ peers }) => peers), ...(statements.length === 0 ? [] : [AWS_APIS])],
  };
}

/** Where the authorities are that the database's certificate is to be verified by. */
const DATABASE_CA_FOLDER = "/etc/demarc/database";

/**
 * The app connects as its registered PostgreSQL user, over TLS, with a token of fifteen minutes that it signs with its role
 * (IAM database authentication). There is no password to read.
 * @param authorities ConfigMap of those to verify the database's certificate by
 */
function databaseAccess(stack: ApplicationStack, data: Data, user: string, authorities: string): Access {
  const { databaseHost, databasePort, databaseName, databaseResourceId } = data;
  const { vpcCidr } = consume(stack, networkContract);
  const databaseUser = arn(stack.environment, "rds-db", `dbuser:${databaseResourceId}/${user}`);
  return {
    variables: {
      DATABASE_HOST: databaseHost,
      DATABASE_PORT: databasePort.reference,
      DATABASE_NAME: databaseName,
      DATABASE_USER: user,
      DATABASE_CA_FILE: `${DATABASE_CA_FOLDER}/ca.pem`,
    },
    permissions: [allow("rds-db:connect").on(databaseUser)],
    peers: [{ cidr: vpcCidr, port: databasePort.reference }],
    files: [{ volume: DATABASE_CA_VOLUME, configMap: authorities, folder: DATABASE_CA_FOLDER }],
  };
}

/** A writer needs a new data key for what it sends, a reader only to decrypt; SQS asks a writer for both. */
const queueActions = {
  send: { sqs: ["sqs:SendMessage", "sqs:GetQueueAttributes"], kms: ["kms:GenerateDataKey", "kms:Decrypt"] },
  receive: {
    sqs: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
    kms: ["kms:Decrypt"],
  },
} as const;

function queueAccess(data: Data, use: NonNullable<WebApplicationSettings["queue"]>): Access {
  const uses = use === "send-and-receive" ? [queueActions.send, queueActions.receive] : [queueActions[use]];
  const unique = (actions: readonly string[]) => [...new Set(actions)];
  return {
    variables: { QUEUE_URL: data.queueUrl },
    permissions: [
      allow(...unique(uses.flatMap(({ sqs }) => sqs))).on(data.queueArn),
      allow(...unique(uses.flatMap(({ kms }) => kms))).on(data.queueKeyArn),
    ],
    peers: [],
    files: [],
  };
}
