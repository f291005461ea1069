import { createServer } from "node:http";
import { Policies } from "./policies";
import { listening } from "./testing/listening";

const ARN = "arn:aws:iam::123456789012:policy/demarc/demarc-eu-west-1-apps-shop";

/** What is said of a policy where IAM answers like that. */
async function saidOf(status: number, body: string): Promise<{ exists: boolean; asked: string }> {
  let asked = "";
  const server = createServer((request, response) => {
    request.on("data", (part: Buffer) => (asked += part.toString()));
    request.on("end", () => response.writeHead(status, { "content-type": "text/xml" }).end(body));
  });
  const endpoint = await listening(server);
  const policies = new Policies({ endpoint, credentials: { accessKeyId: "a", secretAccessKey: "b" } });
  const exists = await policies.exists(ARN, "eu-west-1").finally(() => server.close());
  return { exists, asked };
}

const error = (code: string) => `<ErrorResponse><Error><Code>${code}</Code></Error></ErrorResponse>`;

it("asks IAM for the policy", async () => {
  const answer = "<GetPolicyResponse><GetPolicyResult><Policy></Policy></GetPolicyResult></GetPolicyResponse>";
  const { exists, asked } = await saidOf(200, answer);
  expect(exists).toBe(true);
  expect(Object.fromEntries(new URLSearchParams(asked))).toMatchObject({ Action: "GetPolicy", PolicyArn: ARN });
});

it("knows a policy that is not there by IAM's error", async () => {
  expect(await saidOf(404, error("NoSuchEntity"))).toMatchObject({ exists: false });
});

it("takes one that it may not look at to be there: Terraform says it where it is not", async () => {
  expect(await saidOf(403, error("AccessDenied"))).toMatchObject({ exists: true });
});
