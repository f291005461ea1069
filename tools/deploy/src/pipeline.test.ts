import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { dev } from "@demarc/shared/testing";
import { settingOfEnvironment } from "./callers-setting";
import { actsFor, settingOfOwner } from "./owner";
import { Pipeline } from "./pipeline";
import { States } from "./states";
import { listening } from "./testing/listening";
import { settingOf } from "./testing/setting";

const TOKEN = "header.claims.signature";
const pipelines = {
  kind: "github-actions" as const,
  repositoryId: "123",
  ownerId: "45",
  subjects: "ids" as const,
  stage: 1,
};
const environment = { ...dev, pipelines };

const SESSION = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
  <Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session</SessionToken>
  <Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>
</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
const REFUSED = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>AccessDenied</Code>
  <Message>Not authorized to perform sts:AssumeRoleWithWebIdentity with ${TOKEN}</Message></Error></ErrorResponse>`;

/** GitHub's endpoint of tokens and AWS's STS. */
class Issuer {
  /** What the token's endpoint was asked with, and STS. */
  readonly asked: { url: string; authorization: string | undefined }[] = [];
  readonly assumed: Record<string, string>[] = [];
  #server: Server | undefined;
  #url = "";

  async open(tokenStatus = [200], stsStatus = 200): Promise<this> {
    const statuses = [...tokenStatus];
    const answer = async (request: IncomingMessage) => {
      const body = await text(request);
      if (request.method === "GET") {
        this.asked.push({ url: request.url ?? "", authorization: request.headers.authorization });
        const status = statuses.length > 1 ? (statuses.shift() ?? 200) : (statuses[0] ?? 200);
        return [status, JSON.stringify({ value: TOKEN })] as const;
      }
      this.assumed.push(Object.fromEntries(new URLSearchParams(body)));
      return [stsStatus, stsStatus === 200 ? SESSION : REFUSED] as const;
    };
    this.#server = createServer((request, response) => {
      void answer(request).then(([status, body]) => response.writeHead(status).end(body));
    });
    this.#url = await listening(this.#server);
    return this;
  }

  get variables(): NodeJS.ProcessEnv {
    return {
      PATH: "/bin",
      AWS_PROFILE: "ada",
      ACTIONS_ID_TOKEN_REQUEST_URL: `${this.#url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
      ACTIONS_RUNTIME_TOKEN: "runtime-token",
      GITHUB_TOKEN: "github-token",
    };
  }

  pipeline(step: "plan" | "deploy"): Pipeline {
    const pipeline = Pipeline.in(this.variables, step, { endpoint: this.#url });
    if (pipeline === undefined) throw new Error("no pipeline");
    return pipeline;
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}

let issuer: Issuer;
afterEach(() => {
  issuer.close();
  vi.useRealTimers();
});

it("takes a workspace's role with a token made for AWS, and hands on neither that nor what GitHub gave the job", async () => {
  issuer = await new Issuer().open();
  const identity = await issuer.pipeline("plan").as(environment, "petstore");
  expect(issuer.asked).toEqual([
    { url: "/token?api-version=2.0&audience=sts.amazonaws.com", authorization: "bearer request-token" },
  ]);
  expect(issuer.assumed).toEqual([
    expect.objectContaining({
      Action: "AssumeRoleWithWebIdentity",
      RoleArn: "arn:aws:iam::123456789012:role/demarc/dev/access/dev-petstore-plan",
      WebIdentityToken: TOKEN,
    }),
  ]);
  expect(identity?.variables).toEqual({
    PATH: "/bin",
    AWS_ACCESS_KEY_ID: "ASIA1",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_SESSION_TOKEN: "session",
  });
});

it("takes each role once for what is done together, and the one that deploys where that is the job's step", async () => {
  issuer = await new Issuer().open();
  const pipeline = issuer.pipeline("deploy");
  await Promise.all(["petstore", "infra", "petstore"].map(async (workspace) => pipeline.as(environment, workspace)));
  expect(issuer.assumed.map(({ RoleArn }) => RoleArn?.split("/").at(-1)).sort()).toEqual([
    "dev-infra-deploy",
    "dev-petstore-deploy",
  ]);
});

it("is the one that owns a workspace's stacks, and infra's role keeps what is no workspace's", async () => {
  issuer = await new Issuer().open();
  const pipeline = issuer.pipeline("plan");
  const setting = settingOf({
    states: new States(),
    environments: [environment],
    actAs: actsFor(issuer.variables, "plan", pipeline),
    withoutAdministrators: true,
  });
  const stacks = [{ id: "dev-a-petstore", team: "pets" }];
  const owner = await settingOfOwner(setting, { environment: "dev", project: "petstore", stacks });
  expect(owner.variables).toMatchObject({ AWS_ACCESS_KEY_ID: "ASIA1" });
  expect(setting.said).toEqual(["Acting for petstore, of team pets."]);
  await settingOfEnvironment(environment, setting);
  expect(issuer.assumed.map(({ RoleArn }) => RoleArn?.split("/").at(-1))).toEqual([
    "dev-petstore-plan",
    "dev-infra-plan",
  ]);
});

it("leaves an environment without pipelines to whoever calls, and is none outside of a job that may have tokens", async () => {
  issuer = await new Issuer().open();
  expect(issuer.pipeline("plan").as(dev, "petstore")).toBeUndefined();
  expect(Pipeline.in({ PATH: "/bin" }, "plan")).toBeUndefined();
  expect(Pipeline.in({ ...issuer.variables, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "" }, "plan")).toBeUndefined();
});

it("says what to look at where AWS refuses, without the token that AWS repeats", async () => {
  issuer = await new Issuer().open([200], 403);
  const refused = await Promise.resolve(issuer.pipeline("plan").as(environment, "petstore")).catch(String);
  expect(refused).toMatch(
    /^Refusal: This job cannot take \S+dev-petstore-plan \(AccessDenied: .* with …\)\. Its GitHub environment must be dev-plan,/,
  );
  expect(refused).not.toContain(TOKEN);
});

it("asks again for a token where GitHub fails, and not where GitHub refuses", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"], shouldAdvanceTime: true, advanceTimeDelta: 1000 });
  issuer = await new Issuer().open([503, 200]);
  await issuer.pipeline("plan").as(environment, "petstore");
  expect(issuer.asked).toHaveLength(2);
  issuer.close();
  issuer = await new Issuer().open([403]);
  await expect(issuer.pipeline("plan").as(environment, "petstore")).rejects.toThrow(
    "GitHub gives this job no token (status 403): the job needs the permission id-token: write.",
  );
  expect(issuer.asked).toHaveLength(1);
});
