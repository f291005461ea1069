import { setTimeout as sleep } from "node:timers/promises";
import { AssumeRoleWithWebIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { deliveryRole, type DeliveryStep, type Environment, roleArn } from "@demarc/shared/environment";
import { z } from "zod";
import { Refusal } from "./refusal";
import type { Identity } from "./setting";
import { credentialsIn, identityOfSession } from "./team-session";

/** Where a job of GitHub Actions that has `id-token: write` asks for a token, and with what. */
const TOKEN_URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
const REQUEST_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

/** What a job knows of GitHub. Nothing that a stack needs: Terraform and its providers do not get it. */
const OF_GITHUB = /^(ACTIONS_|GITHUB_TOKEN$|GH_TOKEN$)/;

/** For whom a token is made: AWS takes no other one. */
const AUDIENCE = "sts.amazonaws.com";

/** Name of the sessions, which CloudTrail shows. */
const SESSION_NAME = "demarc-pipeline";

/** How long a session is used again, in milliseconds: AWS ends it after an hour, and what is begun with it is to end well before. */
const USED_AGAIN = 10 * 60_000;

/** How often a token is asked for, and how long is waited in between, in milliseconds. */
const TRIES = 3;
const BETWEEN = 1000;

interface TakenRole {
  readonly at: number;
  readonly identity: Promise<Identity>;
}

/**
 * A job of GitHub Actions, which has no credentials of AWS's. It takes the role of each workspace that it plans or deploys by a token of
 * its own, made for that, and gives neither to anybody: no file has them, and nothing prints them.
 */
export class Pipeline {
  readonly #taken = new Map<string, TakenRole>();

  private constructor(
    private readonly variables: NodeJS.ProcessEnv,
    private readonly token: { readonly url: string; readonly request: string },
    private readonly step: DeliveryStep,
    private readonly connection: Pick<STSClientConfig, "endpoint">,
  ) {}

  /**
   * The pipeline that this program runs in.
   * @param step what its roles may do: a job of the GitHub environment `<environment>-plan` gets no other than those that plan
   * @param connection how STS is reached. @default AWS's own endpoint
   * @returns undefined outside of one
   */
  static in(
    variables: NodeJS.ProcessEnv,
    step: DeliveryStep,
    connection: Pick<STSClientConfig, "endpoint"> = {},
  ): Pipeline | undefined {
    const { [TOKEN_URL]: url, [REQUEST_TOKEN]: request } = variables;
    if (!url || !request) return undefined;
    const kept = Object.entries(variables).filter(([name]) => !OF_GITHUB.test(name));
    return new Pipeline(Object.fromEntries(kept), { url, request }, step, connection);
  }

  /**
   * Who plans or deploys a workspace here.
   * @returns undefined where the environment has no pipelines: it is the caller
   * @throws Refusal where the role cannot be taken
   */
  as(environment: Environment, workspace: string): Promise<Identity> | undefined {
    if (environment.pipelines === undefined) return undefined;
    const role = roleArn(environment, deliveryRole(environment, workspace, this.step));
    const known = this.#taken.get(role);
    if (known !== undefined && Date.now() - known.at < USED_AGAIN) return known.identity;
    const identity = this.#take(environment, role);
    this.#taken.set(role, { at: Date.now(), identity });
    return identity;
  }

  async #take({ name, region }: Environment, role: string): Promise<Identity> {
    const WebIdentityToken = await this.#token();
    const sts = new STSClient({ region, ...this.connection });
    try {
      const asked = { RoleArn: role, RoleSessionName: SESSION_NAME, WebIdentityToken };
      const { Credentials } = await sts.send(new AssumeRoleWithWebIdentityCommand(asked));
      return identityOfSession(credentialsIn(Credentials, role), this.variables);
    } catch (error) {
      const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new Refusal([
        `This job cannot take ${role} (${said.replaceAll(WebIdentityToken, "…")}). Its GitHub environment must be ${name}${this.step === "plan" ? "-plan" : ""}, the ids of "pipelines" in the environment's file those of this repository, and the role made: npm run bootstrap -- ${name}`,
      ]);
    } finally {
      sts.destroy();
    }
  }

  /** https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token */
  async #token(): Promise<string> {
    const url = new URL(this.token.url);
    url.searchParams.set("audience", AUDIENCE);
    const headers = { authorization: `bearer ${this.token.request}`, accept: "application/json" };
    for (let tried = 1; ; tried++) {
      const response = await fetch(url, { headers }).catch(() => undefined);
      if (response?.ok === true) return tokenIn(await response.text());
      if (tried === TRIES || (response !== undefined && response.status < 500)) {
        const status = response === undefined ? "no answer" : `status ${String(response.status)}`;
        throw new Refusal([
          `GitHub gives this job no token (${status}): the job needs the permission id-token: write.`,
        ]);
      }
      await sleep(BETWEEN * tried);
    }
  }
}

const answer = z.object({ value: z.string().min(1) });

/** The answer itself is never told: a token is in it. */
function tokenIn(text: string): string {
  try {
    return answer.parse(JSON.parse(text)).value;
  } catch {
    throw new Refusal(["GitHub answers without a token to the question for one."]);
  }
}
