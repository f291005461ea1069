import { actionFacts, conditionKeysOf, fits, type ResourceType } from "@demarc/judge";
import { boundaryStatements, covers, type Statement } from "../../iam";
import { TABLES } from "../rights";
import { access, accessFor, accessTo, accountAccess, isRead, WORDS } from ".";
import recorded from "./recorded.json";
import { unverified } from "./unverified";

/** Both, with what both say of a type beside each other. */
const table = Object.fromEntries(
  [...new Set([...Object.keys(access), ...Object.keys(accountAccess)])].map((type) => [
    type,
    [...(access[type] ?? []), ...(accountAccess[type] ?? [])],
  ]),
);
const appsOnly = Object.entries(accessFor("apps")).filter(([type, needed]) => access[type] !== needed);
const statements = [...Object.entries(table), ...appsOnly].flatMap(([type, needed]) =>
  needed.map((statement) => ({ type, statement })),
);
type Kind = Parameters<typeof accessFor>[0];
const actionsOf = (needed: readonly Statement[]) => [...new Set(needed.flatMap(({ Action }) => Action))];
const every = actionsOf(statements.map(({ statement }) => statement));

/** An ARN that a statement's pattern stands for. */
const one = (pattern: string) => pattern.replace(/<role path>/, "/demarc/dev/x/").replace(/<[a-z ]+>|\*/g, "x");

/** The reference names some kinds of resource by two patterns. */
const isOf = ({ arn }: ResourceType, resource: string) => arn.split(", ").some((each) => fits(each, one(resource)));

/** Each of these acts on one of the kinds that the reference says are required. */
const ON_ONE = [
  "elasticloadbalancing:DeleteListener",
  "elasticloadbalancing:ModifyListener",
  "elasticloadbalancing:ModifyListenerAttributes",
  "route53:ChangeTagsForResource",
  "route53:ListTagsForResource",
];

/** What of a statement AWS's reference does not know so. */
async function oddities({ Action, Resource }: Statement): Promise<string[]> {
  const known = await Promise.all(Action.map(async (action) => ({ action, facts: await actionFacts(action) })));
  const everyType = known.flatMap(({ facts }) => facts?.resourceTypes ?? []);
  return [
    ...known.flatMap(({ action, facts }) => {
      if (facts?.name !== action) return [`AWS has no ${action}`];
      if (Resource.includes("*")) {
        return facts.resourceTypes.some(({ required }) => required) ? [`${action} acts on more than *`] : [];
      }
      const missing = facts.resourceTypes.filter(
        (type) => type.required && !ON_ONE.includes(action) && !Resource.some((resource) => isOf(type, resource)),
      );
      const none = !facts.resourceTypes.some((type) => Resource.some((resource) => isOf(type, resource)));
      return [
        ...missing.map(({ name }) => `${action} acts on a ${name} too`),
        ...(none ? [`${action} acts on nothing of ${Resource.join(", ")}`] : []),
      ];
    }),
    ...Resource.filter((resource) => resource !== "*" && !everyType.some((type) => isOf(type, resource))).map(
      (resource) => `no action acts on ${resource}`,
    ),
  ];
}

it.each(statements)("AWS's reference knows what $type needs, in statement %#", async ({ statement }) => {
  expect(await oddities(statement)).toEqual([]);
});

/** Global keys that AWS sets for every request. */
const ALWAYS_SET = ["aws:RequestedRegion"];

it("a condition is on what AWS sets for the action: on anything else it would never hold", async () => {
  const asked = statements.flatMap(({ statement: { Action, Condition = {} } }) =>
    Action.flatMap((action) =>
      Object.values(Condition).flatMap((keys) => Object.keys(keys).map((key) => ({ action, key }))),
    ),
  );
  const unset = await Promise.all(
    asked.map(async ({ action, key }) => {
      const known = (await conditionKeysOf(action)).map((each) => each.replace("${TagKey}", "team"));
      return [...known, ...ALWAYS_SET].includes(key) ? [] : [`${action}: ${key}`];
    }),
  );
  expect(unset.flat()).toEqual([]);
});

it("whoever deploys widens no role, and no boundary", async () => {
  const widening = await Promise.all(
    Object.values(access)
      .flat()
      .map(async ({ Action, Condition = {} }) => {
        if (Condition["StringEquals"]?.["iam:PermissionsBoundary"] === "<boundary>") return [];
        const facts = await Promise.all(Action.map(actionFacts));
        return facts.flatMap((it) =>
          it?.name.startsWith("iam:") === true && it.accessLevels.includes("Permissions management") ? [it.name] : [],
        );
      }),
  );
  // It says who takes a role; what the role may do then is inside its boundary all the same.
  expect([...new Set(widening.flat())]).toEqual(["iam:UpdateAssumeRolePolicy"]);
});

