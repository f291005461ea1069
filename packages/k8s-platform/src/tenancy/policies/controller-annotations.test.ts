import { refusals } from "../../testing/admission";

const annotated = (annotations?: Record<string, string>, more: object = {}) => ({
  metadata: { name: "mine", ...(annotations === undefined ? {} : { annotations }), ...more },
});

describe("annotations of controllers", () => {
  it.each([
    "external-dns.alpha.kubernetes.io/hostname",
    "external-dns.kubernetes.io/target",
    "external-dns.demarc/hostname",
    "external-dns.demarc/set-identifier",
    "alb.ingress.kubernetes.io/auth-type",
    "alb.ingress.kubernetes.io/backend-protocol",
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "elbv2.k8s.aws/checkpoint",
    "eks.amazonaws.com/role-arn",
    "service.eks.amazonaws.com/anything",
    "fargate.amazonaws.com/pod-sg",
    "traefik.ingress.kubernetes.io/router.middlewares",
    "kubernetes.io/ingress.class",
  ])("cannot be put on a Service, or whatever it is, by a team: %s", (name) => {
    for (const resource of ["services", "configmaps", "deployments", "secrets", "persistentvolumeclaims"]) {
      const refused = [expect.stringContaining("are not for apps")];
      const object = annotated({ [name]: "x" });
      expect(refusals("controller-annotations", { object, resource })).toEqual(refused);
      expect(refusals("controller-annotations", { object, oldObject: annotated(), resource })).toEqual(refused);
      const other = annotated({ [name]: "y" });
      expect(refusals("controller-annotations", { object, oldObject: other, resource })).toEqual(refused);
    }
  });

  it("may say a service account's role, on a service account", () => {
    const object = annotated({ "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/app" });
    expect(refusals("controller-annotations", { object, resource: "serviceaccounts" })).toEqual([]);
    expect(refusals("controller-annotations", { object, resource: "services" })).toHaveLength(1);
    const dns = annotated({ "external-dns.demarc/hostname": "x" });
    expect(refusals("controller-annotations", { object: dns, resource: "serviceaccounts" })).toHaveLength(1);
  });

  it("of the load balancer controller are judged one by one on an Ingress, and others are not let in there either", () => {
    const ask = (name: string) =>
      refusals("controller-annotations", { object: annotated({ [name]: "x" }), resource: "ingresses" });
    expect(ask("alb.ingress.kubernetes.io/healthcheck-path")).toEqual([]);
    expect(ask("external-dns.alpha.kubernetes.io/hostname")).toHaveLength(1);
    expect(ask("kubernetes.io/ingress.class")).toHaveLength(1);
  });

  it("of a record may be an Ingress's, as this cluster's own and with its weight alone", () => {
    const ask = (resource: string, name: string, value: string) =>
      refusals("controller-annotations", {
        object: annotated({ [`external-dns.demarc/${name}`]: value }),
        oldObject: annotated(),
        resource,
      });
    expect(ask("ingresses", "set-identifier", "dev-a-alb-ingress")).toEqual([]);
    expect(ask("ingresses", "aws-weight", "100")).toEqual([]);
    expect(ask("ingresses", "set-identifier", "dev-b-alb-ingress")).toHaveLength(1);
    expect(ask("ingresses", "aws-weight", "255")).toHaveLength(1);
    expect(ask("ingresses", "aws-region", "eu-west-1")).toHaveLength(1);
    expect(ask("services", "set-identifier", "dev-a-alb-ingress")).toHaveLength(1);
  });

  it("may stay where somebody else put them, and are those of the platform and of controllers to write", () => {
    const object = annotated({ "elbv2.k8s.aws/checkpoint": "x" });
    expect(refusals("controller-annotations", { object, oldObject: object })).toEqual([]);
    expect(refusals("controller-annotations", { object, groups: ["system:serviceaccounts"] })).toEqual([]);
    expect(refusals("controller-annotations", { object, groups: ["demarc:platform"] })).toEqual([]);
  });

  it("are none of the others", () => {
    expect(refusals("controller-annotations", { object: annotated({ "example.com/note": "x" }) })).toEqual([]);
    expect(refusals("controller-annotations", { object: annotated() })).toEqual([]);
  });
});
