import { type DeliveryStep, type Environment, type Pipelines } from "../../environment";
import { policyDocument } from "../../iam";
import { dev, roleIn, SynthesizedStack } from "../../testing";
import { deliveryTrust, GITHUB_ISSUER } from ".";

const pipelines: Pipelines = { kind: "github-actions", repositoryId: "123", ownerId: "45", subjects: "ids", stage: 1 };
const piped = (changes: Partial<Pipelines> = {}): Environment => ({ ...dev, pipelines: { ...pipelines, ...changes } });
const REPOSITORY = "https://github.com/acme/platform";

/** A role with that trust. */
function trusting(environment: Environment, step: DeliveryStep) {
  const trust = policyDocument(deliveryTrust(environment, "pets", step, REPOSITORY));
  const stack = new SynthesizedStack("access", {
    provider: { aws: [{ region: dev.region, allowed_account_ids: [dev.account] }] },
    resource: {
      aws_iam_role: {
        r: {
          name: "r",
          permissions_boundary: "arn:aws:iam::123456789012:policy/demarc/demarc-ap-northeast-1-delivery",
          assume_role_policy: trust,
        },
      },
    },
  });
  return roleIn(stack, "r");
}

const github = { provider: `arn:aws:iam::123456789012:oidc-provider/${GITHUB_ISSUER}` };

/** Claims of a job's token, as IAM knows them. */
function claims(changes: Readonly<Record<string, string>> = {}) {
  const all = {
    aud: "sts.amazonaws.com",
    sub: "repo:acme@45/platform@123:environment:dev",
    repository_id: "123",
    repository_owner_id: "45",
    environment: "dev",
    job_workflow_ref: "acme/platform/.github/workflows/deploy.yml@refs/heads/main",
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).map(([claim, value]) => [`${GITHUB_ISSUER}:${claim}`, value]));
}

const BY_NAMES = "repo:acme/platform:environment:dev";
const toPlan = { environment: "dev-plan", sub: "repo:acme@45/platform@123:environment:dev-plan" };

describe("the role that deploys", () => {
  it("is given to the workflow that deploys, on main, in the environment", async () => {
    await expect(trusting(piped(), "deploy")).toTrust(github, claims());
  });

  it.each([
    ["another audience", { aud: "https://github.com/acme" }],
    ["another repository", { repository_id: "124" }],
    ["another owner", { repository_owner_id: "46" }],
    ["another environment", { environment: "prod" }],
    ["another environment in the subject", { sub: "repo:acme@45/platform@123:environment:prod" }],
    ["a pull request", { sub: "repo:acme@45/platform@123:pull_request" }],
    ["a branch, in no environment", { sub: "repo:acme@45/platform@123:ref:refs/heads/main" }],
    ["a subject by names, where it is by ids", { sub: BY_NAMES }],
    ["a name that begins alike", { sub: "repo:acme@45/platform@1234:environment:dev" }],
    ["another workflow", { job_workflow_ref: "acme/platform/.github/workflows/other.yml@refs/heads/main" }],
    ["the workflow on another branch", { job_workflow_ref: "acme/platform/.github/workflows/deploy.yml@refs/heads/x" }],
    ["the environment that plans", toPlan],
  ])("given to %s: refused by its trust", async (_, changes) => {
    await expect(trusting(piped(), "deploy")).not.toTrust(github, claims(changes));
  });

  it.each(["repository_id", "repository_owner_id", "environment", "job_workflow_ref", "sub", "aud"])(
    "given to a token without %s: refused by its trust",
    async (claim) => {
      const { [`${GITHUB_ISSUER}:${claim}`]: _, ...others } = claims();
      await expect(trusting(piped(), "deploy")).not.toTrust(github, others);
    },
  );

  it("given to another issuer: refused by its trust", async () => {
    const other = { provider: "arn:aws:iam::123456789012:oidc-provider/example.com" };
    await expect(trusting(piped(), "deploy")).not.toTrust(other, claims());
  });

  it("takes subjects by names where the setting says so, and both while it says both", async () => {
    const byIds = claims();
    const byNames = claims({ sub: BY_NAMES });
    await expect(trusting(piped({ subjects: "names" }), "deploy")).toTrust(github, byNames);
    await expect(trusting(piped({ subjects: "names" }), "deploy")).not.toTrust(github, byIds);
    await expect(trusting(piped({ subjects: "both" }), "deploy")).toTrust(github, byNames);
    await expect(trusting(piped({ subjects: "both" }), "deploy")).toTrust(github, byIds);
  });

  it("trusts no pipeline where the environment has none", async () => {
    await expect(trusting(dev, "deploy")).not.toTrust(github, claims());
  });
});

describe("the role that plans", () => {
  it("is given to any workflow of the repository in the environment that plans, and in no other", async () => {
    const any = "acme/platform/.github/workflows/pull-request.yml@refs/pull/7/merge";
    await expect(trusting(piped(), "plan")).toTrust(github, claims({ ...toPlan, job_workflow_ref: any }));
    await expect(trusting(piped(), "plan")).not.toTrust(github, claims());
    await expect(trusting(piped(), "plan")).not.toTrust(github, claims({ ...toPlan, repository_id: "124" }));
  });
});

it.each(["plan", "deploy"] as const)(
  "the role to %s trusts the very roles of the team that owns the workspace",
  (step) => {
    const teams = { ...dev.teams, pets: { roles: ["team/pets", "ops/on-call"] } };
    const [people, ...others] = deliveryTrust({ ...dev, teams }, "pets", step);
    expect(others).toEqual([]);
    expect(people).toEqual({
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::123456789012:role/team/pets", "arn:aws:iam::123456789012:role/ops/on-call"] },
      Action: ["sts:AssumeRole"],
    });
  },
);

it.each(["ids", "names", "both"] as const)(
  "has no wildcard in any trust, and compares texts as they are: %s",
  (subjects) => {
    for (const step of ["plan", "deploy"] as const) {
      const trust = deliveryTrust(piped({ subjects }), "pets", step, REPOSITORY);
      expect(JSON.stringify(trust)).not.toMatch(/[*?]/);
      expect(trust.flatMap(({ Condition = {} }) => Object.keys(Condition))).toEqual(["StringEquals"]);
    }
  },
);

it("refuses pipelines of GitHub's for a repository that lies elsewhere", () => {
  expect(() => deliveryTrust(piped(), "pets", "plan", "https://gitlab.com/acme/platform")).toThrow(
    '"repository" of package.json is "https://gitlab.com/acme/platform", and the environment has pipelines of GitHub Actions',
  );
});