it("an action reads where AWS's reference says so", async () => {
  const writing = await Promise.all(every.map(async (action) => ((await actionFacts(action))?.writes ? [action] : [])));
  expect(every.filter((action) => !isRead(action))).toEqual(writing.flat());
});

it("every word in angle brackets is one that is explained", () => {
  const words = [...JSON.stringify(table).matchAll(/<[^>]*>/g)].map(([word]) => word);
  expect(Object.keys(WORDS)).toEqual(expect.arrayContaining([...new Set(words)]));
});

it.each(Object.entries(recorded))("%s has all that Terraform's provider was seen to call for it", (type, calls) => {
  expect(actionsOf(accessTo(type) ?? [])).toEqual(expect.arrayContaining(calls));
});

it("what nobody has seen called is listed", () => {
  const seen: Readonly<Record<string, readonly string[] | undefined>> = recorded;
  const unseen = Object.entries(table).flatMap(([type, needed]) =>
    actionsOf(needed)
      .filter((action) => seen[type]?.includes(action) !== true)
      .map((action) => `${type} ${action}`),
  );
  const listed = Object.entries(unverified).flatMap(([type, actions]) => actions.map((action) => `${type} ${action}`));
  expect(listed.toSorted()).toEqual(unseen.toSorted());
});

/** Access of the types that a right of such a workspace stands for. */
const accessOf = (kind: Kind, pattern: string) =>
  Object.entries(accessFor(kind)).flatMap(([type, needed]) => (covers(pattern, type) ? needed : []));

const typesOf = (kind: Kind) => [
  ...TABLES.create[kind].map(({ type }) => type),
  ...TABLES["look up"][kind].map(({ type }) => `data.${type}`),
];

/** What roles of infra write themselves: the control plane, the VPC CNI, EBS' driver, add-ons that log, and EKS Auto Mode. */
const ALSO_THEIRS = {
  infra: [
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateLaunchTemplate",
    "ec2:CreateRoute",
    "ec2:CreateSecurityGroup",
    "ec2:CreateTags",
    "ec2:DeleteRoute",
    "ec2:DeleteSecurityGroup",
    "ec2:DeleteTags",
    "ec2:ModifyInstanceAttribute",
    "ec2:RevokeSecurityGroupIngress",
    "ec2:RunInstances",
    "elasticloadbalancing:*",
    "iam:AddRoleToInstanceProfile",
    "iam:PassRole",
    "logs:CreateLogGroup",
    "logs:PutRetentionPolicy",
    "wafv2:AssociateWebACL",
    "wafv2:DisassociateWebACL",
  ],
  "k8s-platform": [],
  apps: [],
};

it("whoever deploys an app puts infra's web ACL before APIs alone: no load balancer loses its own", () => {
  const [needed, ...others] = accessOf("apps", "aws_wafv2_web_acl_association");
  const named = [needed, ...others].flatMap((statement) => statement?.Resource ?? []);
  expect(named.filter((resource) => !/:apigateway:|:regional\/webacl\//.test(resource))).toEqual([]);
  expect(actionsOf(accessOf("infra", "aws_wafv2_web_acl_association"))).toContain("elasticloadbalancing:SetWebAcl");
});

/** A role that deploys has a boundary of its own: these are of what a deploy makes, and none of them lets a role make roles. */
it.each(["infra", "k8s-platform", "apps"] as const)(
  "the boundary of %s's roles holds nothing of what its deploy writes but what those roles need themselves",
  (kind) => {
    const bounded = kind === "apps" ? { kind, team: "pets" } : { kind };
    const allowed = boundaryStatements({ account: "123456789012", region: "eu-west-1" }, bounded, [])
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => Action);
    const written = actionsOf(typesOf(kind).flatMap((type) => accessOf(kind, type))).filter(
      (action) => !isRead(action),
    );
    const theirs = written.flatMap((action) => allowed.find((pattern) => covers(pattern, action)) ?? []);
    expect([...new Set(theirs)].toSorted()).toEqual(ALSO_THEIRS[kind]);
  },
);

it.each(["infra", "k8s-platform", "apps"] as const)("each type that %s has a right to says what it needs", (kind) => {
  const unknown = typesOf(kind).filter((type) => !type.endsWith("*") && accessTo(type) === undefined);
  expect(unknown).toEqual([]);
});
