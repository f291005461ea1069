import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  EntityAlreadyExistsException,
  IAMClient,
  NoSuchEntityException,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { sessionOfDelivery, sessionOfTeam, variablesOfSession } from "@demarc/deploy";
import { allApps } from "@demarc/shared/apps";
import { teamStatements } from "@demarc/shared/delivery";
import { arn, type DeliveryStep, type Environment } from "@demarc/shared/environment";
import { policyDocument } from "@demarc/shared/iam";
import { CREDENTIALS, type LocalAws } from "./variables";

/**
 * Makes the roles that may act for the environment's teams, with what people need: to take the roles that plan and deploy their team's
 * workspaces, and little else. A company has them already, as its single sign-on makes them, and EKS and IAM refuse to name a role that
 * is not there.
 */
export async function makeTeamRoles(environment: Environment, local: LocalAws, apps = allApps()): Promise<void> {
  const iam = clientOf(local);
  const root = arn(environment, "iam", "root");
  const trust = policyDocument([{ Effect: "Allow", Principal: { AWS: root }, Action: ["sts:AssumeRole"] }]);
  for (const { Path, RoleName, teams } of rolesOf(environment)) {
    try {
      await iam.send(new CreateRoleCommand({ Path, RoleName, AssumeRolePolicyDocument: trust }));
    } catch (error) {
      if (!(error instanceof EntityAlreadyExistsException)) throw error;
    }
    const PolicyDocument = policyDocument(teams.flatMap((team) => teamStatements(environment, team, apps)));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: policyName(environment), PolicyDocument }));
  }
}

/** Deletes what `makeTeamRoles` made for these. IAM deletes no role that has a policy. */
export async function deleteTeamRoles(environments: readonly Environment[], local: LocalAws): Promise<void> {
  const iam = clientOf(local);
  const roles = environments.flatMap((environment) =>
    rolesOf(environment).map(({ RoleName }) => ({ RoleName, PolicyName: policyName(environment) })),
  );
  for (const role of roles) await unlessGone(() => iam.send(new DeleteRolePolicyCommand(role)));
  const names = new Set(roles.map(({ RoleName }) => RoleName));
  for (const RoleName of names) await unlessGone(() => iam.send(new DeleteRoleCommand({ RoleName })));
}

/** Environments of an account share the teams' roles. */
function policyName({ name }: Environment): string {
  return `demarc-${name}`;
}

async function unlessGone(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof NoSuchEntityException)) throw error;
  }
}

/** Name of the sessions in which the sandbox acts for a team: it stands in the user name that Kubernetes sees. */
const SESSION_NAME = "sandbox";

/** What lets a program act by a session for an hour. */
type SessionVariables = ReturnType<typeof variablesOfSession>;

/** The session of a team. @throws Refusal where there is no such team */
export async function credentialsOfTeam(
  environment: Environment,
  team: string,
  local: Pick<LocalAws, "awsUrl" | "region">,
): Promise<SessionVariables> {
  return variablesOfSession(await sessionOfTeam(environment, team, SESSION_NAME, asAdministrator(local)));
}

/** The session of the role that plans or deploys a workspace. @throws Refusal where there is no such team */
export async function credentialsOfDelivery(
  environment: Environment,
  owner: { readonly project: string; readonly team: string },
  step: DeliveryStep,
  local: Pick<LocalAws, "awsUrl" | "region">,
): Promise<SessionVariables> {
  return variablesOfSession(await sessionOfDelivery(environment, owner, step, SESSION_NAME, asAdministrator(local)));
}

function asAdministrator({ awsUrl, region }: Pick<LocalAws, "awsUrl" | "region">) {
  return { region, endpoint: awsUrl, credentials: CREDENTIALS };
}

/** `team/pets` is the role pets with the path /team/. */
function rolesOf({ teams }: Environment): { Path: string; RoleName: string; teams: string[] }[] {
  const names = new Set(Object.values(teams).flatMap(({ roles }) => roles));
  return [...names].map((name) => {
    const slash = name.lastIndexOf("/");
    const acting = Object.entries(teams).flatMap(([team, { roles }]) => (roles.includes(name) ? team : []));
    return { Path: `/${name.slice(0, slash + 1)}`, RoleName: name.slice(slash + 1), teams: acting };
  });
}

function clientOf({ awsUrl, region }: LocalAws): IAMClient {
  return new IAMClient({ region, endpoint: awsUrl, credentials: CREDENTIALS });
}
