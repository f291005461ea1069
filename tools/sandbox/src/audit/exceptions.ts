import type { Exception } from "./finding";

/** Environments whose settings choose to pay less. */
const THRIFTY = ["auto-api", "classic-api", "dev", "fargate-alb", "fargate-traefik"];

/** Environments where infra owns an ALB. */
const WITH_ALB = ["fargate-alb"];

/** What a policy is held to that grants something: one that lets a role do all of a service is told by each. */
const OF_POLICIES = ["CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"];

/** Every check that a resource of infra fails on purpose, reviewed. A finding that is not here fails the end-to-end test. */
export const exceptions: readonly Exception[] = [
  {
    check: "CKV_AWS_355",
    stack: "account",
    resource: "aws_iam_policy.boundary-infra",
    reason:
      "a permissions boundary grants nothing: it is the most that a role's own policies, which name resources, can reach",
  },
  {
    check: "CKV_AWS_355",
    stack: "account",
    resource: "aws_iam_policy.boundary-k8s-platform",
    reason: "a permissions boundary grants nothing; the controllers' own policies name tags and resources",
  },
  {
    check: "CKV_AWS_290",
    stack: "account",
    resource: "aws_iam_policy.boundary-k8s-platform",
    reason: "a permissions boundary grants nothing; the controllers' own policies have the conditions",
  },
  ...OF_POLICIES.map((check) => ({
    check,
    stack: "account",
    resource: "aws_iam_policy.boundary-delivery",
    reason:
      "a permissions boundary grants nothing; the policies of the roles that plan and deploy name actions and resources, and pass",
  })),
  {
    check: "CKV2_AWS_62",
    stack: "account",
    resource: "aws_s3_bucket.states_bucket_*",
    reason: "nobody waits for a state to change: who deployed what is in CloudTrail",
  },
  {
    check: "CKV_AWS_144",
    stack: "account",
    resource: "aws_s3_bucket.states_bucket_*",
    reason:
      "states are of one region's resources and are of no use while that region is away; versions keep what is overwritten",
  },
  {
    check: "CKV_AWS_293",
    stack: "data",
    resource: "aws_db_instance.database_*",
    environments: ["dev"],
    reason: "it is taken down and brought up at will; the setting's default, which other environments get, protects it",
  },
  {
    check: "CKV_AWS_157",
    stack: "data",
    resource: "aws_db_instance.database_*",
    environments: ["dev"],
    reason:
      "it may be away for the minutes of a fail-over; the setting's default, which other environments get, has a standby",
  },
  {
    check: "CKV_AWS_338",
    stack: "data",
    resource: "aws_cloudwatch_log_group.database_*",
    environments: ["dev"],
    reason: "it keeps a month of logs, to pay less; the setting's default, which other environments get, is a year",
  },
  {
    check: "CKV_AWS_338",
    stack: "network",
    resource: "aws_cloudwatch_log_group.flow-logs_*",
    environments: THRIFTY,
    reason: "it keeps a month of logs, to pay less; the setting's default, which other environments get, is a year",
  },
  {
    check: "CKV_AWS_338",
    stack: "cluster",
    resource: "aws_cloudwatch_log_group.logs_*",
    environments: THRIFTY,
    reason: "it keeps a month of logs, to pay less; the setting's default, which other environments get, is a year",
  },
  {
    check: "CKV2_AWS_5",
    stack: "cluster",
    resource: "aws_security_group.pod-groups_*",
    environments: ["fargate-alb", "fargate-traefik"],
    reason: "EKS gives it to pods, by the SecurityGroupPolicy of k8s-platform: no resource of Terraform does",
  },
  {
    check: "CKV_AWS_382",
    stack: "cluster",
    resource: "aws_security_group.pod-groups_shared_*",
    environments: ["fargate-alb", "fargate-traefik"],
    reason: "whom apps connect to is known to apps alone; decision 0035 says what that leaves open",
  },
  {
    check: "CKV_AWS_37",
    stack: "cluster",
    resource: "aws_eks_cluster.control-plane_*",
    environments: THRIFTY,
    reason:
      "it writes audit and authenticator logs alone, to pay less; the setting's default, which other environments get, is all five",
  },
  {
    check: "CKV_AWS_112",
    stack: "bastion",
    resource: "aws_ssm_document.shell_document_*",
    reason:
      "Session Manager encrypts every session with TLS; a key besides would be one that each person's role, which is the company's, has to be let use",
  },
  {
    check: "CKV2_AWS_71",
    stack: "dns",
    resource: "aws_acm_certificate.certificate_*",
    reason: "a new app is one folder: its host name must be good without a certificate of its own",
  },
  {
    check: "CKV2_AWS_38",
    stack: "dns",
    resource: "aws_route53_zone.zone_*",
    reason:
      "DNSSEC needs a key in us-east-1 and a record in the parent zone, which is another team's where it is not in this account",
  },
  {
    check: "CKV_AWS_145",
    stack: "access-logs",
    resource: "aws_s3_bucket.logs_bucket_*",
    reason: "an ALB writes its access logs to no bucket that another key than S3's own encrypts",
  },
  {
    check: "CKV_AWS_21",
    stack: "access-logs",
    resource: "aws_s3_bucket.logs_bucket_*",
    reason: "an ALB writes each log under a name of its own, and never again: there is no earlier version to keep",
  },
  {
    check: "CKV_AWS_144",
    stack: "access-logs",
    resource: "aws_s3_bucket.logs_bucket_*",
    reason: "logs are read after the fact: no load balancer needs them to serve, and they come back with their region",
  },
  {
    check: "CKV2_AWS_62",
    stack: "access-logs",
    resource: "aws_s3_bucket.logs_bucket_*",
    reason: "nobody waits for a log: whoever looks into something reads the bucket",
  },
  {
    check: "CKV_AWS_338",
    stack: "edge",
    resource: "aws_cloudwatch_log_group.web-acl-log_*",
    environments: ["fargate-alb"],
    reason: "it keeps a month of logs, to pay less; the setting's default, which other environments get, is a year",
  },
  {
    check: "CKV_AWS_150",
    stack: "edge",
    resource: "aws_lb.load-balancer_*",
    environments: ["fargate-alb"],
    reason: "it is taken down and brought up at will; the setting's default, which other environments get, protects it",
  },
  {
    check: "CKV_AWS_150",
    stack: "edge",
    resource: "aws_lb.cluster-*",
    environments: ["classic-api"],
    reason: "it is taken down and brought up at will; the setting's default, which other environments get, protects it",
  },
  {
    check: "CKV_AWS_91",
    stack: "edge",
    resource: "aws_lb.cluster-*",
    environments: ["classic-api"],
    reason: "a network load balancer logs TLS alone, and its listeners are TCP: who called is in each API's access log",
  },
  {
    check: "CKV_AWS_260",
    stack: "edge",
    resource: "aws_security_group.load-balancer_security-group_*",
    environments: WITH_ALB,
    reason: "port 80 only redirects to HTTPS, so that a host name typed without https:// leads somewhere",
  },
  {
    check: "CKV_AWS_260",
    stack: "edge",
    resource: "aws_vpc_security_group_ingress_rule.load-balancer_http_*",
    environments: WITH_ALB,
    reason: "port 80 only redirects to HTTPS, so that a host name typed without https:// leads somewhere",
  },
  {
    check: "CKV2_AWS_76",
    stack: "edge",
    resource: "aws_lb.load-balancer_*",
    environments: WITH_ALB,
    reason:
      "AWS's rules against Log4j are there, as CKV_AWS_192 sees; this check wants AWSManagedRulesAnonymousIpList too, which refuses whoever calls from a VPN or from a cloud",
  },
  {
    check: "CKV_AWS_378",
    stack: "edge",
    resource: "aws_lb_target_group.host-*",
    environments: WITH_ALB,
    reason: "TLS ends at the ALB: pods serve plain HTTP, which does not leave the VPC",
  },
];
