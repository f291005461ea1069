import type { Environment, EnvironmentInput } from "../environment";
import { environmentSchema } from "../environment/schema";

/**
 * The environment that tests stand on. It is none of the repository's own environments, which a fork changes as it likes: no test
 * may break then. Account and domain are the ones that AWS's and the IETF's documentation reserve for examples.
 */
export const dev: Environment = environmentSchema.parse({
  name: "dev",
  account: "123456789012",
  region: "ap-northeast-1",
  domain: "dev.example.com",
  state: { kind: "s3" },
  clusters: { a: { version: "1.35", compute: { kind: "managed-nodes" } } },
  exposures: [{ kind: "alb-ingress", scheme: "internet-facing" }],
  teams: {
    infra: { roles: ["team/infra"], owns: ["infra"] },
    platform: { roles: ["team/platform"], owns: ["k8s-platform"] },
    pets: { roles: ["team/pets"] },
    shop: { roles: ["team/shop"] },
  },
} satisfies EnvironmentInput);

/** The same with that team, which an app's own tests take: teams are the fork's to name. */
export function devWith(team: string): Environment {
  const { teams } = dev;
  return Object.hasOwn(teams, team) ? dev : { ...dev, teams: { ...teams, [team]: { roles: [`team/${team}`] } } };
}

/** The same, where that team of it may take no more than this. */
export function devLimiting(
  team: string,
  limits: NonNullable<EnvironmentInput["teams"][string]["limits"]>,
): Environment {
  return environmentSchema.parse({ ...dev, teams: { ...dev.teams, [team]: { ...dev.teams[team], limits } } });
}
