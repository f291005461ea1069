import type { RegisteredApp } from "../../apps";
import type { Place } from "../../environment";
import { dev, roleIn, SynthesizedStack, unlimitedRole } from "../../testing";
import { storefront } from "../../testing/web-application";
import { allow, policyDocument } from "../permissions";

const place: Place = { account: "111122223333", region: "eu-west-1" };
const here = `eu-west-1:${place.account}`;

/** Names that begin with each other, and one that ends as another: none may be taken for another. */
const apps: readonly RegisteredApp[] = [
  { name: "cats", team: "pets", hostnames: [], databaseUser: "cats" },
  { name: "cat", team: "sho", hostnames: [], databaseUser: "cat" },
  { name: "store", team: "shop", hostnames: [], databaseUser: "store" },
  { name: "till", team: "shop", hostnames: [], databaseUser: "till" },
  { name: "euro", team: "shop-eu", hostnames: [], databaseUser: "store-eu" },
  { name: "plain", team: "eu", hostnames: [] },
];
const users: Readonly<Record<string, string>> = { pets: "cats", sho: "cat", shop: "store", "shop-eu": "store-eu" };
const teams = Object.keys(users);
const role = (team: string, tags?: Readonly<Record<string, string>>) =>
  unlimitedRole(place, { kind: "apps", team }, { apps, ...(tags === undefined ? {} : { tags }) });

const usedBy = (team: string) => ({ "aws:ResourceTag/used-by": team });
const key = `arn:aws:kms:${here}:key/1234`;

