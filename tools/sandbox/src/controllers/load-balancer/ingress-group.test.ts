import { ingressGroups } from "./ingress-group";
import { INSTALLED, type IngressClassParams } from "./kinds";
import { ingress, objects } from "./testing/objects";

const GOING = "2026-01-01T00:00:00Z";

/** Each group as its id, its members and those that leave it. */
function groups(given: Parameters<typeof objects>[0], params?: NonNullable<IngressClassParams["spec"]>) {
  return ingressGroups(objects(given, params), INSTALLED).map(({ id, finalizer, members, leaving }) => ({
    id,
    finalizer,
    members: members.map((member) => member.ingress.metadata.name),
    leaving: leaving.map(({ metadata }) => metadata.name),
  }));
}

describe("Ingresses", () => {
  it("have a load balancer each where nothing puts them together", () => {
    const finalizer = "ingress.k8s.aws/resources";
    expect(groups([ingress("a"), ingress("b")])).toEqual([
      { id: "shop/a", finalizer, members: ["a"], leaving: [] },
      { id: "shop/b", finalizer, members: ["b"], leaving: [] },
    ]);
  });

  it("share one by the group of their class, which outranks their own, in the order that they ask for", () => {
    const given = [
      ingress("a", { annotations: { "group.name": "mine", "group.order": "10" } }),
      ingress("c", { annotations: { "group.order": "-1" } }),
      ingress("b"),
    ];
    expect(groups(given, { group: { name: "all" } })).toEqual([
      { id: "all", finalizer: "group.ingress.k8s.aws/all", members: ["c", "b", "a"], leaving: [] },
    ]);
  });

  it("leave their group when they go, or when it is another", () => {
    const finalizers = ["group.ingress.k8s.aws/old"];
    const given = [
      ingress("moved", { finalizers, annotations: { "group.name": "new" } }),
      ingress("gone", { finalizers, deletionTimestamp: GOING }),
    ];
    expect(groups(given)).toEqual([
      { id: "new", finalizer: "group.ingress.k8s.aws/new", members: ["moved"], leaving: [] },
      { id: "old", finalizer: "group.ingress.k8s.aws/old", members: [], leaving: ["moved", "gone"] },
    ]);
  });

  it("are left as they are while their class is not there: an uninstall takes it first", () => {
    const finalizers = ["ingress.k8s.aws/resources"];
    expect(groups([ingress("a", { finalizers, spec: { ingressClassName: "gone" } })])).toEqual([]);
  });

  it("are left alone where another controller serves their class, or their namespace is not let in", () => {
    expect(groups([ingress("a")], { namespaceSelector: { matchLabels: { team: "pets" } } })).toEqual([]);
    const others = objects([ingress("a")]);
    const classes = others.classes.map((one) => ({ ...one, spec: { ...one.spec, controller: "traefik.io/ingress" } }));
    expect(ingressGroups({ ...others, classes }, INSTALLED)).toEqual([]);
  });

  it("are served in namespaces whose labels the class selects", () => {
    const namespaceSelector = { matchExpressions: [{ key: "team", operator: "Exists" }] };
    expect(groups([ingress("a")], { namespaceSelector })).toHaveLength(1);
  });
});
