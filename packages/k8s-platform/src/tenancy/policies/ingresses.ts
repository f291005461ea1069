import { annotationRules } from "./ingress-annotations";
import { hostsOfNamespace, notOwn } from "./hosts";
import { cel } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";

/**
 * The most host names of an Ingress, and paths of one of them. An ALB takes 100 rules by default, a redirect or a path of type
 * Prefix one each: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const HOSTS = 5;
const PATHS = 10;

/** Letters of a path pattern of ALB's, which has 128 at most. The controller adds two to a prefix. */
const PATH = "^/[A-Za-z0-9_.$/~@:+&*?-]{0,125}$";

/**
 * An Ingress takes its team's load balancer and its team's host names, and says of both only what is the app's own. A port that the
 * backend's Service lacks cannot be seen here; it fails the Ingresses of this load balancer, which is the team's own.
 */
export function ingresses({ hosts, ingressClasses }: PolicyContext): AdmissionPolicy {
  const classes = `{${Object.entries(ingressClasses)
    .map(([team, name]) => `${cel(team)}: ${cel(name)}`)
    .join(", ")}}`;
  return {
    name: "demarc-ingresses",
    resources: [{ group: "networking.k8s.io", plurals: ["ingresses"] }],
    operations: ["CREATE", "UPDATE"],
    variables: [
      { name: "annotations", expression: "has(object.metadata.annotations) ? object.metadata.annotations : {}" },
      { name: "rules", expression: "has(object.spec.rules) ? object.spec.rules : []" },
      { name: "hosts", expression: hostsOfNamespace(hosts) },
      { name: "classes", expression: classes },
    ],
    rules: [
      {
        expression:
          "has(object.spec.ingressClassName) && request.namespace in variables.classes && object.spec.ingressClassName == variables.classes[request.namespace]",
        message:
          "spec.ingressClassName must be the class of the team's own load balancer (the platform contract's ingressClasses)",
      },
      ...annotationRules(),
      {
        expression:
          "!has(object.spec.defaultBackend) && size(variables.rules) > 0 && variables.rules.all(rule, has(rule.host))",
        message:
          "a rule without host, or a default backend, gets the requests of every other app; give each rule its host",
      },
      {
        expression: "variables.rules.all(rule, !has(rule.host) || rule.host in variables.hosts)",
        message: notOwn("a host of spec.rules"),
      },
      {
        expression:
          "!has(object.spec.tls) || object.spec.tls.all(tls, !has(tls.hosts) || tls.hosts.all(host, host in variables.hosts))",
        message: notOwn("a host of spec.tls"),
      },
      ...pathRules,
    ],
  };
}

/** CEL: whether something holds for each path of each rule. */
function everyPath(expression: string): string {
  return `variables.rules.all(rule, !has(rule.http) || rule.http.paths.all(path, ${expression}))`;
}

const pathRules: AdmissionPolicy["rules"] = [
  {
    expression: `size(variables.rules) <= ${HOSTS} && variables.rules.all(rule, !has(rule.http) || size(rule.http.paths) <= ${PATHS})`,
    message: `an Ingress has at most ${HOSTS} rules with at most ${PATHS} paths each: a load balancer takes a limited number of them`,
  },
  {
    expression: everyPath("has(path.backend.service) && !has(path.backend.resource)"),
    message: "a backend must be a Service: the load balancer controller fails every Ingress beside one with a resource",
  },
  {
    expression: everyPath(`!has(path.path) || path.path == '' || path.path.matches(${cel(PATH)})`),
    message: `a path must fit ${PATH}, which is what a load balancer takes`,
  },
  {
    expression: everyPath(
      "(has(path.pathType) && path.pathType == 'ImplementationSpecific') || !has(path.path) || !path.path.matches('[*?]')",
    ),
    message: "a path of type Exact or Prefix has no wildcards; take pathType ImplementationSpecific",
  },
];
