import { isRecord } from "@demarc/shared/json";
import { blocksOf, textsOf } from "../../plan/change";
import type { Attributes } from "../../plan/plan";
import { RESOURCE_POLICIES } from "../resource-policies";
import { isPublic, statementsIn } from "../statements";
import { clusterEndpoint, ingressRule, inlineIngress, prefixList, prefixListEntry, ruleOfGroup } from "./networks";
import type { Opening } from "./opening";

/** Which ways in a resource of a type has, by its attributes. */
type Ways = (resource: Attributes) => readonly Opening[];

/** Open where an attribute has one of these values. */
const where =
  (attribute: string, values: readonly unknown[], what: string): Ways =>
  (resource) =>
    values.includes(resource[attribute]) ? [{ attribute, what }] : [];

const PUBLIC_ADDRESS = where("publicly_accessible", [true], "has a public address");

/** Not said, or known after an apply only: AWS's default is a load balancer for the internet. */
const internetFacing: Ways = ({ internal }) =>
  internal === true ? [] : [{ attribute: "internal", what: "is an internet-facing load balancer" }];

const blockedAccess: Ways = (resource) =>
  ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
    .filter((attribute) => resource[attribute] !== true)
    .map((attribute) => ({ attribute, what: `does not block public access by ${attribute}` }));

/** An API is of the internet, unless its endpoint is private. */
const publicApi: Ways = (api) => {
  const types = blocksOf(api["endpoint_configuration"]).flatMap(({ types }) => textsOf(types));
  return types.length > 0 && types.every((type) => type === "PRIVATE")
    ? []
    : [{ attribute: "endpoint_configuration", what: "is an API that the internet reaches" }];
};

const addressOfNetwork: Ways = (template) =>
  blocksOf(template["network_interfaces"])
    .filter(({ associate_public_ip_address: given }) => given === true || given === "true")
    .map(() => ({ attribute: "network_interfaces", what: "gives its machines public addresses" }));

const scheme =
  (annotation: string): Ways =>
  (object) =>
    blocksOf(object["metadata"])
      .filter(({ annotations }) => isRecord(annotations) && annotations[annotation] === "internet-facing")
      .map(() => ({ attribute: "metadata", what: "asks for an internet-facing load balancer" }));

const anybodysPermission: Ways = (permission) =>
  permission["principal"] === "*" &&
  ["source_arn", "source_account", "principal_org_id"].every((name) => typeof permission[name] !== "string")
    ? [{ attribute: "principal", what: "lets anybody call the function" }]
    : [];

const INGRESS = scheme("alb.ingress.kubernetes.io/scheme");
const SERVICE = scheme("service.beta.kubernetes.io/aws-load-balancer-scheme");

/** By Terraform's type; defaults are those of the provider's documentation. */
const WAYS: Readonly<Record<string, Ways | undefined>> = {
  aws_alb: internetFacing,
  aws_ami_launch_permission: where("group", ["all"], "lets every account start the image"),
  aws_api_gateway_rest_api: publicApi,
  aws_apigatewayv2_api: () => [{ attribute: "name", what: "is an API that the internet reaches" }],
  aws_db_instance: PUBLIC_ADDRESS,
  aws_default_security_group: inlineIngress,
  aws_dms_replication_instance: PUBLIC_ADDRESS,
  aws_ec2_managed_prefix_list: prefixList,
  aws_ec2_managed_prefix_list_entry: (entry) => prefixListEntry(entry),
  aws_eks_cluster: clusterEndpoint,
  aws_elb: internetFacing,
  aws_instance: where("associate_public_ip_address", [true], "has a public address"),
  aws_lambda_function_url: where("authorization_type", ["NONE"], "answers anybody"),
  aws_lambda_permission: anybodysPermission,
  aws_launch_template: addressOfNetwork,
  aws_lb: internetFacing,
  aws_mq_broker: PUBLIC_ADDRESS,
  aws_neptune_cluster_instance: PUBLIC_ADDRESS,
  aws_rds_cluster_instance: PUBLIC_ADDRESS,
  aws_redshift_cluster: PUBLIC_ADDRESS,
  aws_redshiftserverless_workgroup: PUBLIC_ADDRESS,
  aws_s3_account_public_access_block: blockedAccess,
  aws_s3_bucket_acl: where("acl", ["public-read", "public-read-write"], "lets anybody read"),
  aws_s3_bucket_public_access_block: blockedAccess,
  aws_security_group: inlineIngress,
  aws_security_group_rule: ruleOfGroup,
  aws_subnet: where("map_public_ip_on_launch", [true], "gives all that starts in it a public address"),
  aws_vpc_security_group_ingress_rule: ingressRule,
  kubernetes_ingress: INGRESS,
  kubernetes_ingress_v1: INGRESS,
  kubernetes_service: SERVICE,
  kubernetes_service_v1: SERVICE,
};

/** What a resource guards by being there, and the attribute that names what it guards. */
export const GUARDS: Readonly<Record<string, string | undefined>> = {
  aws_s3_account_public_access_block: "account_id",
  aws_s3_bucket_public_access_block: "bucket",
};

/** All ways in that a resource has. @param resource undefined where it is not there */
export function openingsOf(type: string, resource: Attributes | undefined): Opening[] {
  // Without a guard what it guards is as open as by one that lets everything through.
  if (resource === undefined) return GUARDS[type] === undefined ? [] : [...blockedAccess({})];
  return [...(WAYS[type]?.(resource) ?? []), ...byPolicy(type, resource)];
}

function byPolicy(type: string, resource: Attributes): Opening[] {
  const policy = RESOURCE_POLICIES[type];
  if (policy === undefined) return [];
  const statements = statementsIn(resource[policy.document]) ?? [];
  return statements
    .filter(isPublic)
    .map((statement) => ({ attribute: policy.document, what: "lets anybody in by its policy", statement }));
}
