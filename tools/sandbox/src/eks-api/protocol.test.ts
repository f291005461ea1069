import { CreateAccessEntryCommand, DescribeAccessEntryCommand, ListClustersCommand } from "@aws-sdk/client-eks";
import { startEksApi } from "./server";
import { clusterInput, makeCluster, type Running, startInProcess } from "./testing/in-process";
import { ACCOUNT_ID, REGION } from "./testing/landscape";
import { memoryAccount, roleArn } from "./testing/memory-account";

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
});

afterEach(async () => {
  await running.stop();
});

/** A request as no SDK would send it. */
async function ask(path: string, request: { method?: string; body?: string; region?: string; signed?: boolean } = {}) {
  const { region = REGION, signed = true, ...rest } = request;
  const scope = `key/20260101/${region}/eks/aws4_request`;
  const headers = signed
    ? { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` }
    : {};
  const answer = await fetch(`${running.api.url}${path}`, { ...rest, headers });
  return { status: answer.status, type: answer.headers.get("x-amzn-errortype"), body: await answer.text() };
}

it("tells times in seconds since 1970, as a number", async () => {
  await makeCluster(running, "dev");
  expect((await ask("/clusters/dev")).body).toMatch(/"createdAt":\d{10}(\.\d+)?[,}]/);
});

it("takes an ARN with slashes as one segment of a path", async () => {
  await makeCluster(running, "dev");
  const principalArn = roleArn("team/dev");
  await running.eks.send(new CreateAccessEntryCommand({ clusterName: "dev", principalArn }));
  const described = await running.eks.send(new DescribeAccessEntryCommand({ clusterName: "dev", principalArn }));
  expect(described.accessEntry?.principalArn).toBe(principalArn);
  const encoded = "/clusters/dev/access-entries/arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fteam%2Fdev";
  expect((await ask(encoded)).status).toBe(200);
});

// Terraform repeats a 5xx for minutes, and none of these gets better by that.
it.each([
  ["an operation that it does not have", "/clusters/dev/insights", {}, 501, "NotImplementedException"],
  ["a method that a path does not have", "/clusters", { method: "DELETE" }, 501, "NotImplementedException"],
  ["a request that nobody signed", "/clusters", { signed: false }, 403, "MissingAuthenticationTokenException"],
  ["a request for another region", "/clusters", { region: "us-east-1" }, 403, "AccessDeniedException"],
  ["a body that is not JSON", "/clusters", { method: "POST", body: "{" }, 400, "InvalidRequestException"],
  [
    "a body that is too long",
    "/clusters",
    { method: "POST", body: " ".repeat(2 ** 20 + 1) },
    400,
    "InvalidRequestException",
  ],
  ["a path that is not percent-encoded", "/clusters/%zz", {}, 400, "InvalidRequestException"],
  ["a cluster that does not exist", "/clusters/none", {}, 404, "ResourceNotFoundException"],
])("refuses %s", async (_, path, request, status, type) => {
  expect(await ask(path, request)).toMatchObject({ status, type, body: expect.stringContaining(type) });
});

it("names every problem of a request at once, and fields that it would otherwise lose", async () => {
  const body = JSON.stringify({
    ...clusterInput("-dev"),
    roleArn: "deployer",
    deletionProtection: true,
    accessConfig: { authenticationMode: "NONE" },
  });
  const refused = await ask("/clusters", { method: "POST", body });
  expect(refused.status).toBe(400);
  for (const field of ["name", "roleArn", "deletionProtection", "accessConfig.authenticationMode"]) {
    expect(refused.body).toContain(`- ${field}: `);
  }
});

it("says what failed in the local AWS, as no fault of the caller's that waiting would heal", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(running.account.network, "subnets").mockRejectedValue(new Error("connection refused"));
  const failed = await ask("/clusters", { method: "POST", body: JSON.stringify(clusterInput("dev")) });
  expect(failed).toMatchObject({ status: 400, body: expect.stringContaining("connection refused") });
  expect(logged).toHaveBeenCalled();
});

it("answers no fault with a changed response", async () => {
  await running.stop();
  running = await startInProcess({ transformResponse: (operation, answer) => ({ operation, answer }) });
  expect(JSON.parse((await ask("/clusters")).body)).toEqual({ operation: "ListClusters", answer: { clusters: [] } });
  expect((await ask("/clusters/none")).body).not.toContain("operation");
});

it("tells health and what is left, by kind", async () => {
  expect(JSON.parse((await ask("/_sandbox/health", { signed: false })).body)).toEqual({
    status: "ok",
    region: REGION,
    accountId: ACCOUNT_ID,
  });
  await makeCluster(running, "dev");
  await running.eks.send(new CreateAccessEntryCommand({ clusterName: "dev", principalArn: roleArn("dev") }));
  expect(JSON.parse((await ask("/_sandbox/state", { signed: false })).body)).toEqual({
    clusters: ["dev"],
    nodegroups: [],
    fargateProfiles: [],
    addons: [],
    accessEntries: [`dev/${roleArn("dev")}`],
    podIdentityAssociations: [],
    identityProviderConfigs: [],
  });
});

it("does not start on a port that is taken", async () => {
  const port = Number(new URL(running.api.url).port);
  const start = startEksApi({ port, region: REGION, accountId: ACCOUNT_ID, awsEndpoint: "", account: memoryAccount() });
  await expect(start).rejects.toThrow("EADDRINUSE");
});

it("listens to this machine only, and to nobody once it is closed", async () => {
  expect(new URL(running.api.url).hostname).toBe("127.0.0.1");
  await running.api.close();
  await expect(running.eks.send(new ListClustersCommand({}))).rejects.toThrow("ECONNREFUSED");
});
