import { createServer } from "node:http";
import { States } from "./states";
import { listening } from "./testing/listening";

const STATE = { kind: "s3", bucket: "states", key: "dev/infra/network.tfstate", region: "eu-west-1" } as const;
const CREDENTIALS = { accessKeyId: "a", secretAccessKey: "b" };

/** What a deploy says that looks for a state with that connection. */
async function said(connection: ConstructorParameters<typeof States>[0]): Promise<string> {
  return new States(connection).isDeployed(STATE).then(
    (exists) => String(exists),
    (error: unknown) => String(error),
  );
}

/** The same, where S3 answers with that number alone, and STS with that. */
async function saidOf(number: number, [status, body]: readonly [number, string]): Promise<string> {
  const server = createServer((request, response) => {
    if (request.method === "GET") response.writeHead(number).end();
    else response.writeHead(status, { "content-type": "text/xml" }).end(body);
  });
  try {
    return await said({ endpoint: await listening(server), credentials: CREDENTIALS });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const refused = (code: string) =>
  [403, `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`] as const;
const identity = [
  200,
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
] as const;

describe("a shell without credentials", () => {
  const { env } = process;
  beforeEach(() => {
    const kept = Object.entries(env).filter(([name]) => !name.startsWith("AWS_"));
    process.env = {
      ...Object.fromEntries(kept),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  });
  afterEach(() => {
    process.env = env;
  });

  it("is told that it has none", async () => {
    expect(await said({})).toBe(
      "Refusal: This shell has no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and repeat the command.",
    );
  });
});

it("tells credentials whose time is over from unknown ones, though S3 answers with a number alone", async () => {
  expect(await saidOf(400, refused("ExpiredToken"))).toMatch(/^Refusal: The AWS credentials .* are expired: sign in/);
  expect(await saidOf(403, refused("InvalidClientTokenId"))).toMatch(/^Refusal: AWS does not know the credentials/);
});

it("tells credentials that may not see the state", async () => {
  expect(await saidOf(403, identity)).toMatch(
    /^Refusal: The state dev\/infra\/network\.tfstate cannot be looked at in bucket states .*: take those of the stack's team\.$/,
  );
});

it("tells a host without an address from one that does not answer", async () => {
  expect(await said({ endpoint: "http://aws.invalid", credentials: CREDENTIALS })).toMatch(
    /^Refusal: states\.aws\.invalid has no address \((ENOTFOUND|EAI_AGAIN)\), so AWS is not reached: look at DNS/,
  );
  expect(await said({ endpoint: "http://127.0.0.1:1", credentials: CREDENTIALS })).toMatch(
    /^Refusal: AWS does not answer \(ECONNREFUSED: .*\): look at the network, the VPN and the proxy\.$/,
  );
});
