import { actionFacts, resourceTypesFor } from "@demarc/judge";
import fc from "fast-check";
import type { Environment } from "../../environment";
import { allow, covers, LONGEST_POLICY, policyDocument, policyLength, type Statement } from "../../iam";
import { dev, devReachedBy, everyExposure, roleIn, SynthesizedStack } from "../../testing";
import type { Workspace } from "../../workspace";
import { isRead } from "../access";
import recorded from "../access/recorded.json";
import { rightTo } from "../rights";
import { deliveredWorkspaces, deliveryPolicies, deliveryStatements } from ".";
import { merged } from "./merged";
import { split } from "./split";

const apps = [{ name: "cats", team: "pets", hostnames: [] }];
const workspaces = deliveredWorkspaces(apps).map((workspace) => ({ name: workspace.name, workspace }));

/** The role that deploys, as the stack `access` makes it, without its trust. */
function deployer(environment: Environment, workspace: Workspace) {
  const policies = deliveryPolicies(environment, workspace, "deploy").map(policyDocument);
  const numbered = <To>(to: (text: string, at: number) => To) =>
    Object.fromEntries(policies.map((text, at) => [`p${String(at)}`, to(text, at)]));
  const stack = new SynthesizedStack("access", {
    provider: { aws: [{ region: environment.region, allowed_account_ids: [environment.account] }] },
    resource: {
      aws_iam_role: {
        r: {
          name: "r",
          permissions_boundary: "arn:aws:iam::123456789012:policy/demarc/demarc-ap-northeast-1-delivery",
        },
      },
      aws_iam_policy: numbered((policy, at) => ({ name: `p${String(at)}`, policy })),
      aws_iam_role_policy_attachment: numbered((_, at) => ({
        role: "${aws_iam_role.r.name}",
        policy_arn: `\${aws_iam_policy.p${String(at)}.arn}`,
      })),
    },
  });
  return roleIn(stack, "r");
}

/** What a statement is asked of, and under which it holds. */
function asked({ Resource, Condition = {} }: Statement) {
  const equal = { ...Condition["StringEquals"], ...Condition["Bool"], ...Condition["ForAnyValue:StringEquals"] };
  const context = Object.fromEntries(
    Object.entries(equal).map(([key, values]) => [key, typeof values === "string" ? values : String(values[0])]),
  );
  const resources = Resource.map((pattern) => (pattern === "*" ? pattern : pattern.replaceAll("*", "x")));
  return { resources, context };
}

