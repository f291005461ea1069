import assert from "node:assert/strict";
import path from "node:path";
import { ListPodIdentityAssociationsCommand, EKSClient } from "@aws-sdk/client-eks";
import { AssumeRoleWithWebIdentityCommand, type Credentials, STSClient } from "@aws-sdk/client-sts";
import { clusterArn, clusterName, type Environment, roleArn } from "@demarc/shared/environment";
import { roleOfTeam } from "@demarc/deploy";
import { assumeForPod } from "../controllers/pod-identity";
import type { Servers } from "../local-aws/servers";
import { CREDENTIALS } from "../variables";
import { type Provoked, refusedAlone } from "./refused";
import { type Ended, inOneLine, layout, run, runningServers, sandbox, shellVariables } from "./programs";
import { step } from "./step";
import { clientOf } from "./team-client";

type Aws = (...args: readonly string[]) => Promise<Ended>;

/** Roles that the steps below act as, in the environment's first cluster. */
function rolesOf(environment: Environment) {
  const name = clusterName(environment, firstCluster(environment));
  const role = (workspace: string, last: string) =>
    roleArn(environment, `demarc/${environment.name}/${workspace}/${name}-${last}`);
  return {
    dns: role("k8s-platform", "external-dns"),
    storefront: role("storefront", "app-storefront"),
    pets: roleOfTeam(environment, "pets"),
  };
}

function firstCluster({ clusters }: Environment): string {
  return Object.keys(clusters)[0] ?? "";
}

/** What the steps below are refused. Nothing else is, from the first `up` to the end of the last `destroy`. */
export function provokedIn(environment: Environment): readonly Provoked[] {
  const { dns, storefront, pets } = rolesOf(environment);
  return [
    // A record of a zone that is not the environment's.
    { role: dns, action: "route53:ChangeResourceRecordSets" },
    // Another team's queue.
    { role: storefront, action: "sqs:SendMessage" },
    // Beyond the boundary.
    { role: storefront, action: "iam:CreateUser" },
    // The role of a pod, which trusts no team.
    { role: pets, action: "sts:AssumeRole" },
  ];
}

/** What the policies of a role, or its boundary, do not allow fails here as in AWS, and `calls` tells it. */
export async function judgesCalls(environment: Environment): Promise<void> {
  const servers = await runningServers();
  const name = clusterName(environment, firstCluster(environment));
  const administrator = awsWith(servers, {});
  const { dns: RoleArn, storefront } = rolesOf(environment);
  const asDns = { cluster: name, serviceAccount: "external-dns", RoleArn };
  const dns = awsAs(servers, await podIdentity(servers, environment, asDns));
  const asApp = { name: "storefront", namespace: "shop", RoleArn: storefront };
  const app = awsAs(servers, await webIdentity(servers, asApp));

  await step("ExternalDNS writes no record of a zone that is not its own", async () => {
    const zone = await textOf(
      administrator,
      ["route53", "create-hosted-zone", "--name", "foreign.example", "--caller-reference", "e2e"],
      "HostedZone.Id",
    );
    try {
      const asked = ["route53", "change-resource-record-sets", "--hosted-zone-id", zone, "--change-batch", RECORD];
      await refuses(
        dns(...asked),
        /AccessDenied.*route53:ChangeResourceRecordSets on resource: \S+hostedzone\/\w+ because no/,
      );
    } finally {
      await administrator("route53", "delete-hosted-zone", "--id", zone);
    }
  });

  await step("an app sends nothing to another team's queue", async () => {
    const queue = await textOf(administrator, ["sqs", "create-queue", "--queue-name", "pets-e2e"], "QueueUrl");
    const send = () => app("sqs", "send-message", "--queue-url", queue, "--message-body", "e2e");
    try {
      await refuses(send(), /AccessDenied.*sqs:SendMessage on resource: \S+:pets-e2e because no identity-based policy/);
    } finally {
      await administrator("sqs", "delete-queue", "--queue-url", queue);
    }
  });

  await step("an app makes no users, though its own policy would let it: its boundary does not", async () => {
    const policy = ["--role-name", `${name}-app-storefront`, "--policy-name", "e2e"];
    await administrator("iam", "put-role-policy", ...policy, "--policy-document", EVERYTHING);
    try {
      await refuses(
        app("iam", "create-user", "--user-name", "e2e"),
        /AccessDenied.*iam:CreateUser .*permissions boundary/,
      );
    } finally {
      await administrator("iam", "delete-role-policy", ...policy);
    }
  });

  await step("env of a team lets aws act as its role", async () => {
    const { code, printed } = await sandbox(["env", "pets"]);
    assert.equal(code, 0);
    const given: NodeJS.ProcessEnv = {};
    for (const [, key = "", value = ""] of printed.matchAll(/^export (AWS_\w+)='([^']*)'/gm)) given[key] = value;
    const caller = ["sts", "get-caller-identity"];
    const asPets = awsWith(servers, given);
    assert.match(await textOf(asPets, caller, "Arn"), /:assumed-role\/pets\/sandbox$/);
    await refuses(asPets("sts", "assume-role", "--role-arn", RoleArn, "--role-session-name", "e2e"), /AccessDenied/);
  });

  await step(
    "calls tells who was refused what, which is what was provoked alone, and that all that is changed was judged, but for what the README names",
    async () => {
      const said = inOneLine((await sandbox(["calls"])).printed);
      assert.match(
        said,
        /external-dns: route53:ChangeResourceRecordSets on \S+: no identity policy allows it change packages\/k8s-platform\/src\/addons\/external-dns\.ts/,
      );
      assert.match(
        said,
        /app-storefront: iam:CreateUser on \S+: boundary \S+ does not allow it change packages\/shared\/src\/iam\/boundaries\/apps\.ts/,
      );
      await refusedAlone(provokedIn(environment));
      const [, share] = /calls change something; ([\d.]+) % of them were judged/.exec(said) ?? [];
      assert.ok(Number(share) >= 95, `${String(share)} % were judged`);
      const [, taken] = /Of the last up, \d+ s, judging took [\d.]+ s at most: ([\d.]+) %/.exec(said) ?? [];
      assert.ok(Number(taken) < 10, `judging took ${String(taken)} % of the up`);
    },
  );

  await step("calls of a role tells what it may do and never did", async () => {
    const said = inOneLine((await sandbox(["calls", `${name}-aws-load-balancer-controller`])).printed);
    assert.match(said, /May do, and did not:.* elasticloadbalancing:DeleteLoadBalancer /);
  });
}

