import { createServer } from "node:http";
import { dev } from "@demarc/shared/testing";
import { actsFor, identityOfTeam } from "./owner";
import { listening } from "./testing/listening";

const SESSION = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
  <AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
  <Expiration>2030-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>`;

const refusal = (code: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;

const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::999999999999:user/ada</Arn><Account>999999999999</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** Who acts as pets where STS answers AssumeRole like that, to a caller with these variables. */
async function pets(status: number, body: string, variables: NodeJS.ProcessEnv = {}) {
  let asked = "";
  const server = createServer((request, response) => {
    let question = "";
    request.on("data", (part: Buffer) => (question += part.toString()));
    request.on("end", () => {
      const isOfCaller = question.includes("Action=GetCallerIdentity");
      if (!isOfCaller) asked = question;
      const [code, answer] = isOfCaller ? [200, CALLER] : [status, body];
      response.writeHead(code, { "content-type": "text/xml" }).end(answer);
    });
  });
  const connection = {
    endpoint: await listening(server),
    credentials: { accessKeyId: "caller", secretAccessKey: "secret" },
  };
  const identity = await identityOfTeam(dev, "pets", variables, connection).finally(() => server.close());
  return { identity, asked: Object.fromEntries(new URLSearchParams(asked)) };
}

it("takes the role of a team, and nothing of the caller's that would win over it", async () => {
  const caller = {
    PATH: "/bin",
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "caller",
    AWS_PROFILE: "ada",
    AWS_DEFAULT_PROFILE: "ada",
  };
  const { identity, asked } = await pets(200, SESSION, caller);
  expect(asked).toMatchObject({ Action: "AssumeRole", RoleArn: "arn:aws:iam::123456789012:role/team/pets" });
  expect(identity.variables).toEqual({
    PATH: "/bin",
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "ASIA1",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_SESSION_TOKEN: "token",
  });
});

it.each([
  [
    "AccessDenied",
    "arn:aws:iam::123456789012:role/team/pets cannot be taken by arn:aws:iam::999999999999:user/ada, which DEMARC_AS_TEAMS asks for",
  ],
  ["ExpiredToken", "The AWS credentials that this shell has are expired"],
])("says why it cannot be taken, by whom, and the way out: %s", async (code, sentence) => {
  await expect(pets(403, refusal(code))).rejects.toMatchObject({
    name: "Refusal",
    message: expect.stringContaining(sentence),
  });
});

it("is asked for by 1 alone: else the caller deploys with its own credentials", () => {
  expect(actsFor({})).toBeUndefined();
  expect(actsFor({ DEMARC_AS_TEAMS: "" })).toBeUndefined();
  expect(actsFor({ DEMARC_AS_TEAMS: "1" })).toBeInstanceOf(Function);
  expect(() => actsFor({ DEMARC_AS_TEAMS: "true" })).toThrow('DEMARC_AS_TEAMS is "true": set it to 1');
});
