import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  EntityAlreadyExistsException,
  IAMClient,
  NoSuchEntityException,
} from "@aws-sdk/client-iam";
import { sessionOfTeam, variablesOfSession } from "@demarc/deploy";
import { arn, arnOfAws, type Environment } from "@demarc/shared/environment";
import { policyDocument } from "@demarc/shared/iam";
import { CREDENTIALS, type LocalAws } from "./variables";

/** What the teams' roles may do until policies of their own are made for them. */
const ADMINISTRATOR_ACCESS = arnOfAws("iam", "policy/AdministratorAccess");

/** Said at each deploy: what is deployed here shows nothing of what a team's role will lack in AWS. */
export const TEAMS_ARE_ADMINISTRATORS =
  "The teams' roles, which deploy, are administrators of this AWS until their own policies are made.";

/**
 * Makes the roles that may act for the environment's teams, as administrators of the account. A company has them already, as its
 * single sign-on makes them, and EKS refuses an access entry for a role that is not there.
 */
export async function makeTeamRoles(environment: Environment, local: LocalAws): Promise<void> {
  const iam = clientOf(local);
  const root = arn(environment, "iam", "root");
  const trust = policyDocument([{ Effect: "Allow", Principal: { AWS: root }, Action: ["sts:AssumeRole"] }]);
  for (const { Path, RoleName } of rolesOf(environment)) {
    try {
      await iam.send(new CreateRoleCommand({ Path, RoleName, AssumeRolePolicyDocument: trust }));
    } catch (error) {
      if (!(error instanceof EntityAlreadyExistsException)) throw error;
    }
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR_ACCESS }));
  }
}

/** Deletes what `makeTeamRoles` made for these. IAM deletes no role that a policy is attached to. */
export async function deleteTeamRoles(environments: readonly Environment[], local: LocalAws): Promise<void> {
  const iam = clientOf(local);
  for (const { RoleName } of environments.flatMap(rolesOf)) {
    await unlessGone(() => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR_ACCESS })));
    await unlessGone(() => iam.send(new DeleteRoleCommand({ RoleName })));
  }
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

/** What lets a program act as a team for an hour. @throws Refusal where there is no such team */
export async function credentialsOfTeam(
  environment: Environment,
  team: string,
  { awsUrl, region }: LocalAws,
): Promise<Record<"AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "AWS_SESSION_TOKEN", string>> {
  const connection = { region, endpoint: awsUrl, credentials: CREDENTIALS };
  return variablesOfSession(await sessionOfTeam(environment, team, SESSION_NAME, connection));
}

/** `team/pets` is the role pets with the path /team/. */
function rolesOf({ teams }: Environment): { Path: string; RoleName: string }[] {
  const names = new Set(Object.values(teams).flatMap(({ roles }) => roles));
  return [...names].map((name) => {
    const slash = name.lastIndexOf("/");
    return { Path: `/${name.slice(0, slash + 1)}`, RoleName: name.slice(slash + 1) };
  });
}

function clientOf({ awsUrl, region }: LocalAws): IAMClient {
  return new IAMClient({ region, endpoint: awsUrl, credentials: CREDENTIALS });
}
