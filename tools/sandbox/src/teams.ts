import {
  CreateRoleCommand,
  DeleteRoleCommand,
  EntityAlreadyExistsException,
  IAMClient,
  NoSuchEntityException,
} from "@aws-sdk/client-iam";
import { type Environment, partition } from "@demarc/shared/environment";
import { policyDocument } from "@demarc/shared/workspace";
import { CREDENTIALS, type LocalAws } from "./variables";

/**
 * Makes the roles that may act for the environment's teams. A company has them already, as its single sign-on makes them, and EKS
 * refuses an access entry for a role that is not there.
 */
export async function makeTeamRoles(environment: Environment, local: LocalAws): Promise<void> {
  const iam = clientOf(local);
  const root = `arn:${partition(environment)}:iam::${environment.account}:root`;
  const trust = policyDocument([{ Effect: "Allow", Principal: { AWS: root }, Action: ["sts:AssumeRole"] }]);
  for (const { Path, RoleName } of rolesOf(environment)) {
    try {
      await iam.send(new CreateRoleCommand({ Path, RoleName, AssumeRolePolicyDocument: trust }));
    } catch (error) {
      if (!(error instanceof EntityAlreadyExistsException)) throw error;
    }
  }
}

/** Deletes what `makeTeamRoles` made. */
export async function deleteTeamRoles(environment: Environment, local: LocalAws): Promise<void> {
  const iam = clientOf(local);
  for (const { RoleName } of rolesOf(environment)) {
    try {
      await iam.send(new DeleteRoleCommand({ RoleName }));
    } catch (error) {
      if (!(error instanceof NoSuchEntityException)) throw error;
    }
  }
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
