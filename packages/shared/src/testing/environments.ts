import type { Environment, EnvironmentInput, Exposure, ExposureKind } from "../environment";
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

/** An exposure of each kind that there is, by whoever owns its load balancers. */
const exposures: { readonly [K in ExposureKind]: Readonly<Record<string, Extract<Exposure, { kind: K }>>> } = {
  "alb-ingress": { "alb-ingress": { kind: "alb-ingress", scheme: "internet-facing" } },
  "target-group-binding": { "target-group-binding": { kind: "target-group-binding", apps: ["petstore"] } },
  "api-gateway": {
    "api-gateway": { kind: "api-gateway", loadBalancer: "service" },
    "api-gateway of infra": { kind: "api-gateway", loadBalancer: "infra", listeners: { petstore: 8001 } },
  },
  traefik: { traefik: { kind: "traefik", scheme: "internet-facing" } },
};

type Named<T> = readonly [string, T];

/** Exposures as an environment may have them, by what they are called: each alone, and every two of different kinds. */
export const everyExposure: readonly Named<Exposure[]>[] = Object.values(exposures)
  .flatMap((kind): Named<Exposure>[] => Object.entries(kind))
  .flatMap(([name, one], at, all): Named<Exposure[]>[] => [
    [name, [one]],
    ...all
      .slice(at + 1)
      .filter(([, { kind }]) => kind !== one.kind)
      .map(([other, second]): Named<Exposure[]> => [`${name} and ${other}`, [one, second]]),
  ]);

/** The same with that team, which an app's own tests take: teams are the fork's to name. */
export function devWith(team: string): Environment {
  const { teams } = dev;
  return Object.hasOwn(teams, team) ? dev : { ...dev, teams: { ...teams, [team]: { roles: [`team/${team}`] } } };
}

/** The same, where apps are reached so. */
export function devReachedBy(...exposures: EnvironmentInput["exposures"]): Environment {
  return environmentSchema.parse({ ...dev, exposures });
}

/** The same, where that team of it may take no more than this. */
export function devLimiting(
  team: string,
  limits: NonNullable<EnvironmentInput["teams"][string]["limits"]>,
): Environment {
  return environmentSchema.parse({ ...dev, teams: { ...dev.teams, [team]: { ...dev.teams[team], limits } } });
}
