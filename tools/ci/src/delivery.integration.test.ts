import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { comment } from "./comment/comment";
import { Delivery } from "./testing/delivery";

let delivery: Delivery;
beforeEach(() => {
  delivery = new Delivery();
  delivery.write("dev-network", "a vpc").write("dev-platform", "a platform").write("dev-petstore", "pets");
  delivery.write("dev-storefront", "a front").commit();
});
afterEach(() => {
  delivery.remove();
});

/** A branch with a change of its own, which is reviewed. */
async function reviewedBranch(change: (delivery: Delivery) => unknown) {
  delivery.git("checkout", "--quiet", "-B", "branch", "main");
  change(delivery);
  delivery.commit();
  return delivery.review();
}

/** As GitHub merges a pull request. */
function merge(): void {
  delivery.git("checkout", "--quiet", "main");
  delivery.git("merge", "--quiet", "--no-ff", "--no-edit", "branch");
}

describe("a first run", () => {
  it("asks for each part that nobody has seen, and once all is applied nothing is affected", async () => {
    expect(await delivery.affected()).toEqual(["infra", "k8s-platform", "petstore", "storefront"]);
    expect(await delivery.deploy()).toBe(2);
    expect(delivery.planned?.notReviewed).toEqual(["dev-network", "dev-petstore", "dev-storefront"]);
    expect(await delivery.deploy(delivery.digest)).toBe(2);
    expect(delivery.held("dev-network")).toBe("a vpc");
    expect(delivery.planned?.notReviewed).toEqual(["dev-platform"]);
    expect(await delivery.deploy(delivery.digest)).toBe(0);
    expect(delivery.held("dev-platform")).toBe("a vpc and a platform");
    expect(await delivery.affected()).toEqual([]);
    expect(await delivery.deploy()).toBe(0);
    expect(delivery.said.at(-1)).toBe("All of dev is as this commit wants it.");
  });
});

describe("once all is deployed", () => {
  beforeEach(async () => {
    await delivery.deployAll();
  });

  it("a change in one app plans that app alone and, merged as it was reviewed, is applied without a word", async () => {
    const summary = await reviewedBranch((given) => given.write("dev-petstore", "more pets"));
    expect(summary?.stacks).toEqual([
      expect.objectContaining({
        id: "dev-petstore",
        outcome: "changes",
        resources: [{ address: "terraform_data.thing", action: "update" }],
      }),
    ]);
    expect(readdirSync(delivery.stacks.plans()).filter((name) => name.includes(summary?.digest ?? "none"))).toEqual([]);
    merge();
    expect(await delivery.affected()).toEqual(["petstore"]);
    expect(await delivery.deploy()).toBe(0);
    expect(delivery.held("dev-petstore")).toBe("more pets");
    expect(await delivery.affected()).toEqual([]);
  });

  it.each([
    ["infra's settings", "packages/infra/src/settings/dev.ts", ["infra"]],
    ["shared", "packages/shared/src/environment/index.ts", ["infra", "k8s-platform", "petstore", "storefront"]],
    ["documents", "docs/architecture.md", undefined],
  ])(
    "a change of %s plans what is made of it, and nothing is asked where nothing changes",
    async (_, file, planned) => {
      const summary = await reviewedBranch(({ repository }) => {
        repository.write({ [file]: "// changed\n" });
      });
      expect(summary?.workspaces).toEqual(planned);
      merge();
      expect(await delivery.affected()).toEqual(planned ?? []);
      expect(await delivery.deploy()).toBe(0);
      expect(await delivery.affected()).toEqual([]);
    },
  );

  it("what nobody reviewed is not applied, and is where its plan is approved", async () => {
    delivery.write("dev-petstore", "pushed pets").commit();
    expect(await delivery.deploy()).toBe(2);
    expect(delivery.held("dev-petstore")).toBe("pets");
    expect(delivery.said.join("\n")).toContain(
      "Nothing of it is applied: dev-petstore would be changed otherwise than was reviewed for these files, or nobody has seen it.",
    );
    expect(await delivery.deploy(delivery.digest)).toBe(0);
    expect(delivery.held("dev-petstore")).toBe("pushed pets");
  });

  it("the same files that would now do otherwise than was reviewed are not applied", async () => {
    await reviewedBranch((given) => given.write("dev-petstore", "more pets"));
    merge();
    rmSync(delivery.stacks.state("dev-petstore"));
    expect(await delivery.deploy()).toBe(2);
    expect(delivery.planned?.stacks).toEqual([
      expect.objectContaining({ resources: [{ address: "terraform_data.thing", action: "create" }] }),
    ]);
  });

  it("what was reviewed of other files is not, and the merge queue's own review is", async () => {
    await reviewedBranch((given) => given.write("dev-petstore", "more pets"));
    delivery.git("checkout", "--quiet", "main");
    delivery.write("dev-storefront", "another front").commit();
    await delivery.deployAll();
    merge();
    expect(await delivery.deploy()).toBe(2);
    // The queue's merge commit, planned against what main was before.
    await delivery.review("HEAD~1");
    expect(await delivery.deploy()).toBe(0);
    expect(delivery.held("dev-petstore")).toBe("more pets");
  });

  it("what comes after a change of outputs is planned after it, and asked for: nobody has seen it", async () => {
    const summary = await reviewedBranch(({ repository }) => {
      delivery.write("dev-network", "another vpc");
      repository.write({ "packages/k8s-platform/src/settings.ts": "// changed\n" });
    });
    expect(summary?.stacks.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["dev-network", "changes"],
      ["dev-platform", "later"],
    ]);
    merge();
    expect(await delivery.deploy()).toBe(2);
    expect(delivery.held("dev-network")).toBe("another vpc");
    expect(delivery.planned?.notReviewed).toEqual(["dev-platform"]);
    expect(await delivery.deploy(delivery.digest)).toBe(0);
    expect(delivery.held("dev-platform")).toBe("another vpc and a platform");
  });

  it("a failed deploy is affected again, after a change of documents too", async () => {
    await reviewedBranch((given) => given.write("dev-petstore", "fails").write("dev-storefront", "another front"));
    merge();
    expect(await delivery.deploy()).toBe(1);
    expect(delivery.held("dev-storefront")).toBe("another front");
    expect(await delivery.affected()).toEqual(["petstore"]);
    delivery.repository.write({ "docs/architecture.md": "more\n" });
    delivery.commit();
    expect(await delivery.affected()).toEqual(["petstore"]);
  });

  it("no summary, comment or record of a review has a value of what is planned", async () => {
    const summary = await reviewedBranch((given) => given.write("dev-petstore", "hidden-value"));
    const [reviewed = ""] = readdirSync(delivery.stacks.plans("petstore/reviewed"));
    const record = readFileSync(delivery.stacks.plans("petstore/reviewed", reviewed), "utf8");
    expect(path.parse(reviewed).name).toBe(delivery.git("rev-parse", "HEAD^{tree}"));
    expect(record).toContain("dev-petstore");
    const told = comment(summary === undefined ? [] : [summary]);
    expect(told).toContain("0 to add, 1 to change");
    expect(`${JSON.stringify(summary)}${record}${told}${delivery.said.join("\n")}`).not.toContain("hidden-value");
  });
});
