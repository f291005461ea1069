import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import {
  deliveryRole,
  type DeliveryStep,
  type Environment,
  environmentNamed,
  roleArn,
} from "@demarc/shared/environment";
import { accessSentence } from "./aws-fault";
import { isAdministrators } from "./administrators";
import { callerOf } from "./caller";
import type { Pipeline } from "./pipeline";
import { Refusal } from "./refusal";
import type { ActAs, Identity, Owner, Setting } from "./setting";
import type { DeployableStack } from "./stacks";
import { identityOfSession, roleOfTeam, sessionOfDelivery } from "./team-session";

/** Set to 1, it asks for each workspace to be planned and deployed by its own roles. The caller then needs no more than to take those. */
export const AS_TEAMS_VARIABLE = "DEMARC_AS_TEAMS";

/** Name of the sessions in which a deploy acts for somebody of whom AWS tells nothing. */
const SESSION_NAME = "demarc-deploy";

/**
 * Who acts in a caller's place, the one place that says so: the workspace's own role, to plan or to deploy. In a pipeline it is taken by
 * a token, and else where the caller asks for that.
 * @returns undefined where the caller deploys with its own credentials
 * @throws Refusal where the variable has another value than 1
 */
export function actsFor(variables: NodeJS.ProcessEnv, step: DeliveryStep, pipeline?: Pipeline): ActAs | undefined {
  const asked = variables[AS_TEAMS_VARIABLE] ?? "";
  if (asked === "") return pipeline && ((environment, { project }) => pipeline.as(environment, project));
  if (asked === "1") return (environment, owner) => identityOfOwner(environment, owner, step, variables);
  throw new Refusal([
    `${AS_TEAMS_VARIABLE} is "${asked}": set it to 1 to plan and deploy each workspace by its own roles, or unset it to deploy with your own credentials.`,
  ]);
}

/**
 * Who plans or deploys a workspace.
 * @param connection how STS is reached, and who takes the role. @default what every AWS SDK takes from the environment
 * @throws Refusal where the caller may take neither the role nor that of the team
 */
export async function identityOfOwner(
  environment: Environment,
  owner: Owner,
  step: DeliveryStep,
  variables: NodeJS.ProcessEnv,
  connection: Pick<STSClientConfig, "endpoint" | "credentials"> = {},
): Promise<Identity> {
  const sts = { region: environment.region, ...connection };
  const caller = await nameOfCaller(sts);
  try {
    const session = await sessionOfDelivery(environment, owner, step, sessionName(caller), { ...sts, caller });
    return identityOfSession(session, variables);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const role = roleArn(environment, deliveryRole(environment, owner.project, step));
    throw new Refusal([
      accessSentence(error) ??
        `${role} cannot be taken by ${caller ?? "this shell's caller"}, as a session of team ${owner.team} or by way of ${roleOfTeam(environment, owner.team)}, which ${AS_TEAMS_VARIABLE} asks for (${String(error)}). Where the role is not there, infra's administrators make it: npm run bootstrap -- ${environment.name}. Else take credentials of team ${owner.team}.`,
    ]);
  }
}

/** The caller's account need not be the environment's, but often should: its ARN tells. Undefined: AWS does not tell. */
async function nameOfCaller(connection: STSClientConfig): Promise<string | undefined> {
  const sts = new STSClient(connection);
  try {
    return (await callerOf({ sts })).arn;
  } catch {
    return undefined;
  } finally {
    sts.destroy();
  }
}

/** CloudTrail, Kubernetes and the record of a deploy tell who it was: `pets.ada` of `arn:…:assumed-role/pets/ada`. */
function sessionName(caller: string | undefined): string {
  const [, ...who] = (caller ?? "").split("/");
  const name = who.join(".").replace(/[^\w+=,.@-]/g, "-");
  return name.length < 2 ? SESSION_NAME : name.slice(0, 64);
}

/** Stacks of one project. */
interface OwnedStacks {
  readonly environment: string;
  readonly project: string;
  readonly stacks: readonly Pick<DeployableStack, "id" | "team">[];
}

/**
 * The setting in which a project's stacks are planned and changed: the caller's own, or the workspace's where the caller asks for that.
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
