import fc from "fast-check";
import { accountStateOf, deployedRecordOf, planManifestOf, savedPlanOf, stateOf } from ".";
import { dev } from "../testing";

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);

describe("where states lie", () => {
  it("is apart for every stack of every cluster, workspace and environment", () => {
    const place = fc.tuple(
      label,
      fc.constantFrom("infra" as const, "k8s-platform" as const, "apps" as const),
      label,
      label,
    );
    fc.assert(
      fc.property(place, place, (one, other) => {
        const [first, second] = [one, other].map(([name, workspace, stack, cluster]) =>
          stateOf({ ...dev, name }, workspace, stack, cluster),
        );
        expect(JSON.stringify(first) === JSON.stringify(second)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });

  it("is one place for the account stack, whatever environment asks", () => {
    const { environment: _, ...fromDev } = accountStateOf(dev);
    const { environment: __, ...fromTest } = accountStateOf({ ...dev, name: "test" });
    expect(fromDev).toEqual(fromTest);
    expect(fromDev).toMatchObject({
      stackId: "account-123456789012-ap-northeast-1",
      backend: { key: "account/infra/account.tfstate" },
    });
  });

  it("names the key of the states in every write but the account stack's, which comes before the key", () => {
    expect(stateOf(dev, "infra", "network").backend).toMatchObject({
      kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:alias/demarc-state",
    });
    expect(accountStateOf(dev).backend).toMatchObject({ kmsKeyArn: undefined });
  });

  it("keeps saved plans beside the states of all environments, encrypted likewise", () => {
    expect(savedPlanOf(dev, "infra", "dev-network", "abc")).toMatchObject({
      key: "plans/dev/infra/dev-network/abc",
      kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:alias/demarc-state",
    });
    expect(planManifestOf(dev, "abc")).toMatchObject({ key: "plans/dev/_manifests/abc.json" });
    expect(deployedRecordOf(dev, "petstore")).toMatchObject({ key: "deployed/dev/petstore.json" });
  });
});