describe.each(workspaces)("whoever deploys $name", ({ workspace }) => {
  const has = (type: string, environment: Environment) =>
    type.startsWith("data.")
      ? rightTo("look up", workspace.kind, type.slice("data.".length), environment) !== undefined
      : rightTo("create", workspace.kind, type, environment) !== undefined;

  // Only what apps may have hangs on how they are reached.
  it.each(workspace.kind === "apps" ? everyExposure : everyExposure.slice(0, 1))(
    "may call what Terraform was seen to call for its own types, boundary included, where apps are reached by %s",
    async (_, exposures) => {
      const environment = devReachedBy(...exposures);
      const own = Object.entries(recorded).filter(([type]) => has(type, environment));
      // Only the account stack has these, which no role deploys.
      const calls = own.filter(([type]) => type !== "aws_iam_policy" && type !== "aws_api_gateway_account");
      const statements = deliveryStatements(environment, workspace, "deploy");
      const role = deployer(environment, workspace);
      for (const action of new Set(calls.flatMap(([, actions]) => actions))) {
        const allowing = statements.filter(({ Effect, Action }) => Effect === "Allow" && Action.includes(action));
        expect({ action, allowing }).not.toEqual({ action, allowing: [] });
        for (const statement of allowing) {
          const { resources, context } = asked(statement);
          // A statement of several actions may name kinds of resource that one of them knows nothing of.
          const known = await Promise.all(resources.map((resource) => resourceTypesFor(action, resource)));
          const fitting = resources.filter((resource, at) => resource === "*" || known[at]?.length === 1);
          for (const resource of fitting) await expect(role).toAllow(action, resource, context);
        }
      }
    },
  );

  it("writes nothing of IAM but below its own path, and what a role may do only within its own boundary", async () => {
    const own = `arn:aws:iam::123456789012:*/demarc/dev/${workspace.name}/*`;
    for (const [, exposures] of everyExposure) {
      for (const { Action, Resource, Condition = {} } of deliveryStatements(
        devReachedBy(...exposures),
        workspace,
        "deploy",
      )) {
        const writing = Action.filter((action) => action.startsWith("iam:") && !isRead(action));
        if (writing.length === 0) continue;
        const outside = Resource.filter((resource) => !covers(own, resource));
        expect(
          outside.every((resource) => /:role\/aws-service-role\/|:oidc-provider\/oidc\.eks\./.test(resource)),
        ).toBe(true);
        const facts = await Promise.all(writing.map(actionFacts));
        const widens = facts.filter((fact) => fact?.accessLevels.includes("Permissions management") === true);
        const bounded = Condition["StringEquals"]?.["iam:PermissionsBoundary"] !== undefined;
        expect(
          widens.map((fact) => fact?.name).filter((name) => name !== "iam:UpdateAssumeRolePolicy" && !bounded),
        ).toEqual([]);
      }
    }
  });

  it("has no word in angle brackets left, and no wildcard for an action", () => {
    const text = JSON.stringify(deliveryStatements(dev, workspace, "deploy"));
    expect(text).not.toMatch(/[<>]/);
    const actions = deliveryStatements(dev, workspace, "deploy").flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  it("plans with reads alone, and the writes that save a plan", () => {
    const writes = deliveryStatements(dev, workspace, "plan").flatMap(({ Action, Resource }) =>
      Action.filter((action) => !isRead(action)).map((action) => ({ action, Resource })),
    );
    const bucket = "arn:aws:s3:::demarc-state-123456789012-ap-northeast-1";
    expect(writes).toEqual([
      {
        action: "s3:PutObject",
        Resource: [`${bucket}/plans/dev/${workspace.name}/*`, `${bucket}/plans/dev/_manifests/*.json`],
      },
      { action: "kms:Decrypt", Resource: ["arn:aws:kms:ap-northeast-1:123456789012:key/*"] },
      { action: "kms:GenerateDataKey", Resource: ["arn:aws:kms:ap-northeast-1:123456789012:key/*"] },
    ]);
  });
});

it("has nothing of a bucket where states lie in files", () => {
  const local: Environment = { ...dev, state: { kind: "local", directory: ".state" } };
  for (const { workspace } of workspaces)
    expect(JSON.stringify(deliveryStatements(local, workspace, "deploy"))).not.toContain("demarc-state");
});

/** Each action on each resource under each condition. */
const rightsOf = (statements: readonly Statement[]) =>
  new Set(
    statements.flatMap(({ Effect, Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        Resource.map((resource) => JSON.stringify([Effect, action, resource, Condition ?? null])),
      ),
    ),
  );

const few = (prefix: string) =>
  fc.array(
    fc.integer({ min: 0, max: 5 }).map((at) => `${prefix}${String(at)}`),
    { minLength: 1 },
  );
const anyStatement = fc
  .tuple(few("s3:Get"), few("arn:aws:s3:::"), fc.option(fc.constantFrom("a", "b"), { nil: undefined }))
  .map(([actions, resources, team]): Statement => {
    const plain = allow(...actions).on(...resources);
    return team === undefined ? plain : plain.when({ StringEquals: { team } });
  });

it("merges statements to fewer that say the same", () => {
  fc.assert(
    fc.property(fc.array(anyStatement), (statements) => {
      const less = merged(statements);
      expect(rightsOf(less)).toEqual(rightsOf(statements));
      expect(less.length).toBeLessThanOrEqual(statements.length);
    }),
  );
});

it("splits statements into policies that AWS takes, and loses none", () => {
  const long = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.boolean()).map(([count, ofActions]): Statement => {
    const many = Array.from({ length: count }, (_, at) => `arn:aws:s3:::${String(at).padStart(40, "x")}`);
    return ofActions ? allow(...many).on("*") : allow("s3:GetObject").on(...many);
  });
  fc.assert(
    fc.property(fc.array(long, { maxLength: 5 }), (statements) => {
      const policies = split(statements);
      expect(rightsOf(policies.flat())).toEqual(rightsOf(statements));
      for (const policy of policies) expect(policyLength(policy)).toBeLessThanOrEqual(LONGEST_POLICY);
    }),
    { numRuns: 20 },
  );
});
