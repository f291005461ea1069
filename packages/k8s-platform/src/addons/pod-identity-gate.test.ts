import type { SynthesizedStack } from "@demarc/shared/testing";
import { addonsStack, devOn } from "../testing/platform";

const ASSOCIATION = "aws_eks_pod_identity_association";

/** Addresses of the add-ons' associations and of the gate's own. */
function associations(stack: SynthesizedStack): { readonly gate: string; readonly others: readonly string[] } {
  const [gate = "", ...more] = stack.labels(ASSOCIATION).filter((label) => label.startsWith("pod-identity"));
  expect(more).toEqual([]);
  const others = stack.labels(ASSOCIATION).filter((label) => label !== gate);
  return { gate, others };
}

const job = (stack: SynthesizedStack) => stack.resource("kubernetes_job_v1") as { metadata: object; spec: object };

describe.each(["managed-nodes", "auto-mode"] as const)("an association takes seconds to act, so on %s", (kind) => {
  const stack = addonsStack(devOn(kind));
  const { gate, others } = associations(stack);

  it("the gate has the last of them", () => {
    expect(others.length).toBeGreaterThan(0);
    expect(stack.labelled(ASSOCIATION, gate)).toMatchObject({
      depends_on: expect.arrayContaining(others.map((label) => `${ASSOCIATION}.${label}`)),
    });
  });

  it("its Job comes after that one, is waited for, and is another one for other associations", () => {
    expect(job(stack)).toMatchObject({
      depends_on: expect.arrayContaining([`${ASSOCIATION}.${gate}`]),
      wait_for_completion: true,
      metadata: { name: expect.stringMatching(/^pod-identity-gate-\$\{substr\(sha256\(/) },
    });
    for (const label of others)
      expect(JSON.stringify(job(stack).metadata)).toContain(`${ASSOCIATION}.${label}.association_id`);
  });

  it("each release waits for the Job", () => {
    for (const release of stack.resources("helm_release"))
      expect(release["depends_on"]).toEqual(
        expect.arrayContaining([expect.stringMatching(/^kubernetes_job_v1\.pod-identity_job/)]),
      );
  });

  it("a pod without credentials fails and another one is admitted, until one has them", () => {
    expect(job(stack).spec).toMatchObject({
      backoff_limit: 5,
      template: {
        spec: {
          service_account_name: expect.stringContaining("pod-identity"),
          restart_policy: "Never",
          container: [{ command: ["/bin/bash", "-c", 'test -n "$AWS_CONTAINER_CREDENTIALS_FULL_URI"'] }],
        },
      },
    });
  });

  it("the gate itself may do nothing in AWS", () => {
    const role = stack.labels("aws_iam_role").find((label) => label.startsWith("pod-identity"));
    expect(role).toBeDefined();
    expect(JSON.stringify(stack.resources("aws_iam_role_policy"))).not.toContain(String(role));
  });
});

it("on Fargate there is no association to wait for", () => {
  expect(addonsStack(devOn("fargate")).resourceTypes).not.toContain("kubernetes_job_v1");
});

it("the gate's image comes from the mirror where there is one", () => {
  const mirror = { images: { "public.ecr.aws": "registry.example.com/aws" } };
  expect(JSON.stringify(job(addonsStack(devOn("managed-nodes"), { mirror })).spec)).toContain(
    "registry.example.com/aws/aws-cli/aws-cli:",
  );
});
