import { judgedCalls } from "./calls";
import { iamAction } from "./iam-action";

it.each([
  ["elbv2", "RegisterTargets", "elasticloadbalancing:RegisterTargets"],
  ["route53", "ListHostedZones", "route53:ListHostedZones"],
  ["s3", "HeadObject", "s3:GetObject"],
])("%s's %s is %s", (service, operation, action) => {
  expect(iamAction(service, operation)).toBe(action);
});

const allowing = (...Action: string[]) => ({
  name: "own",
  policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] },
});
const caller = {
  role: "arn:aws:iam::111122223333:role/test/dns",
  exists: true,
  policies: [allowing("route53:List*", "sqs:*")],
  boundary: allowing("route53:*"),
};

it.each([
  ["route53", "ListHostedZones", caller, "spoken of"],
  ["route53", "ChangeResourceRecordSets", caller, "refused in AWS"],
  ["sqs", "SendMessage", caller, "refused in AWS"],
  ["sqs", "SendMessage", { ...caller, boundary: null }, "spoken of"],
  ["sts", "GetCallerIdentity", caller, "spoken of"],
  ["sqs", "NoSuchThing", caller, "not judged"],
  ["route53", "ListHostedZones", { ...caller, exists: false, policies: [], boundary: null }, "not judged"],
])("%s's %s is judged by the role's policies and boundary", async (service, operation, who, judged) => {
  const [call] = await judgedCalls({ ...who, calls: [{ service, operation, count: 2 }] });
  expect(call).toMatchObject({ role: who.role, count: 2, judged });
});
