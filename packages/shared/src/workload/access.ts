import { consume, type ConsumedValues } from "../contract";
import { dataContract } from "../contracts";
import { partition } from "../environment";
import { allow, type Statement } from "../workspace";
import type { ApplicationStack } from "./application-stack";
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
}

/** Addresses and a port. The port may be a token: a contract's number. */
export interface Peer {
  readonly cidr: string;
  readonly port: string;
}

type Data = ConsumedValues<typeof dataContract>;

/** AWS's APIs have no fixed addresses: behind an endpoint of the VPC they are inside, else anywhere. */
const AWS_APIS: Peer = { cidr: "0.0.0.0/0", port: "443" };

/** Access to what the app asks for, and to nothing else. @param vpcCidr where the database is */
export function accessOf(stack: ApplicationStack, app: Workload, vpcCidr: string): Access {
  const { database, queue, variables, permissions, connectsTo } = app.settings;
  const parts: Access[] = [
    ...(database ? [databaseAccess(stack, consume(stack, dataContract), app.name, vpcCidr)] : []),
    ...(queue === undefined ? [] : [queueAccess(consume(stack, dataContract), queue)]),
    { variables, permissions, peers: connectsTo.map(({ cidr, port }) => ({ cidr, port: String(port) })) },
  ];
  const statements = parts.flatMap((part) => part.permissions);
  return {
    variables: Object.fromEntries(parts.flatMap((part) => Object.entries(part.variables))),
    permissions: statements,
    peers: [...parts.flatMap(({ peers }) => peers), ...(statements.length === 0 ? [] : [AWS_APIS])],
  };
}

/**
 * The app connects as the PostgreSQL user of its name, with a token of fifteen minutes that it signs with its role (IAM
 * database authentication). There is no password to read.
 */
function databaseAccess({ environment }: ApplicationStack, data: Data, user: string, vpcCidr: string): Access {
  const { account, region } = environment;
  const { databaseHost, databasePort, databaseName, databaseResourceId } = data;
  const arn = `arn:${partition(environment)}:rds-db:${region}:${account}:dbuser:${databaseResourceId}/${user}`;
  return {
    variables: {
      DATABASE_HOST: databaseHost,
      DATABASE_PORT: databasePort.reference,
      DATABASE_NAME: databaseName,
      DATABASE_USER: user,
    },
    permissions: [allow("rds-db:connect").on(arn)],
    peers: [{ cidr: vpcCidr, port: databasePort.reference }],
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
  };
}
