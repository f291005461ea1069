import { deny, allow, policyDocument, type Statement, trustService, type TrustStatement } from "../../iam";
import { SynthesizedStack } from "../synthesized";
import { storefront } from "../web-application";
import { roleIn, type RoleOptions } from "./role";

const account = "111122223333";
const queue = `arn:aws:sqs:eu-west-1:${account}:sample-orders`;
const boundary = `arn:aws:iam::${account}:policy/demarc/demarc-eu-west-1-infra`;
const group = `arn:aws:logs:eu-west-1:${account}:log-group:here`;
const logs = `${group}:log-stream:of-one`;

interface Parts {
  readonly statements?: readonly Statement[];
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly trust?: TrustStatement;
}

/** A stack with one role, `nodes`, of infra. */
function stackWith({ statements = [], attached = [], more = {}, ...parts }: Parts): SynthesizedStack {
  return new SynthesizedStack("fixture", {
    provider: {
      aws: [{ region: "eu-west-1", allowed_account_ids: [account], default_tags: [{ tags: { team: "infra" } }] }],
    },
    resource: {
      aws_iam_role: {
        r: {
          name: "nodes",
          path: "/x/",
          permissions_boundary: parts.boundary ?? boundary,
          ...(parts.trust === undefined ? {} : { assume_role_policy: policyDocument([parts.trust]) }),
        },
      },
      aws_iam_role_policy: {
        p: { name: "own", role: "${aws_iam_role.r.name}", policy: policyDocument(statements) },
        of: { name: "of", role: "${aws_iam_role.another.name}", policy: policyDocument([allow("logs:*").on("*")]) },
      },
      aws_iam_role_policy_attachment: Object.fromEntries(
        attached.map((policy_arn, at) => [`a${at}`, { role: "${aws_iam_role.r.name}", policy_arn }]),
      ),
      ...more,
    },
  });
}

const nodes = (parts: Parts, options?: RoleOptions) => roleIn(stackWith(parts), "nodes", options);
const failure = (assertion: Promise<unknown>): Promise<string> => assertion.then(() => "none", String);
describe("a judged role", () => {
  it("may do what its policy and its boundary both allow", async () => {
    const role = nodes({ statements: [allow("logs:PutLogEvents", "sqs:SendMessage").on("*")] });
    await expect(role).toAllow("logs:PutLogEvents", logs);
    await expect(role).toRefuse("sqs:SendMessage", queue, {}, { by: "boundary" });
    await expect(role).toRefuse("logs:CreateLogStream", logs, {}, { by: "identity policy" });
  });

  it("has AWS's own policies that are attached to it, with their text", async () => {
    const attached = ["arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"];
    await expect(nodes({ attached })).toAllow("ecr:GetAuthorizationToken", "*");
    expect(() => nodes({ attached: ["arn:aws:iam::aws:policy/AdministratorAccess"] })).toThrow(
      "the text of arn:aws:iam::aws:policy/AdministratorAccess is not known",
    );
  });

  it("has its tags, those that the provider sets included", async () => {
    const own = { StringEquals: { "aws:PrincipalTag/team": "infra" } };
    await expect(nodes({ statements: [allow("logs:PutLogEvents").on("*").when(own)] })).toAllow(
      "logs:PutLogEvents",
      logs,
    );
    const another = { StringEquals: { "aws:PrincipalTag/team": "pets" } };
    const role = nodes({ statements: [allow("logs:PutLogEvents").on("*").when(another)] });
    await expect(role).toRefuse("logs:PutLogEvents", logs);
  });

  it("meets the policy of what it acts on, and what AWS knows of that", async () => {
    const more = (...statements: readonly Statement[]) => ({
      aws_kms_key: {
        k: {
          policy: policyDocument(
            statements.map((each) => ({ ...each, Principal: { AWS: `arn:aws:iam::${account}:root` } })),
          ),
          tags: { use: "volumes" },
        },
      },
      aws_kms_alias: { a: { name: "alias/volumes", target_key_id: "${aws_kms_key.k.key_id}" } },
    });
    const key = "${aws_kms_key.k.arn}";
    const tagged = {
      StringEquals: { "aws:ResourceTag/use": "volumes", "aws:ResourceTag/team": "infra" },
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/volumes" },
    };
    const statements = [allow("kms:Decrypt").on(key).when(tagged)];
    await expect(nodes({ statements, more: more(allow("kms:*").on("*")) })).toAllow("kms:Decrypt", key);
    const closed = more(allow("kms:*").on("*"), deny("kms:Decrypt").on("*"));
    await expect(nodes({ statements, more: closed })).toRefuse("kms:Decrypt", key, {}, { by: "resource policy" });
  });

  it("is not another one, nor one of a boundary that nobody makes", () => {
    expect(() => roleIn(stackWith({}), "masters")).toThrow("fixture has no role masters; it has nodes");
    expect(() => nodes({ boundary: "arn:aws:iam::aws:policy/AdministratorAccess" })).toThrow(
      "arn:aws:iam::aws:policy/AdministratorAccess is no permissions boundary of the account stack",
    );
  });
});

