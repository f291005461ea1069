import { apisContract, dnsContract, edgeContract, webAclContract } from "../contracts";
import { clusterRecord } from "../environment";
import { listenerOf } from "../exposure";
import { isRecord } from "../json";
import { type Arguments, type Condition, type JudgedStack, shown, unlisted } from "./condition";
import { contractReference, isOwn, knownJson } from "./reference";

/**
 * Arguments that refer to resources of the same stack: what hangs from an API, a key or a plan changes it, whosesoever it is.
 * @param references argument, or its place in blocks such as `api_stages.api_id`, and type and attribute that it refers to: `aws_api_gateway_rest_api.id`
 */
export const onOwn = (references: Readonly<Record<string, `${string}.${string}`>>): Condition => ({
  rule: `it hangs from what the same stack makes, by reference: ${Object.keys(references).join(", ")}`,
  faults: (block, _, resources) =>
    Object.entries(references).flatMap(([place, referred]) =>
      valuesAt([block], place.split("."))
        .filter((value) => !isOwn(referred, value, resources))
        .map((value) => `its ${place} is ${shown(value)}`),
    ),
});

/** Values of a place in blocks: an argument that is not there is one, undefined; a block that is not there has none. */
function valuesAt(blocks: readonly unknown[], [name = "", ...inner]: readonly string[]): unknown[] {
  const values = blocks.flatMap((block) => (isRecord(block) ? block[name] : undefined));
  if (inner.length === 0) return values;
  return valuesAt(
    values.filter((value) => value !== undefined),
    inner,
  );
}

/** What is wrong with an argument that may have these values alone. */
function notAmong(allowed: readonly unknown[], block: Arguments, name: string): string[] {
  return allowed.includes(block[name]) ? [] : [`its ${name} is ${shown(block[name])}`];
}

/** The stage's variable that names the VPC link, so that the link can be replaced; and how an API's document refers to it. */
const LINK_VARIABLE = "vpcLinkId";
const LINK = `$\${stageVariables.${LINK_VARIABLE}}`;

const INTEGRATION = "x-amazon-apigateway-integration";
const AUTHORIZER = "x-amazon-apigateway-authorizer";

/** Of an integration, what leads nowhere or is judged. `integrationTarget` names a listener, and `Credentials` may be read as `credentials`. */
const INTEGRATED = [
  ...["type", "httpMethod", "uri", "connectionType", "connectionId", "credentials", "timeoutInMillis", "tlsConfig"],
  ...["passthroughBehavior", "contentHandling", "requestParameters", "responses", "cacheNamespace"],
  ...["cacheKeyParameters"],
];

/** All of an authorizer that asks a user pool. `authorizerUri` and `authorizerCredentials` call a function, under some role. */
const AUTHORIZING = ["type", "providerARNs", "identitySource", "authorizerResultTtlInSeconds"];

/** An app's API leads through the VPC link of its stage, and nowhere else: not to another's link, nor to AWS under some role. */
export const ownApi: Condition = {
  rule: `an API of an app is one OpenAPI document, in JSON, that leads to the stage's VPC link alone: each ${INTEGRATION} is an http_proxy over connectionId "${LINK}", and each ${AUTHORIZER} is of type cognito_user_pools`,
  faults: ({ body }, { environment, workspace }) => {
    const document = knownJson(body);
    if (document === undefined) return ["its body is not one JSON document"];
    const integrations = extensionsIn(document, INTEGRATION);
    if (integrations.length === 0) return [`its body has no ${INTEGRATION}`];
    const port = listenerOf(environment.exposures, workspace.name);
    return [
      ...integrations.flatMap((integration) => [...integrationFaults(integration), ...portFaults(integration, port)]),
      ...extensionsIn(document, AUTHORIZER).flatMap(authorizerFaults),
    ];
  },
};

/** What a document says under a word of API Gateway's, wherever it stands. */
function extensionsIn(value: unknown, extension: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    name.toLowerCase().startsWith(extension) ? [inner] : extensionsIn(inner, extension),
  );
}

function authorizerFaults(authorizer: unknown): string[] {
  const asksPool =
    isRecord(authorizer) &&
    authorizer["type"] === "cognito_user_pools" &&
    unlisted(authorizer, AUTHORIZING).length === 0;
  return asksPool ? [] : [`it asks ${shown(authorizer)} who may call`];
}

function integrationFaults(integration: unknown): string[] {
  const given = isRecord(integration) ? integration : {};
  const { type, connectionType, connectionId, credentials } = given;
  return [
    ...(type === "http_proxy" && connectionType === "VPC_LINK"
      ? []
      : [`it integrates ${shown(type)} over ${shown(connectionType)}`]),
    ...(connectionId === LINK ? [] : [`an integration's connectionId is ${shown(connectionId)}`]),
    ...(credentials === undefined ? [] : [`an integration acts as ${shown(credentials)}`]),
    ...unlisted(given, INTEGRATED).map((fault) => `of an integration, ${fault}`),
  ];
}

/** infra's load balancer has a listener for each app, and whoever has its link reaches all: an app's API leads to the app's own. */
function portFaults(integration: unknown, port: number | undefined): string[] {
  const { uri } = isRecord(integration) ? integration : {};
  if (port === undefined || new RegExp(`^http://[a-z0-9.-]+:${String(port)}(/|$)`).test(String(uri))) return [];
  return [`an integration's uri is ${shown(uri)}, and the app's listener has port ${String(port)}`];
}

/** `variables` and `stage_name` would make a stage that no rule has looked at. */
const DEPLOYMENT = ["rest_api_id", "description", "triggers", "depends_on", "lifecycle"];

