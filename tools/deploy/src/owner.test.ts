import { createServer } from "node:http";
import { dev } from "@demarc/shared/testing";
import { actsFor, identityOfOwner } from "./owner";
import { listening } from "./testing/listening";

const sessionIn = (role: string) =>
  `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
  <AccessKeyId>ASIA${/\w+$/.exec(role)?.[0] ?? ""}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
  <Expiration>2030-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>`;

const refusal = (code: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;

const callerIs = (who: string) => {
  const service = who.startsWith("assumed-role") ? "sts" : "iam";
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:${service}::123456789012:${who}</Arn><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;
};

const PLANNER = "arn:aws:iam::123456789012:role/demarc/dev/access/dev-petstore-plan";
const PETS = "arn:aws:iam::123456789012:role/team/pets";

/**
 * Who plans the petstore where STS gives these roles: by the caller's access key, those that it gets. It answers all else with a code.
 * @param variables of the caller @param as who it is, the end of its ARN
 */
async function planner(
  given: Readonly<Record<string, readonly string[]>>,
  { code = "AccessDenied", variables = {}, as = "user/ada" },
) {
  const asked: Record<string, string>[] = [];
  const server = createServer((request, response) => {
    let question = "";
    request.on("data", (part: Buffer) => (question += part.toString()));
    request.on("end", () => {
      const { Action, ...rest } = Object.fromEntries(new URLSearchParams(question));
      const [, key = ""] = /Credential=(\w+)\//.exec(request.headers.authorization ?? "") ?? [];
      const { RoleArn = "", RoleSessionName: session = "" } = rest;
      if (Action === "AssumeRole") asked.push({ RoleArn, key, session });
      const isGiven = given[key]?.includes(RoleArn) === true;
      const [status, answer] =
        Action === "GetCallerIdentity"
          ? [200, callerIs(as)]
          : isGiven
            ? [200, sessionIn(RoleArn)]
            : [403, refusal(code)];
      response.writeHead(status, { "content-type": "text/xml" }).end(answer);
    });
  });
  const connection = {
    endpoint: await listening(server),
    credentials: { accessKeyId: "caller", secretAccessKey: "secret" },
  };
  const owner = { project: "petstore", team: "pets" };
  const identity = identityOfOwner(dev, owner, "plan", variables, connection);
  return { identity: await identity.finally(() => server.close()), asked };
}

it("takes the workspace's own role as a session of its team, and nothing of the caller's that would win over it", async () => {
  const caller = {
    PATH: "/bin",
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "caller",
    AWS_PROFILE: "ada",
    AWS_DEFAULT_PROFILE: "ada",
  };
  const { identity, asked } = await planner({ caller: [PLANNER] }, { variables: caller, as: "assumed-role/pets/ada" });
  expect(asked).toEqual([{ RoleArn: PLANNER, key: "caller", session: "pets.ada" }]);
  expect(identity.variables).toEqual({
    PATH: "/bin",
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "ASIAplan",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_SESSION_TOKEN: "token",
  });
});

it.each([
  ["a user", "user/ada", "ada"],
  ["another team's session", "assumed-role/shop/ada", "shop.ada"],
  ["the account itself", "root", "demarc-deploy"],
])("takes it by way of the team's role as %s, whom it does not trust", async (_, as, session) => {
  const { identity, asked } = await planner({ caller: [PETS], ASIApets: [PLANNER] }, { as });
  expect(asked).toEqual([
    { RoleArn: PETS, key: "caller", session },
    { RoleArn: PLANNER, key: "ASIApets", session },
  ]);
  expect(identity.variables["AWS_ACCESS_KEY_ID"]).toBe("ASIAplan");
});

it.each([
  [
    "AccessDenied",
    `${PLANNER} cannot be taken by arn:aws:iam::123456789012:user/ada, as a session of team pets or by way of ${PETS}, which`,
  ],
  ["AccessDenied", "infra's administrators make it: npm run bootstrap -- dev. Else take credentials of team pets."],
  ["ExpiredToken", "The AWS credentials that this shell has are expired"],
])("says why it cannot be taken, by whom, and the way out: %s", async (code, sentence) => {
  await expect(planner({}, { code })).rejects.toMatchObject({
    name: "Refusal",
    message: expect.stringContaining(sentence),
  });
});

it("is asked for by 1 alone: else the caller deploys with its own credentials", () => {
  expect(actsFor({}, "deploy")).toBeUndefined();
  expect(actsFor({ DEMARC_AS_TEAMS: "" }, "deploy")).toBeUndefined();
  expect(actsFor({ DEMARC_AS_TEAMS: "1" }, "deploy")).toBeInstanceOf(Function);
  expect(() => actsFor({ DEMARC_AS_TEAMS: "true" }, "deploy")).toThrow('DEMARC_AS_TEAMS is "true": set it to 1');
});
