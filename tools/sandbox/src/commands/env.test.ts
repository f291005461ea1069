import { dev } from "@demarc/shared/testing";
import { actorVariables } from "./env";

const { account, region } = dev;
const servers = { awsUrl: "http://127.0.0.1:9", eksUrl: "http://127.0.0.1:9", account, region };

it("lets deploys act as the teams, where the shell acts as none of them", async () => {
  expect(await actorVariables(undefined, servers, [dev])).toEqual({ DEMARC_AS_TEAMS: "1" });
});

it("lists the teams to whoever names one that is not there", async () => {
  await expect(actorVariables("no-such-team", servers, [dev])).rejects.toThrow('There is no team "no-such-team" in ');
});
