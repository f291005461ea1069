import { INGRESS_CLASS } from "../../ingress";
import { type AdmissionPolicy, cel, celList, type PolicyContext } from "./policy";

const ALB = "alb.ingress.kubernetes.io/";
const LISTEN_PORTS = cel(`${ALB}listen-ports`);

/** What is the app's own on the load balancer that all share. Scheme, group, certificate, WAF and the like are not. */
const annotations = [
  "backend-protocol",
  "backend-protocol-version",
  "healthcheck-interval-seconds",
  "healthcheck-path",
  "healthcheck-port",
  "healthcheck-protocol",
  "healthcheck-timeout-seconds",
  "healthy-threshold-count",
  "listen-ports",
  "ssl-redirect",
  "success-codes",
  "target-group-attributes",
  "target-type",
  "unhealthy-threshold-count",
];

/** A port that one Ingress adds is open on the load balancer of all. */
const ports = ['[{"HTTP":80},{"HTTPS":443}]', '[{"HTTPS":443}]'];

/**
 * An Ingress takes its share of the load balancer and no more: a host name of its own below the environment's domain, and no
 * annotation that changes the load balancer for the others, or makes records that are no host names of it.
 */
export function ingresses({ domain, claimed }: PolicyContext): AdmissionPolicy {
  const hosts = `^[a-z0-9]([a-z0-9-]*[a-z0-9])?[.]${domain.replaceAll(".", "[.]")}$`;
  return {
    name: "demarc-ingresses",
    resources: [{ group: "networking.k8s.io", plurals: ["ingresses"] }],
    operations: ["CREATE", "UPDATE"],
    variables: [
      { name: "annotations", expression: "has(object.metadata.annotations) ? object.metadata.annotations : {}" },
      { name: "rules", expression: "has(object.spec.rules) ? object.spec.rules : []" },
    ],
    rules: [
      {
        expression: `has(object.spec.ingressClassName) && object.spec.ingressClassName == ${cel(INGRESS_CLASS)}`,
        message: `spec.ingressClassName must be ${INGRESS_CLASS}, the class of the load balancer that all teams share`,
      },
      {
        expression: `variables.annotations.all(key, !key.startsWith(${cel(ALB)}) || key in ${celList(annotations.map((name) => ALB + name))})`,
        message: `the load balancer is shared: its scheme, group, certificate, security groups and WAF are the platform's; of the annotations ${ALB}… an Ingress may have ${annotations.join(", ")}`,
      },
      {
        expression: `!(${LISTEN_PORTS} in variables.annotations) || variables.annotations[${LISTEN_PORTS}] in ${celList(ports)}`,
        message: `the load balancer's ports are the platform's: annotation ${ALB}listen-ports must be ${ports.join(" or ")}`,
      },
      {
        expression:
          "variables.annotations.all(key, !key.startsWith('external-dns.') && key != 'kubernetes.io/ingress.class')",
        message:
          "annotations of ExternalDNS and kubernetes.io/ingress.class are not for apps: the record follows from the host name, the class from spec.ingressClassName",
      },
      {
        expression:
          "!has(object.spec.defaultBackend) && size(variables.rules) > 0 && variables.rules.all(rule, has(rule.host))",
        message:
          "a rule without host, or a default backend, gets the requests of every other app; give each rule its host",
      },
      {
        expression: `variables.rules.all(rule, !has(rule.host) || rule.host.matches(${cel(hosts)}))`,
        message: `a host must be one label below ${domain}, without wildcard, such as petstore.${domain}: the certificate is for those`,
      },
      ...claims(domain, claimed),
    ],
  };
}

function claims(domain: string, claimed: PolicyContext["claimed"]): AdmissionPolicy["rules"] {
  const entries = Object.entries(claimed);
  if (entries.length === 0) return [];
  const owners = `{${entries.map(([name, team]) => `${cel(`${name}.${domain}`)}: ${cel(team)}`).join(", ")}}`;
  return [
    {
      expression: `variables.rules.all(rule, !has(rule.host) || !(rule.host in ${owners}) || ${owners}[rule.host] == object.metadata.namespace)`,
      message: "the host is another team's (k8s-platform's settings, tenancy.teams.<team>.hostnames); take another",
    },
  ];
}
