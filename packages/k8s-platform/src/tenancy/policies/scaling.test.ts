import { refusals } from "../../testing/admission";

const scale = (replicas: number, selector?: string) => ({
  kind: "Scale",
  metadata: { name: "app", namespace: "pets" },
  spec: { replicas },
  status: { replicas: 1, ...(selector === undefined ? {} : { selector }) },
});
const asked = (selector?: string) => ({ object: scale(0, "app=own"), oldObject: scale(1, selector) });
const AUTOSCALER = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";

it.each(["demarc/owner=k8s-platform", "app=app,demarc/owner=k8s-platform", "demarc/owner=k8s-platform,tier=x"])(
  "a workload of the platform's, whose selector is %s, is scaled by neither a team nor its autoscaler",
  (selector) => {
    const refused = [expect.stringContaining("this workload is the platform's")];
    expect(refusals("scaling", asked(selector))).toEqual(refused);
    expect(refusals("scaling", { ...asked(selector), groups: [], username: AUTOSCALER })).toEqual(refused);
    expect(refusals("scaling", { ...asked(selector), groups: ["demarc:platform"] })).toEqual([]);
  },
);

it.each([undefined, "", "app=app", "app=app,x-demarc/owner=k8s-platform", "demarc/owner=k8s-platform2"])(
  "a team's own workload, whose selector is %s, is scaled by both",
  (selector) => {
    expect(refusals("scaling", asked(selector))).toEqual([]);
    expect(refusals("scaling", { ...asked(selector), groups: [], username: AUTOSCALER })).toEqual([]);
  },
);