describe("a role's trust", () => {
  const service = "ec2.amazonaws.com";
  const trust = trustService(service, { StringEquals: { "aws:SourceAccount": "${aws_x.y.owner}" } });
  const owner = { "aws:SourceAccount": "${aws_x.y.owner}" };

  it("is given to whoever it names, by the action and under the conditions that it names, and to nobody else", async () => {
    await expect(nodes({ trust })).toTrust({ service }, owner);
    await expect(nodes({ trust })).not.toTrust({ service });
    await expect(nodes({ trust })).not.toTrust({ service: "eks.amazonaws.com" }, owner);
    await expect(nodes({ trust })).not.toTrust({ service, action: "sts:TagSession" }, owner);
    await expect(nodes({ trust })).not.toTrust({ provider: "arn:aws:iam::111122223333:oidc-provider/x" }, owner);
  });

  it("is told by a failure: who asked whom, with what", async () => {
    const role = `arn:aws:iam::${account}:role/x/nodes`;
    expect(await failure(expect(nodes({ trust })).toTrust({ service }))).toBe(
      `Error: {"service":"ec2.amazonaws.com"} is not trusted by ${role} with {}`,
    );
    expect(await failure(expect(nodes({ trust })).not.toTrust({ service }, owner))).toContain(`is trusted by ${role}`);
  });

  it("is asked of a role that has a trust policy, whatever is expected", async () => {
    await expect(expect(nodes({})).not.toTrust({ service })).rejects.toThrow("has no trust policy");
  });
});

describe("a failure", () => {
  it("says who, what, and which statement, policy or boundary decided", async () => {
    const role = nodes({ statements: [allow("logs:*").on("*"), deny("logs:CreateLogGroup").on("*")] });
    const asked = `arn:aws:iam::${account}:role/x/nodes and`;
    expect(await failure(expect(role).toRefuse("logs:PutLogEvents", logs))).toBe(
      `Error: ${asked} logs:PutLogEvents on ${logs}: allowed by identity policy own, statement #1`,
    );
    expect(await failure(expect(role).toAllow("logs:CreateLogGroup", group))).toBe(
      `Error: ${asked} logs:CreateLogGroup on ${group}: denied by identity policy own, statement #2`,
    );
    expect(await failure(expect(role).toAllow("logs:DeleteLogGroup", group))).toBe(
      `Error: ${asked} logs:DeleteLogGroup on ${group}: refused, as no statement of its boundary /demarc/demarc-eu-west-1-infra allows it`,
    );
    expect(await failure(expect(role).toRefuse("logs:DeleteLogGroup", group, {}, { by: "identity policy" }))).toContain(
      "boundary /demarc/demarc-eu-west-1-infra allows it, and not by the identity policy",
    );
  });

  it("says which keys of the question AWS does not set", async () => {
    const assertion = expect(nodes({})).toAllow("logs:PutLogEvents", logs, { "s3:prefix": "x" });
    expect(await failure(assertion)).toContain("(AWS does not set s3:prefix for it: no condition on them holds)");
  });

  it("is a question that AWS could not be asked, whatever is expected", async () => {
    await expect(expect(nodes({})).toRefuse("logs:NoSuchAction", logs)).rejects.toThrow("does not exist");
    await expect(expect(nodes({})).toRefuse("logs:PutLogEvents", queue)).rejects.toThrow("is no resource of");
  });
});

describe("a reference of Terraform", () => {
  const data = (output: string) => `\${data.terraform_remote_state.infra-data-v1.outputs.data_v1.${output}}`;
  const role = (options?: RoleOptions) =>
    roleIn(storefront({ queue: "send", database: true }), "dev-a-app-storefront", options);

  it("is what the producer publishes, where its stack is given, and else a sample", () => {
    const producer = stackWith({ more: { aws_sqs_queue: { q: { name: "orders" } } } });
    const publishing = new SynthesizedStack("p", {
      ...producer.json,
      output: { data_v1: { value: { queueArn: "${aws_sqs_queue.q.arn}" } } },
    });
    const place = "arn:aws:sqs:ap-northeast-1:123456789012";
    expect(role({ producers: [publishing] }).resolved(data("queueArn"))).toBe(`${place}:orders`);
    expect(role().resolved(data("queueArn"))).toBe(`${place}:sample-queue`);
    expect(role({ samples: { queueArn: queue } }).resolved(data("queueArn"))).toBe(queue);
  });

  it("inside an ARN is a word, the same each time", () => {
    expect(role().resolved(`dbuser:${data("databaseResourceId")}/x`)).toBe("dbuser:sample-databaseResourceId/x");
  });

  it("of an unknown kind of ARN is asked for", () => {
    expect(() => role().resolved(data("topicArn"))).toThrow('Give one as samples: { topicArn: "arn:…" }');
    expect(() => role().resolved("${aws_lb.l.arn}")).toThrow('Give one as samples: { "l.arn": "arn:…" }');
  });

  it("is told from a variable of IAM", () => {
    expect(role().resolved("$${aws:PrincipalTag/team}-x")).toBe("${aws:PrincipalTag/team}-x");
  });
});