/** Something to ask for. */
interface Row {
  readonly what: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** One of each that a team can own. */
const ownedBy = (team: string): Row[] => [
  {
    what: "database user",
    action: "rds-db:connect",
    resource: `arn:aws:rds-db:${here}:dbuser:db-A1/${users[team] ?? ""}`,
  },
  {
    what: "secret",
    action: "secretsmanager:GetSecretValue",
    resource: `arn:aws:secretsmanager:${here}:secret:${team}--token-AbCdEf`,
  },
  { what: "queue to send to", action: "sqs:SendMessage", resource: `arn:aws:sqs:${here}:${team}--orders` },
  { what: "queue to read", action: "sqs:ReceiveMessage", resource: `arn:aws:sqs:${here}:${team}--orders` },
  { what: "topic", action: "sns:Publish", resource: `arn:aws:sns:${here}:${team}--news` },
  { what: "table to read", action: "dynamodb:Query", resource: `arn:aws:dynamodb:${here}:table/${team}--orders` },
  { what: "table to write", action: "dynamodb:PutItem", resource: `arn:aws:dynamodb:${here}:table/${team}--orders` },
  { what: "bucket", action: "s3:ListBucket", resource: `arn:aws:s3:::${team}--catalogue` },
  { what: "object to read", action: "s3:GetObject", resource: `arn:aws:s3:::${team}--catalogue/a/b` },
  { what: "object to write", action: "s3:PutObject", resource: `arn:aws:s3:::${team}--catalogue/a/b` },
  { what: "key to decrypt with", action: "kms:Decrypt", resource: key, context: usedBy(team) },
  { what: "key to encrypt with", action: "kms:GenerateDataKey", resource: key, context: usedBy(team) },
];

const pairs = teams.flatMap((team) => teams.filter((other) => other !== team).map((other) => ({ team, other })));

describe("whatever an app's policy says", () => {
  const own = teams.flatMap((team) => ownedBy(team).map((row) => ({ team, ...row })));
  it.each(own)("team $team may use its own $what", async ({ team, action, resource, context }) => {
    await expect(role(team)).toAllow(action, resource, context);
  });

  const others = pairs.flatMap(({ team, other }) => ownedBy(other).map((row) => ({ team, other, ...row })));
  it.each(others)(
    "team $team with the $what of $other is refused by the boundary of the team's apps",
    async ({ team, action, resource, context }) => {
      await expect(role(team)).toRefuse(action, resource, context, { by: "boundary" });
    },
  );
});

const kmsOf = (alias: string, tag = "shop") => ({ ...usedBy(tag), "kms:ResourceAliases": [alias] });
const sqs = (name: string) => `arn:aws:sqs:${here}:${name}`;
const attempts: readonly Row[] = [
  // Names that only look like the team's.
  { what: "a queue of its name and no more", action: "sqs:SendMessage", resource: sqs("shop") },
  { what: "a queue with one dash", action: "sqs:SendMessage", resource: sqs("shop-orders") },
  { what: "a queue with its name within", action: "sqs:SendMessage", resource: sqs("pets--shop--orders") },
  { what: "an object named as its own", action: "s3:GetObject", resource: "arn:aws:s3:::pets--catalogue/shop--a/b" },
  {
    what: "a user that begins as its own",
    action: "rds-db:connect",
    resource: `arn:aws:rds-db:${here}:dbuser:db-A1/store2`,
  },
  {
    what: "a user that ends as its own",
    action: "rds-db:connect",
    resource: `arn:aws:rds-db:${here}:dbuser:db-A1/restore`,
  },
  { what: "the master user", action: "rds-db:connect", resource: `arn:aws:rds-db:${here}:dbuser:db-A1/administrator` },
  // What is the platform's.
  { what: "the queues' dead letters", action: "sqs:ReceiveMessage", resource: sqs("dev-apps-dead-letters") },
  {
    what: "a queue that is for its own team by tag",
    action: "sqs:SendMessage",
    resource: sqs("x"),
    context: usedBy("shop"),
  },
  {
    what: "the master users' secret",
    action: "secretsmanager:GetSecretValue",
    resource: `arn:aws:secretsmanager:${here}:secret:rds!db-1-AbCdEf`,
  },
  { what: "a state", action: "s3:GetObject", resource: "arn:aws:s3:::demarc-state-111122223333-eu-west-1/x.tfstate" },
  {
    what: "a state of another region",
    action: "s3:GetObject",
    resource: "arn:aws:s3:::demarc-state-111122223333-us-east-1/x",
  },
  {
    what: "a state of another account",
    action: "s3:PutObject",
    resource: "arn:aws:s3:::demarc-state-999999999999-eu-west-1/x",
  },
  { what: "the list of states", action: "s3:ListBucket", resource: "arn:aws:s3:::demarc-state-111122223333-us-east-1" },
  { what: "a key of nobody", action: "kms:Decrypt", resource: key },
  { what: "the states' key", action: "kms:Decrypt", resource: key, context: kmsOf("alias/demarc-state") },
  {
    what: "a cluster's secrets' key",
    action: "kms:Decrypt",
    resource: key,
    context: kmsOf("alias/demarc-secrets-dev-a"),
  },
  {
    what: "the states' key, tagged for every team",
    action: "kms:Decrypt",
    resource: key,
    context: kmsOf("alias/demarc-state", "every team"),
  },
  // What would change who may do what.
  { what: "a new key policy", action: "kms:PutKeyPolicy", resource: key, context: usedBy("shop") },
  { what: "a grant on its own key", action: "kms:CreateGrant", resource: key, context: usedBy("shop") },
  { what: "a tag on a key", action: "kms:TagResource", resource: key, context: usedBy("shop") },
  { what: "a tag on a queue", action: "sqs:TagQueue", resource: sqs("dev-apps-dead-letters") },
  { what: "a policy of its own queue", action: "sqs:SetQueueAttributes", resource: sqs("shop--orders") },
  { what: "a policy of its own bucket", action: "s3:PutBucketPolicy", resource: "arn:aws:s3:::shop--catalogue" },
  { what: "a tag on its own role", action: "iam:TagRole", resource: `arn:aws:iam::${place.account}:role/unlimited` },
  { what: "another role", action: "sts:AssumeRole", resource: `arn:aws:iam::${place.account}:role/other` },
];

describe("team shop, whatever its policy says", () => {
  it.each(attempts)(
    "with $what is refused by the boundary of the team's apps",
    async ({ action, resource, context }) => {
      await expect(role("shop")).toRefuse(action, resource, context, { by: "boundary" });
    },
  );

  it.each(ownedBy("shop"))(
    "with its own $what, by a role without its tag or with another team's, is refused by the boundary of the team's apps",
    async ({ action, resource, context }) => {
      for (const tags of [{}, { team: "pets" }, { team: "shop-eu" }, { team: "" }]) {
        await expect(role("shop", tags)).toRefuse(action, resource, context, { by: "boundary" });
      }
    },
  );

  it.each(["eu-west-1", "us-east-1"])(
    "with a state of %s, whose bucket's policy lets its session in, is refused by the boundary of the team's apps",
    async (region) => {
      const bucket = `demarc-state-${place.account}-${region}`;
      const session = `arn:aws:sts::${place.account}:assumed-role/unlimited/session`;
      const statement = { ...allow("s3:GetObject").on(`arn:aws:s3:::${bucket}/*`), Principal: { AWS: session } };
      const inviting = new SynthesizedStack("inviting", {
        resource: {
          aws_s3_bucket: { b: { bucket } },
          aws_s3_bucket_policy: { p: { bucket: "${aws_s3_bucket.b.id}", policy: policyDocument([statement]) } },
        },
      });
      const invited = unlimitedRole(place, { kind: "apps", team: "shop" }, { apps, producers: [inviting] });
      await expect(invited).toRefuse("s3:GetObject", `arn:aws:s3:::${bucket}/x.tfstate`, {}, { by: "boundary" });
    },
  );

  it("may be every one of its own database users", async () => {
    for (const user of ["store", "till"]) {
      await expect(role("shop")).toAllow("rds-db:connect", `arn:aws:rds-db:${here}:dbuser:db-A1/${user}`);
    }
  });

  it("may use what all teams share", async () => {
    for (const action of ["sqs:SendMessage", "sqs:ReceiveMessage"]) {
      await expect(role("shop")).toAllow(action, sqs("dev-apps"), usedBy("every team"));
    }
    await expect(role("shop")).toAllow("kms:Decrypt", key, usedBy("every team"));
  });
});

it("a database user, by a team that has none, is refused by the boundary of the team's apps", async () => {
  for (const user of ["store", "eu", "*"]) {
    const resource = `arn:aws:rds-db:${here}:dbuser:db-A1/${user}`;
    await expect(role("eu")).toRefuse("rds-db:connect", resource, {}, { by: "boundary" });
  }
});

it("the role of an app has the boundary and the tag of its team", async () => {
  const registered = { team: "pets", databaseUser: "cats" };
  const stack = storefront({ database: true }, { registered });
  const known = { apps: [{ name: "storefront", hostnames: [], ...registered }] };
  const { account, region } = dev;
  const user = `arn:aws:rds-db:${region}:${account}:dbuser:sample-databaseResourceId/cats`;
  await expect(roleIn(stack, "dev-a-app-storefront", known)).toAllow("rds-db:connect", user);
});
