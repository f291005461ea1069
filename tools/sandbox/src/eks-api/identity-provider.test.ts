import {
  AssociateIdentityProviderConfigCommand,
  DescribeIdentityProviderConfigCommand,
  DescribeUpdateCommand,
  DisassociateIdentityProviderConfigCommand,
  ListIdentityProviderConfigsCommand,
} from "@aws-sdk/client-eks";
import { makeCluster, type Running, startInProcess } from "./testing/in-process";

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
  await makeCluster(running, "dev");
});

afterEach(async () => {
  await running.stop();
});

const STAFF = { clusterName: "dev", identityProviderConfig: { type: "oidc", name: "staff" } };

function associate(identityProviderConfigName = "staff", issuerUrl = "https://login.example.com") {
  const oidc = { identityProviderConfigName, issuerUrl, clientId: "kubernetes", groupsClaim: "groups" };
  return running.eks.send(new AssociateIdentityProviderConfigCommand({ clusterName: "dev", oidc }));
}

it("is associated by an update that has succeeded", async () => {
  const { update } = await associate();
  const described = await running.eks.send(new DescribeUpdateCommand({ name: "dev", updateId: update?.id }));
  expect(described.update).toMatchObject({ status: "Successful" });
  const { identityProviderConfig } = await running.eks.send(new DescribeIdentityProviderConfigCommand(STAFF));
  expect(identityProviderConfig?.oidc).toMatchObject({
    status: "ACTIVE",
    clientId: "kubernetes",
    issuerUrl: "https://login.example.com",
    groupsClaim: "groups",
  });
  const listed = await running.eks.send(new ListIdentityProviderConfigsCommand({ clusterName: "dev" }));
  expect(listed.identityProviderConfigs).toEqual([{ type: "oidc", name: "staff" }]);
});

it("is one per cluster, and is reached by https", async () => {
  await associate();
  await expect(associate("others")).rejects.toMatchObject({ name: "ResourceLimitExceededException" });
  await expect(associate()).rejects.toMatchObject({ name: "ResourceInUseException" });
  await expect(associate("plain", "http://login.example.com")).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
});

it("makes room for another when it is disassociated", async () => {
  await associate();
  await running.eks.send(new DisassociateIdentityProviderConfigCommand(STAFF));
  const described = running.eks.send(new DescribeIdentityProviderConfigCommand(STAFF));
  await expect(described).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await associate("others");
});
