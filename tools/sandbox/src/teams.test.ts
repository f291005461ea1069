import { createServer } from "node:http";
import { dev } from "@demarc/shared/testing";
import { credentialsOfTeam, deleteTeamRoles, makeTeamRoles } from "./teams";
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

it("makes the teams' roles administrators, and deletes no role before what is attached to it", async () => {
  const environment = { ...dev, teams: { shop: { roles: ["team/shop"] } } };
  const { awsUrl, asked, stop } = await aws();
  const local = { awsUrl, eksUrl: "", region: dev.region };
  try {
    await makeTeamRoles(environment, local);
    await deleteTeamRoles([environment, { ...environment, teams: { pets: { roles: ["team/pets"] } } }], local);
    const said = asked.map((query) => ["Action", "RoleName", "PolicyArn"].map((name) => query.get(name)));
    const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
    expect(said).toEqual([
      ["CreateRole", "shop", null],
      ["AttachRolePolicy", "shop", administrator],
      ["DetachRolePolicy", "shop", administrator],
      ["DeleteRole", "shop", null],
      ["DetachRolePolicy", "pets", administrator],
      ["DeleteRole", "pets", null],
    ]);
  } finally {
    stop();
  }
});