/** A state of an app's own API that a stage serves. */
export const ownDeployment: Condition = {
  rule: "a deployment is of an API of the same stack, by reference; its stage is an aws_api_gateway_stage",
  faults: (deployment, own, resources) => [
    ...unlisted(deployment, DEPLOYMENT),
    ...onOwn({ rest_api_id: "aws_api_gateway_rest_api.id" }).faults(deployment, own, resources),
  ],
};

/** `canary_settings` would set the variable that names the link once more. */
const STAGE = [
  "rest_api_id",
  "deployment_id",
  "stage_name",
  "description",
  "variables",
  "access_log_settings",
  "xray_tracing_enabled",
  "client_certificate_id",
  "cache_cluster_enabled",
  "cache_cluster_size",
  "tags",
  "depends_on",
  "lifecycle",
];

/** A stage of an app's own API, whose link is the stack's own, and whose access log infra keeps. */
export const ownStage: Condition = {
  rule: `a stage is of an API, a deployment and a VPC link (variables.${LINK_VARIABLE}) of the same stack; its access log is what the contract apis has for the app`,
  faults: (stage, own, resources) => [
    ...unlisted(stage, STAGE),
    ...onOwn({
      rest_api_id: "aws_api_gateway_rest_api.id",
      deployment_id: "aws_api_gateway_deployment.id",
      ...(isInfrasLink(stage, own) ? {} : { [`variables.${LINK_VARIABLE}`]: "aws_api_gateway_vpc_link.id" as const }),
    }).faults(stage, own, resources),
    ...valuesAt([stage], ["access_log_settings", "destination_arn"])
      .filter((log) => !ownLogs(own).includes(String(log)))
      .map((log) => `its access log is ${shown(log)}`),
  ],
};

/** infra's link in the stack's own cluster, where the app has a listener behind it. */
function isInfrasLink(stage: Arguments, { environment, cluster = "", workspace }: JudgedStack): boolean {
  const links = contractReference(edgeContract, "vpcLinkIds").slice(0, -1);
  const [given] = valuesAt([stage], ["variables", LINK_VARIABLE]);
  return (
    listenerOf(environment.exposures, workspace.name) !== undefined &&
    [`${links}.${cluster}}`, `${links}["${cluster}"]}`].includes(String(given))
  );
}

function ownLogs({ workspace: { name } }: JudgedStack): string[] {
  const logs = contractReference(apisContract, "accessLogGroupArns").slice(0, -1);
  return [`${logs}.${name}}`, `${logs}["${name}"]}`];
}

/** infra's web ACL in front of the app's own API. */
export const ownGuard: Condition = {
  rule: "a web ACL guards a stage of the same stack, by reference to its arn, and is the one of the contract webAcl",
  faults: (association, own, resources) => [
    ...onOwn({ resource_arn: "aws_api_gateway_stage.arn" }).faults(association, own, resources),
    ...notAmong([contractReference(webAclContract, "webAclArn")], association, "web_acl_arn"),
  ],
};

/** A VPC link to the load balancer that the stack looked up: its own. */
export const ownLink: Condition = {
  rule: "a VPC link leads to a load balancer that the same stack looks up: target_arns is the reference to its arn",
  faults: (link) =>
    valuesAt([link], ["target_arns"])
      .filter((target) => typeof target !== "string" || !/^\$\{data\.aws_lb\.[\w-]+\.arn\}$/.test(target))
      .map((target) => `it leads to ${shown(target)}`),
};

/** A custom domain of a host name that the registry of apps says is the app's. */
export const ownDomain: Condition = {
  rule: "a custom domain is a host name of the app's (demarc.hostnames), below the environment's domain, with the certificate of the contract dns",
  faults: (domain, own) => [
    ...notAmong(ownHosts(own), domain, "domain_name"),
    ...notAmong([contractReference(dnsContract, "certificateArn")], domain, "regional_certificate_arn"),
  ],
};

function ownHosts({ environment, workspace }: JudgedStack): string[] {
  const domains = [environment.domain, contractReference(dnsContract, "baseDomain")];
  return (workspace.statement?.hostnames ?? []).flatMap((name) => domains.map((domain) => `${name}.${domain}`));
}

/** `records` would lead anywhere, and what is no alias of its kind too; routing by anything but weights would outrank others' records. */
const RECORD = [
  "zone_id",
  "name",
  "type",
  "alias",
  "set_identifier",
  "weighted_routing_policy",
  "depends_on",
  "lifecycle",
];

/** The record of an app's custom domain, one of several of its name. */
export const ownRecord: Condition = {
  rule: "a record of an app is the alias of a custom domain of the same stack, under a host name of the app's in the environment's zone, and with the identifier of its cluster",
  faults: (record, own, resources) => [
    ...unlisted(record, RECORD),
    ...notAmong(ownHosts(own), record, "name"),
    ...notAmong([contractReference(dnsContract, "zoneId")], record, "zone_id"),
    ...notAmong(ownIdentifiers(own), record, "set_identifier"),
    ...(isRecord(record["alias"]) ? [] : [`its alias is ${shown(record["alias"])}`]),
    ...onOwn({
      "alias.name": "aws_api_gateway_domain_name.regional_domain_name",
      "alias.zone_id": "aws_api_gateway_domain_name.regional_zone_id",
    }).faults(record, own, resources),
  ],
};

function ownIdentifiers({ environment, cluster = "" }: JudgedStack): string[] {
  return environment.exposures.map(({ kind }) => clusterRecord(environment, cluster, kind).setIdentifier);
}
