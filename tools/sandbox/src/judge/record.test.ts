import type { TrustCall } from "./trust";
import { decideTrust } from "./trust";
import { CallRecord } from "./record";

const ACCOUNT = "111122223333";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/test/dns`;
const OTHER = `arn:aws:iam::${ACCOUNT}:role/test/other`;
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/a`;
const NOBODY = { AWS: "444455556666" };

type Asked = Pick<TrustCall, "caller" | "actions">;

/** What is kept of a request for a session of role `other`. */
async function kept(Principal: object, { caller, actions }: Asked) {
  const record = new CallRecord();
  const statement = { Effect: "Allow", Principal, Action: actions };
  const trustPolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const call = { caller, role: OTHER, trustPolicy, actions, context: {} };
  await record.addTrust(call, decideTrust(call));
  return record.taken();
}

const ASKED: readonly (readonly [name: string, trusted: object, asked: Asked])[] = [
  [
    "the holder of a token",
    { Federated: PROVIDER },
    { caller: { kind: "federated", provider: PROVIDER }, actions: ["sts:AssumeRoleWithWebIdentity"] },
  ],
  [
    "a service, as EKS Pod Identity is",
    { Service: "pods.eks.amazonaws.com" },
    { caller: { kind: "service", service: "pods.eks.amazonaws.com" }, actions: ["sts:AssumeRole", "sts:TagSession"] },
  ],
  [
    "a user",
    { AWS: `arn:aws:iam::${ACCOUNT}:user/ada` },
    {
      caller: { kind: "user", arn: `arn:aws:iam::${ACCOUNT}:user/ada`, tags: {}, policies: [], boundary: null },
      actions: ["sts:AssumeRole"],
    },
  ],
];

it.each(ASKED)("that %s was refused is kept of the role that was asked for", async (_, __, asked) => {
  const { roles, refusals } = await kept(NOBODY, asked);
  const [action = ""] = asked.actions;
  expect(refusals).toMatchObject([{ role: OTHER, action, resource: OTHER }]);
  const call = { service: "sts", operation: action.slice("sts:".length), action, outcome: "refused", count: 1 };
  expect(roles).toMatchObject([{ role: OTHER, policies: [], calls: [call] }]);
});

it.each(ASKED)("a session that %s was given is no role's call", async (_, trusted, asked) => {
  expect(await kept(trusted, asked)).toEqual({ roles: [], refusals: [] });
});

it("what a role's session asked for is kept of that role", async () => {
  const identity = { role: ROLE, session: "s", tags: {}, policies: [], boundary: null, sessionPolicy: null };
  const { roles, refusals } = await kept(NOBODY, {
    caller: { kind: "session", identity },
    actions: ["sts:AssumeRole"],
  });
  expect(refusals).toMatchObject([{ role: ROLE, resource: OTHER }]);
  expect(roles).toMatchObject([{ role: ROLE, calls: [{ operation: "AssumeRole", outcome: "refused" }] }]);
});
