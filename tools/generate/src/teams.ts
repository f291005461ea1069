import type { Claim } from "@demarc/shared/apps/statement";
import type { Environment } from "@demarc/shared/environment";
import { InvalidInput } from "@demarc/shared/environment/problems";
import { claims } from "./apps";

/** Teams that every environment has: an app is deployed to all of them. */
export function teamsOfEvery(environments: readonly Environment[]): string[] {
  return Object.keys(environments[0]?.teams ?? {}).filter((each) =>
    environments.every(({ teams }) => Object.hasOwn(teams, each)),
  );
}

/** What the apps claim, each for a team that there is. @throws InvalidInput with all that are for another */
export function claimsOfTeams(root: string, environments: readonly Environment[]): Claim[] {
  const known = teamsOfEvery(environments);
  const all = claims(root);
  const reports = all
    .filter(({ app }) => !known.includes(app.team))
    .map(({ app, place }) => ({
      subject: place,
      problems: [
        {
          path: "demarc.team",
          message: `"${app.team}" is not a team of every environment (packages/shared/src/environment/environments); take one of ${known.join(", ")}`,
        },
      ],
    }));
  if (reports.length > 0) throw new InvalidInput(reports);
  return all;
}
