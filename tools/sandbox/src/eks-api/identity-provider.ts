import type { OidcIdentityProviderConfig } from "@aws-sdk/client-eks";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Context, eksArn } from "./context";
import { requestBody, resourceName, tags } from "./http/body";
import { EksError } from "./http/errors";
import { type Call, get, post } from "./http/route";
import { recordUpdate } from "./updates";

const associateRequest = requestBody({
  oidc: z.strictObject({
    identityProviderConfigName: resourceName(100),
    issuerUrl: z.url({ protocol: /^https$/ }),
    clientId: z.string().min(1),
    usernameClaim: z.string().optional(),
    usernamePrefix: z.string().optional(),
    groupsClaim: z.string().optional(),
    groupsPrefix: z.string().optional(),
    requiredClaims: z.record(z.string(), z.string()).optional(),
  }),
  tags: tags.optional(),
});

const identityProviderConfig = z.strictObject({ type: z.literal("oidc"), name: z.string() });
const namedRequest = requestBody({ identityProviderConfig });
type Named = z.infer<typeof namedRequest>;

function associate(context: Context, { parameter, body }: Call<"name", z.infer<typeof associateRequest>>) {
  const record = context.store.activeCluster(parameter("name"));
  const { cluster, identityProviderConfigs } = record;
  const name = body.oidc.identityProviderConfigName;
  if (identityProviderConfigs.names().length > 0 && !identityProviderConfigs.find(name)) {
    throw new EksError(
      "ResourceLimitExceededException",
      `Cluster ${cluster.name} has an identity provider; EKS allows one.`,
    );
  }
  const config: OidcIdentityProviderConfig = {
    ...body.oidc,
    clusterName: cluster.name,
    identityProviderConfigArn: eksArn(context, `identityproviderconfig/${cluster.name}/oidc/${name}/${randomUUID()}`),
    status: "ACTIVE",
    tags: body.tags ?? {},
  };
  identityProviderConfigs.add(name, config);
  const recorded = recordUpdate(record, "AssociateIdentityProviderConfig", [["IdentityProviderConfig", body.oidc]]);
  return { ...recorded, tags: config.tags };
}

function describe({ store }: Context, { parameter, body }: Call<"name", Named>) {
  const { identityProviderConfigs } = store.clusters.get(parameter("name"));
  return { identityProviderConfig: { oidc: identityProviderConfigs.get(body.identityProviderConfig.name) } };
}

function list({ store }: Context, { parameter }: Call<"name">) {
  const names = store.clusters.get(parameter("name")).identityProviderConfigs.names();
  return { identityProviderConfigs: names.map((name) => ({ type: "oidc", name })) };
}

function disassociate({ store }: Context, { parameter, body }: Call<"name", Named>) {
  const record = store.activeCluster(parameter("name"));
  const { name } = body.identityProviderConfig;
  record.identityProviderConfigs.get(name);
  record.identityProviderConfigs.delete(name);
  return recordUpdate(record, "DisassociateIdentityProviderConfig", [["IdentityProviderConfig", name]]);
}

const PATH = "/clusters/{name}/identity-provider-configs";

export const identityProviderRoutes = [
  get("ListIdentityProviderConfigs", PATH, list),
  post("AssociateIdentityProviderConfig", `${PATH}/associate`, associateRequest, associate),
  post("DescribeIdentityProviderConfig", `${PATH}/describe`, namedRequest, describe),
  post("DisassociateIdentityProviderConfig", `${PATH}/disassociate`, namedRequest, disassociate),
];
