import { everyExposure } from "../testing";
import { appKinds, appKindsWith } from "./kinds";

const named = (kinds: ReturnType<typeof appKindsWith>) => kinds.map(({ group, kind }) => `${kind} ${group}`);
const INGRESS = "Ingress networking.k8s.io";
const ROUTE = "IngressRoute traefik.io";

it("are those that an exposure needs, beside those of every app", () => {
  const alb = named(appKindsWith([{ kind: "alb-ingress", scheme: "internal" }]));
  const traefik = named(appKindsWith([{ kind: "traefik", scheme: "internal" }]));
  expect(alb.filter((kind) => !traefik.includes(kind))).toEqual([INGRESS]);
  expect(traefik.filter((kind) => !alb.includes(kind))).toEqual([ROUTE]);
  expect(traefik).toEqual(expect.arrayContaining(["Service ", "Deployment apps", "NetworkPolicy networking.k8s.io"]));
});

it("are those of both while traffic moves from one exposure to another", () => {
  const both = named(
    appKindsWith([
      { kind: "alb-ingress", scheme: "internal" },
      { kind: "traefik", scheme: "internal" },
    ]),
  );
  expect(both).toEqual(expect.arrayContaining([INGRESS, ROUTE]));
});

it.each(everyExposure)("are each named once, each group in one place, and known: %s", (_, exposures) => {
  const kinds = appKindsWith(exposures);
  expect(new Set(named(kinds)).size).toBe(kinds.length);
  const turns = kinds.filter(({ group }, at) => kinds[at - 1]?.group !== group);
  expect(turns).toHaveLength(new Set(kinds.map(({ group }) => group)).size);
  expect(named([...appKinds])).toEqual(expect.arrayContaining(named(kinds)));
});
