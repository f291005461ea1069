import { dev } from "../testing/environments";
import {
  accountStackId,
  allEnvironments,
  clusterArn,
  clusterName,
  clusterNames,
  deliveryRole,
  environmentNamed,
  InvalidInput,
  roleArn,
  stateBucket,
} from ".";

describe("names in AWS", () => {
  it("are unique to account and region where AWS's names are global", () => {
    expect(stateBucket(dev)).toBe("demarc-state-123456789012-ap-northeast-1");
    expect(accountStackId(dev)).toBe("account-123456789012-ap-northeast-1");
  });

  it("fit into S3's 63 characters in the region with the longest name", () => {
    expect(stateBucket({ account: "123456789012", region: "ap-northeast-1" }).length).toBeLessThanOrEqual(63);
  });

  it("build cluster and role names from the environment", () => {
    expect(clusterName(dev, "a")).toBe("dev-a");
    expect(clusterNames(dev)).toEqual(["dev-a"]);
    expect(clusterArn({ account: "123456789012", region: "eu-west-1" }, "test-a")).toBe(
      "arn:aws:eks:eu-west-1:123456789012:cluster/test-a",
    );
    expect(roleArn(dev, "team/pets")).toBe("arn:aws:iam::123456789012:role/team/pets");
    expect(deliveryRole(dev, "petstore", "plan")).toBe("demarc/dev/access/dev-petstore-plan");
  });

  it("fit into IAM's 64 characters where roles deploy the app with the longest name", () => {
    const [environment, app] = [{ name: "e".repeat(16) }, "a".repeat(30)];
    const [name = ""] = deliveryRole(environment, app, "deploy").split("/").slice(-1);
    expect(name.length).toBeLessThanOrEqual(64);
  });
});

describe("environmentNamed", () => {
  it("names the known ones where there is none of that name", () => {
    const known = allEnvironments()
      .map(({ name }) => name)
      .join(", ");
    expect(() => environmentNamed("-")).toThrow(InvalidInput);
    expect(() => environmentNamed("-")).toThrow(`known are: ${known}`);
  });
});
