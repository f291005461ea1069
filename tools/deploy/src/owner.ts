import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { type Environment, environmentNamed } from "@demarc/shared/environment";
import { accessSentence } from "./aws-fault";
import { isAdministrators } from "./administrators";
import { callerOf } from "./caller";
import type { Pipeline } from "./pipeline";
import { Refusal } from "./refusal";
import type { ActAs, Identity, Setting } from "./setting";
import type { DeployableStack } from "./stacks";
import { identityOfSession, roleOfTeam, sessionOfTeam } from "./team-session";

/** Set to 1, it asks for each stack to be deployed as the team that owns it. The caller then needs no more than to take the teams' roles. */
export const AS_TEAMS_VARIABLE = "DEMARC_AS_TEAMS";

/** Name of the sessions in which a deploy acts for a team. */
const SESSION_NAME = "demarc-deploy";

/**
 * Who acts in a caller's place, the one place that says so: the team that owns a workspace, where the caller asks for that, and in a
 * pipeline the workspace's own role.
 * @returns undefined where the caller deploys with its own credentials
 * @throws Refusal where the variable has another value than 1
 */
export function actsFor(variables: NodeJS.ProcessEnv, pipeline?: Pipeline): ActAs | undefined {
  const asked = variables[AS_TEAMS_VARIABLE] ?? "";
  if (asked === "") return pipeline && ((environment, { project }) => pipeline.as(environment, project));
  if (asked === "1") return (environment, { team }) => identityOfTeam(environment, team, variables);
  throw new Refusal([
    `${AS_TEAMS_VARIABLE} is "${asked}": set it to 1 to deploy each stack as the team that owns it, or unset it to deploy with your own credentials.`,
  ]);
}

/**
 * Who acts as a team.
 * @param connection how STS is reached, and who takes the role. @default what every AWS SDK takes from the environment
 * @throws Refusal where the caller may not take the team's role
 */
export async function identityOfTeam(
  environment: Environment,
  team: string,
  variables: NodeJS.ProcessEnv,
  connection: Pick<STSClientConfig, "endpoint" | "credentials"> = {},
): Promise<Identity> {
  const role = roleOfTeam(environment, team);
  const sts = { region: environment.region, ...connection };
  try {
    return identityOfSession(await sessionOfTeam(environment, team, SESSION_NAME, sts), variables);
  } catch (error) {
    throw new Refusal([
      accessSentence(error) ??
        `${role} cannot be taken by ${await nameOfCaller(sts)}, which ${AS_TEAMS_VARIABLE} asks for, to act as team ${team} (${String(error)}). Let the caller take it, take other credentials, or unset ${AS_TEAMS_VARIABLE} and deploy with the team's own.`,
    ]);
  }
}

/** The caller's account need not be the environment's, but often should: its ARN tells. */
async function nameOfCaller(connection: STSClientConfig): Promise<string> {
  const sts = new STSClient(connection);
  try {
    return (await callerOf({ sts })).arn;
  } catch {
    return "this shell's caller";
  } finally {
    sts.destroy();
  }
}

/** Stacks of one project. */
interface OwnedStacks {
  readonly environment: string;
  readonly project: string;
  readonly stacks: readonly Pick<DeployableStack, "id" | "team">[];
}

/**
 * The setting in which a project's stacks are planned and changed: the caller's own, or the owner's where the caller asks for that.
 * The administrators' stacks are the caller's: they have the boundaries and the roles that deploy, and whoever deploys them is an
 * administrator of infra's.
 */
export async function settingOfOwner(
  setting: Setting,
  { environment: name, project, stacks }: OwnedStacks,
): Promise<Setting> {
  const environment = environmentNamed(name, setting.environments);
  const owned = stacks.filter(({ id }) => !isAdministrators(id, environment));
  if (setting.actAs === undefined || owned.length === 0) return setting;
  const [team, ...others] = new Set(owned.map((stack) => stack.team));
  if (team === undefined || others.length > 0)
    throw new Error(`${owned.map(({ id }) => id).join(", ")} have no tag that tells their one team`);
  const identity = await setting.actAs(environment, { project, team });
  if (identity === undefined) return setting;
  setting.say(`Acting for ${project}, of team ${team}.`);
  return { ...setting, ...identity };
}
