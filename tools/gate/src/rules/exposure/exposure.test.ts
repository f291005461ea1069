import { findings, type GivenChange, policy } from "../../testing/plan";

const found = (address: string, change: GivenChange) => findings({ [address]: change }, "exposure");

const allow = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const ours = { ...allow, Principal: { AWS: "arn:aws:iam::123456789012:root" } };
const withinOrganization = { ...allow, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } };
const withoutTls = { ...allow, Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } };

const closed = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const endpoint = (open: boolean, ...ranges: string[]) => ({
  vpc_config: [{ endpoint_public_access: open, public_access_cidrs: ranges }],
});
const inline = (...ranges: string[]) => ({
  ingress: [{ cidr_blocks: ranges, ipv6_cidr_blocks: [], from_port: 443, to_port: 443, protocol: "tcp" }],
});
const rule = { type: "ingress", from_port: 443, to_port: 443, protocol: "tcp", ipv6_cidr_blocks: null };
const ingress = { ip_protocol: "tcp", from_port: 443, to_port: 443, cidr_ipv6: null };
const template = (open: string) => ({ network_interfaces: [{ associate_public_ip_address: open }] });
const annotated = (annotation: string, scheme: string) => ({ metadata: [{ annotations: { [annotation]: scheme } }] });

/** Address, attributes that are closed, attributes that are open. */
const cases: readonly [address: string, closed: Record<string, unknown>, open: Record<string, unknown>][] = [
  ["aws_security_group.it", inline("10.0.0.0/8"), inline("0.0.0.0/0")],
  ["aws_default_security_group.it", { ingress: [] }, inline("0.0.0.0/0")],
  ["aws_security_group_rule.it", { ...rule, cidr_blocks: ["10.1.0.0/16"] }, { ...rule, cidr_blocks: ["0.0.0.0/0"] }],
  ["aws_security_group_rule.six", { ...rule }, { ...rule, ipv6_cidr_blocks: ["::/0"] }],
  [
    "aws_vpc_security_group_ingress_rule.it",
    { ...ingress, cidr_ipv4: "10.0.0.0/8" },
    { ...ingress, cidr_ipv4: "0.0.0.0/0" },
  ],
  [
    "aws_vpc_security_group_ingress_rule.half",
    { ...ingress, cidr_ipv4: null },
    { ...ingress, cidr_ipv4: "128.0.0.0/1" },
  ],
  ["aws_vpc_security_group_ingress_rule.six", { ...ingress, cidr_ipv6: "fc00::/7" }, { ...ingress, cidr_ipv6: "::/0" }],
  ["aws_ec2_managed_prefix_list.it", { entry: [{ cidr: "10.0.0.0/8" }] }, { entry: [{ cidr: "0.0.0.0/1" }] }],
  ["aws_ec2_managed_prefix_list_entry.it", { cidr: "10.0.0.0/8" }, { cidr: "0.0.0.0/0" }],
  ["aws_lb.it", { internal: true }, { internal: false }],
  ["aws_alb.it", { internal: true }, {}],
  ["aws_elb.it", { internal: true }, { internal: false }],
  ["aws_eks_cluster.it", endpoint(false), endpoint(true, "203.0.113.0/24")],
  ["aws_eks_cluster.wider", endpoint(true, "203.0.112.0/24"), endpoint(true, "203.0.112.0/23")],
  ["aws_eks_cluster.all", endpoint(true, "203.0.113.0/24"), endpoint(true)],
  ["aws_db_instance.it", { publicly_accessible: false }, { publicly_accessible: true }],
  ["aws_rds_cluster_instance.it", { publicly_accessible: false }, { publicly_accessible: true }],
  ["aws_s3_bucket_public_access_block.it", closed, { ...closed, block_public_policy: false }],
  ["aws_s3_account_public_access_block.it", closed, { ...closed, restrict_public_buckets: false }],
  ["aws_s3_bucket_acl.it", { acl: "private" }, { acl: "public-read" }],
  ["aws_s3_bucket_policy.it", { policy: policy(withoutTls, ours) }, { policy: policy(withoutTls, allow) }],
  ["aws_s3_bucket_policy.held", { policy: policy(withinOrganization) }, { policy: policy(allow) }],
  ["aws_sqs_queue_policy.it", { policy: policy(ours) }, { policy: policy({ ...allow, Principal: { AWS: ["*"] } }) }],
  ["aws_kms_key.it", { policy: policy(ours) }, { policy: policy(allow) }],
  [
    "aws_kms_key_policy.it",
    { policy: policy(ours) },
    { policy: policy({ ...allow, Principal: undefined, NotPrincipal: { AWS: "x" } }) },
  ],
  ["aws_api_gateway_rest_api_policy.it", { policy: policy(ours) }, { policy: policy(allow) }],
  ["aws_subnet.it", { map_public_ip_on_launch: false }, { map_public_ip_on_launch: true }],
  ["aws_instance.it", { associate_public_ip_address: false }, { associate_public_ip_address: true }],
  ["aws_launch_template.it", template("false"), template("true")],
  ["aws_lambda_function_url.it", { authorization_type: "AWS_IAM" }, { authorization_type: "NONE" }],
  [
    "aws_lambda_permission.it",
    { principal: "*", source_account: "123456789012" },
    { principal: "*", source_account: null },
  ],
  [
    "aws_api_gateway_rest_api.it",
    { endpoint_configuration: [{ types: ["PRIVATE"] }] },
    { endpoint_configuration: [{ types: ["REGIONAL"] }] },
  ],
  [
    "kubernetes_ingress_v1.it",
    annotated("alb.ingress.kubernetes.io/scheme", "internal"),
    annotated("alb.ingress.kubernetes.io/scheme", "internet-facing"),
  ],
  [
    "kubernetes_service_v1.it",
    annotated("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
    annotated("service.beta.kubernetes.io/aws-load-balancer-scheme", "internet-facing"),
  ],
];

it.each(cases)("refuses to open %s, changed, made or replaced", (address, shut, open) => {
  expect(found(address, { before: shut, after: open })).toMatchObject([{ address, verdict: "refused" }]);
  expect(found(address, { after: open })).toHaveLength(1);
  expect(found(address, { before: shut, after: open, replacedBy: ["name"] })).toHaveLength(1);
});

it.each(cases)("lets %s be closed, stay open, and be changed otherwise", (address, shut, open) => {
  expect(found(address, { before: open, after: shut })).toEqual([]);
  expect(found(address, { before: open, after: { ...open, description: "new" } })).toEqual([]);
  expect(found(address, { before: shut, after: { ...shut, description: "new" } })).toEqual([]);
});

it("tells range and ports, and takes fewer ports than before for less, more for more", () => {
  const before = { ...ingress, from_port: 0, to_port: 1000, cidr_ipv4: "0.0.0.0/0" };
  const all = { ...before, ip_protocol: "-1", from_port: null, to_port: null };
  const address = "aws_vpc_security_group_ingress_rule.it";
  expect(found(address, { before, after: { ...before, to_port: 443 } })).toEqual([]);
  expect(found(address, { before: all, after: before })).toEqual([]);
  expect(found(address, { before, after: { ...before, to_port: 2000 } })).toMatchObject([
    { reason: expect.stringContaining("cidr_ipv4: from 0.0.0.0/0 to tcp 0-2000") },
  ]);
  expect(found(address, { before, after: all })).toMatchObject([{ reason: expect.stringContaining("every port") }]);
});

it("takes a range inside of one that was let in for no more", () => {
  const change = { before: endpoint(true, "203.0.113.0/24"), after: endpoint(true, "203.0.113.7/32") };
  expect(found("aws_eks_cluster.it", change)).toEqual([]);
});

it("lets egress go anywhere", () => {
  expect(
    found("aws_security_group_rule.it", { after: { ...rule, type: "egress", cidr_blocks: ["0.0.0.0/0"] } }),
  ).toEqual([]);
});

it("refuses that a public access block goes, unless its bucket goes too", () => {
  const block = { before: { ...closed, bucket: "b" } };
  expect(found("aws_s3_bucket_public_access_block.it", block)).toHaveLength(1);
  const bucket = { before: { id: "b", bucket: "b" } };
  expect(findings({ "aws_s3_bucket_public_access_block.it": block, "aws_s3_bucket.it": bucket }, "exposure")).toEqual(
    [],
  );
});

it("says no value that is sensitive", () => {
  const change = { before: endpoint(false), after: endpoint(true, "203.0.113.0/24"), sensitive: { vpc_config: true } };
  const [first] = found("aws_eks_cluster.it", change);
  expect(first?.reason).toContain("vpc_config, which is marked sensitive");
  expect(JSON.stringify(first)).not.toContain("203.0.113");
});
