import { dev } from "@demarc/shared/testing";
import { roleOfTeam } from "./team-session";

it.each(["pet", "toString"])("lists the teams to whoever names one that is not there: %s", (team) => {
  expect(() => roleOfTeam(dev, team)).toThrow(
    `There is no team "${team}" in dev; there are: infra, platform, pets, shop.`,
  );
});
