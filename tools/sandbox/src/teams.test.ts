import { createServer } from "node:http";
import { dev } from "@demarc/shared/testing";
import { credentialsOfDelivery, credentialsOfTeam, deleteTeamRoles, makeTeamRoles } from "./teams";
import { listen } from "./loopback/listening";

/** An AWS that gives a session of whichever role is asked for, and takes all else. */
async function aws(): Promise<{ awsUrl: string; asked: URLSearchParams[]; stop: () => void }> {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      asked.push(new URLSearchParams(body));
      response.setHeader("content-type", "text/xml").end(
        `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
           <AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
           <Expiration>2030-01-01T00:00:00Z</Expiration>
         </Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      );
    });
  });
  return { awsUrl: `http://127.0.0.1:${String(await listen(server))}`, asked, stop: () => server.close() };
}

it("acts as a team by its first role, never as the administrator", async () => {
  const teams = { ...dev.teams, shop: { roles: ["team/shop", "team/shop-on-call"] } };
  const { awsUrl, asked, stop } = await aws();
  const local = { awsUrl, eksUrl: "", region: dev.region };
  try {
    await expect(credentialsOfTeam({ ...dev, teams }, "shop", local)).resolves.toEqual({
      AWS_ACCESS_KEY_ID: "ASIA1",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
    });
    expect(asked.map((query) => query.get("RoleArn"))).toEqual(["arn:aws:iam::123456789012:role/team/shop"]);
  } finally {
    stop();
  }
});

it("plans and deploys a workspace by its own role, by way of its team's", async () => {
  const { awsUrl, asked, stop } = await aws();
  const owner = { project: "storefront", team: "shop" };
  try {
    await credentialsOfDelivery(dev, owner, "plan", { awsUrl, region: dev.region });
    expect(asked.map((query) => query.get("RoleArn"))).toEqual([
      "arn:aws:iam::123456789012:role/team/shop",
      "arn:aws:iam::123456789012:role/demarc/dev/access/dev-storefront-plan",
    ]);
  } finally {
    stop();
  }
});

it("lets the teams' roles take those of their workspaces, an environment a policy, and deletes no role before its policies", async () => {
  const environment = { ...dev, teams: { ...dev.teams, shop: { roles: ["team/shop", "team/pets"] } } };
  const apps = [
    { name: "cats", team: "pets", hostnames: [] },
    { name: "store", team: "shop", hostnames: [] },
  ];
  const { awsUrl, asked, stop } = await aws();
  const local = { awsUrl, eksUrl: "", region: dev.region };
  try {
    await makeTeamRoles(environment, local, apps);
    const made = asked.splice(0).filter((query) => query.get("RoleName") === "pets");
    expect(made.map((query) => [query.get("Action"), query.get("PolicyName")])).toEqual([
      ["CreateRole", null],
      ["PutRolePolicy", "demarc-dev"],
    ]);
    const policy = made.at(-1)?.get("PolicyDocument") ?? "";
    expect(policy).toContain("/access/dev-cats-deploy");
    expect(policy).toContain("/access/dev-store-deploy");
    expect(policy).not.toContain("/access/dev-infra-deploy");
    await deleteTeamRoles([environment, { ...environment, name: "prod" }], local);
    const said = asked.map((query) => ["Action", "RoleName", "PolicyName"].map((name) => query.get(name)));
    const ofPets = said.filter(([, name]) => name === "pets");
    expect(ofPets).toEqual([
      ["DeleteRolePolicy", "pets", "demarc-dev"],
      ["DeleteRolePolicy", "pets", "demarc-prod"],
      ["DeleteRole", "pets", null],
    ]);
  } finally {
    stop();
  }
});