const RECORD = JSON.stringify({
  Changes: [
    {
      Action: "CREATE",
      ResourceRecordSet: { Name: "e2e.foreign.example", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] },
    },
  ],
});

const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** What a pod of an add-on has, by EKS Pod Identity. */
async function podIdentity(
  { account: accountId, region, awsUrl: awsEndpoint, eksUrl }: Servers,
  environment: Environment,
  { cluster, serviceAccount, RoleArn }: { cluster: string; serviceAccount: string; RoleArn: string },
): Promise<Credentials | undefined> {
  const eks = new EKSClient({ region, endpoint: eksUrl, credentials: CREDENTIALS });
  const { associations = [] } = await eks.send(new ListPodIdentityAssociationsCommand({ clusterName: cluster }));
  const namespace = associations.find((one) => one.serviceAccount === serviceAccount)?.namespace ?? "";
  const record = { cluster: { arn: clusterArn(environment, cluster) } };
  return assumeForPod(
    { accountId, region, awsEndpoint, record },
    { RoleArn, RoleSessionName: "e2e" },
    {
      "eks-cluster-name": cluster,
      "kubernetes-namespace": namespace,
      "kubernetes-service-account": serviceAccount,
    },
  );
}

/** What a pod of an app has, by the token of its service account. */
async function webIdentity(
  { region, awsUrl: endpoint }: Servers,
  { RoleArn, ...account }: { name: string; namespace: string; RoleArn: string },
): Promise<Credentials | undefined> {
  const { kubernetes } = await clientOf("platform");
  const { token } = await kubernetes.token(account, "sts.amazonaws.com");
  const sts = new STSClient({ region, endpoint, credentials: CREDENTIALS });
  const asked = { RoleArn, RoleSessionName: "e2e", WebIdentityToken: token };
  return (await sts.send(new AssumeRoleWithWebIdentityCommand(asked))).Credentials;
}

/** AWS's own command line, as a pod. */
function awsAs(servers: Servers, credentials: Credentials | undefined): Aws {
  assert.ok(credentials, "STS gave no session");
  return awsWith(servers, {
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
  });
}

function awsWith(servers: Servers, credentials: NodeJS.ProcessEnv): Aws {
  const env = { ...shellVariables(servers), ...credentials };
  return (...args) => run(path.join(layout.bin, "aws"), args, { cwd: layout.root, env });
}

async function textOf(aws: Aws, args: readonly string[], query: string): Promise<string> {
  const { code, printed } = await aws(...args, "--query", query, "--output", "text");
  assert.equal(code, 0);
  return printed.trim();
}

async function refuses(asked: Promise<Ended>, message: RegExp): Promise<void> {
  const ended = await asked;
  assert.notEqual(ended.code, 0, "it is allowed");
  assert.match(inOneLine(ended.printed), message);
}
