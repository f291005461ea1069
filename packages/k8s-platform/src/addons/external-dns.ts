import { DNS_ANNOTATIONS } from "@demarc/shared/environment";
import { routersOf } from "@demarc/shared/exposure";
import { allow } from "@demarc/shared/iam";
import { ingressClasses, routerClassOf } from "../ingress";
import { charts } from "../versions";
import { type AddOn, afterWebhooks, controllerResources } from "./addon";

/** Address records and the TXT records that say whose they are: the zone's NS, SOA and validation records are infra's. */
const MANAGED = ["A", "AAAA"];

/** Writes the records of the Ingresses' host names into the environment's zone. */
export const externalDns: AddOn = {
  name: "external-dns",
  chart: charts.externalDns,
  image: "registry.k8s.io/external-dns/external-dns",
  namespace: "kube-system",
  runsAs: "controller",
  runsOn: ["managed-nodes", "fargate", "auto-mode"],
  notOn: {},
  after: afterWebhooks,
  permissions: ({ dns }) => [
    allow("route53:ChangeResourceRecordSets")
      .on(dns.zoneArn)
      .when({
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": [...MANAGED, "TXT"] },
      }),
    allow("route53:ListResourceRecordSets").on(dns.zoneArn),
    // It lists all zones to find the one that --zone-id-filter names; AWS narrows that to no zone.
    allow("route53:ListHostedZones").on("*"),
  ],
  values: ({ environment, cluster, dns }, { serviceAccount, image, priorityClassName }) => ({
    image: { repository: image },
    priorityClassName,
    serviceAccount: { create: true, ...serviceAccount },
    provider: { name: "aws" },
    env: [
      { name: "AWS_REGION", value: environment.region },
      // Admission looks at the hosts of `spec.tls` too. A flag without a value is one that the chart cannot write as a value.
      { name: "EXTERNAL_DNS_IGNORE_INGRESS_TLS_SPEC", value: "true" },
    ],
    sources: ["ingress"],
    domainFilters: [dns.baseDomain],
    managedRecordTypes: MANAGED,
    // Records go with their Ingress. Only those are touched whose TXT record names this cluster as their owner.
    policy: "sync",
    registry: "txt",
    txtOwnerId: cluster.name,
    // A changed Ingress is seen at once; the interval only repairs what somebody changed by hand.
    triggerLoopOnEvent: true,
    interval: "5m",
    logFormat: "json",
    resources: controllerResources("50m", "128Mi"),
    extraArgs: {
      "zone-id-filter": dns.zoneId,
      "ingress-class": [
        ...Object.values(ingressClasses(environment)),
        ...routersOf(environment.exposures).map(routerClassOf),
      ],
      // The record that says whose a wildcard is, by a name that Route 53 takes.
      "txt-wildcard-replacement": "any",
      // The default changes in 0.22, and under `sync` what is no longer read is deleted. Teams may write neither default nor this.
      "annotation-prefix": DNS_ANNOTATIONS,
    },
  }),
};
