import { arn, type DeliveryStep, type Environment, type Pipelines, roleArn } from "../../environment";
import type { TrustStatement } from "../../iam";
import { REPOSITORY } from "../../stack/repository";

/** Issuer of the tokens of GitHub Actions, without its scheme. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/** The audience that GitHub's action for AWS asks tokens for. */
export const AUDIENCE = "sts.amazonaws.com";

/** The workflow that deploys, as it is on the branch that everything is merged to. */
const DEPLOYING = ".github/workflows/deploy.yml@refs/heads/main";

/** Environment of GitHub's whose jobs take the roles: it has the reviewers. */
function githubEnvironment({ name }: Pick<Environment, "name">, step: DeliveryStep): string {
  return step === "deploy" ? name : `${name}-plan`;
}

/**
 * Whom a role trusts that plans or deploys a workspace: people of the team that owns it, by the team's roles, and the environment's
 * pipelines, if there are any. Every value is exact.
 * @param repository address of this repository. @default that of package.json
 * @throws Error where there are pipelines of GitHub's, and the repository is none of GitHub's
 */
export function deliveryTrust(
  environment: Environment,
  team: string,
  step: DeliveryStep,
  repository = REPOSITORY,
): TrustStatement[] {
  const { teams, pipelines } = environment;
  const people: TrustStatement = {
    Effect: "Allow",
    Principal: { AWS: (teams[team]?.roles ?? []).map((role) => roleArn(environment, role)) },
    Action: ["sts:AssumeRole"],
  };
  return pipelines === undefined ? [people] : [people, trustJobs(environment, pipelines, step, repository)];
}

function trustJobs(
  environment: Environment,
  pipelines: Pipelines,
  step: DeliveryStep,
  repository: string,
): TrustStatement {
  const place = githubPlace(repository);
  const job = githubEnvironment(environment, step);
  const claims: Readonly<Record<string, string | readonly string[]>> = {
    aud: AUDIENCE,
    sub: subjects(place, pipelines).map((subject) => `${subject}:environment:${escaped(job)}`),
    repository_id: pipelines.repositoryId,
    repository_owner_id: pipelines.ownerId,
    environment: job,
    ...(step === "deploy" ? { job_workflow_ref: `${place.owner}/${place.name}/${DEPLOYING}` } : {}),
  };
  const named = Object.entries(claims).map(([claim, values]): [string, string | readonly string[]] => [
    `${GITHUB_ISSUER}:${claim}`,
    values,
  ]);
  return {
    Effect: "Allow",
    Principal: { Federated: arn(environment, "iam", `oidc-provider/${GITHUB_ISSUER}`) },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition: { StringEquals: Object.fromEntries(named) },
  };
}

interface GithubPlace {
  readonly owner: string;
  readonly name: string;
}

/** How GitHub writes the repository in a token's subject. */
function subjects({ owner, name }: GithubPlace, { subjects: form, repositoryId, ownerId }: Pipelines): string[] {
  const byName = `repo:${escaped(owner)}/${escaped(name)}`;
  const byId = `repo:${escaped(owner)}@${ownerId}/${escaped(name)}@${repositoryId}`;
  return form === "both" ? [byId, byName] : [form === "ids" ? byId : byName];
}

/** GitHub writes a colon of a value so: colons part the values. */
function escaped(value: string): string {
  return value.replaceAll(":", "%3A");
}

function githubPlace(repository: string): GithubPlace {
  const [, owner, name] = /^https:\/\/github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(repository) ?? [];
  if (owner !== undefined && name !== undefined) return { owner, name };
  throw new Error(
    `"repository" of package.json is "${repository}", and the environment has pipelines of GitHub Actions; make it the repository's address, such as https://github.com/example/demarc`,
  );
}
