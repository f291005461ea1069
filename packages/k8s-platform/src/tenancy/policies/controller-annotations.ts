import { SERVICE_ANNOTATIONS } from "@demarc/shared/exposure";
import { ALB } from "./ingress-annotations";
import { cel, celList } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";
import { byTeam, madeOf, metadataBeforeAndAfter, noneMade, unchanged, watchedKinds } from "./team-kinds";

/**
 * What the annotations begin with by which an object tells a controller of load balancers, DNS, roles or networks what to do.
 * ExternalDNS is told to read a prefix of the platform's (addons/external-dns.ts), which is among them like both prefixes of its own.
 */
const prefixes = [
  "external-dns.",
  ALB,
  "service.beta.kubernetes.io/",
  "elbv2.k8s.aws/",
  "ingress.k8s.aws/",
  "service.k8s.aws/",
  "ingress.eks.amazonaws.com/",
  "service.eks.amazonaws.com/",
  "eks.amazonaws.com/",
  // Until a pod has an address, the controller of network policies takes it from vpc.amazonaws.com/pod-ips: another's would do.
  "vpc.amazonaws.com/",
  // Of a pod's security groups. EKS's webhook writes it over, or takes it away; the API server does not wait for that webhook if it is away.
  "fargate.amazonaws.com/",
  "traefik.",
  "kubernetes.io/ingress.class",
];

/** Those that an object may have all the same, by the kind that they are read from. The values are other policies' business. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html; the role's own trust says who takes it.
  serviceaccounts: ["role-arn", "audience", "sts-regional-endpoints", "token-expiration"].map(
    (name) => `eks.amazonaws.com/${name}`,
  ),
};

/**
 * Nobody of a team talks to a controller by annotation but by those that are listed: the load balancer controller merges a
 * Service's annotations over an Ingress's, authentication included, and ExternalDNS writes the record that an annotation names.
 */
export function controllerAnnotations(context: PolicyContext): AdmissionPolicy {
  const listed = Object.entries(allowed).map(
    ([plural, names]) => `(request.resource.resource == ${cel(plural)} && key in ${celList(names)})`,
  );
  // An Ingress's are judged one by one (ingress-annotations.ts).
  const ingress = `(request.resource.resource == 'ingresses' && key.startsWith(${cel(ALB)}))`;
  const records = context.records
    .flatMap((record) => Object.entries(record))
    .map(
      ([name, value]) =>
        `(request.resource.resource == 'ingresses' && key == ${cel(name)} && variables.annotations[key] == ${cel(value)})`,
    );
  // A Service's too, where it may have a load balancer (service-annotations.ts).
  const services =
    context.serviceLoadBalancerClass === undefined
      ? []
      : [`(request.resource.resource == 'services' && key.startsWith(${cel(SERVICE_ANNOTATIONS)}))`];
  const spoken = `${celList(prefixes)}.exists(prefix, key.startsWith(prefix))`;
  const same = unchanged("key", "variables.annotations", "variables.oldAnnotations");
  return {
    name: "demarc-controller-annotations",
    resources: watchedKinds(context),
    operations: ["CREATE", "UPDATE"],
    variables: [byTeam(context), ...metadataBeforeAndAfter, ...madeOf],
    rules: [
      {
        expression: `!variables.byTeam || variables.annotations.all(key, !${spoken} || ${[ingress, ...services, ...listed, ...records, same].join(" || ")})`,
        message:
          "annotations of ExternalDNS, of AWS's controllers and of Traefik are not for apps: the record follows from the host name (an Ingress may say only which cluster it is of, as WebApplication does), the class from spec.ingressClassName, and of an Ingress some are allowed; leave it out",
      },
      {
        expression: `!variables.byTeam || ${noneMade("annotations", spoken)}`,
        message:
          "annotations of ExternalDNS, of AWS's controllers and of Traefik are not for apps, and a template must not give them to pods, Jobs or volume claims; leave them out",
      },
    ],
  };
}
