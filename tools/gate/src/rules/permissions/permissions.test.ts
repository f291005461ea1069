import { findings, type GivenPlan, policy } from "../../testing/plan";

const found = (resources: GivenPlan["resources"]) => findings(resources, "permissions");
const unseen = (resources: GivenPlan["resources"]) => findings(resources, "unseen");

const get = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const put = { ...get, Action: "s3:PutObject" };
const keep = { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" };
const admin = { Effect: "Allow", Action: "*", Resource: "*" };
const trust = (service: string) =>
  policy({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
const BOUNDARY = "arn:aws:iam::123456789012:policy/demarc/b";
const role = { name: "r", permissions_boundary: BOUNDARY, assume_role_policy: trust("ec2.amazonaws.com") };
const held = (...statements: Record<string, unknown>[]) => ({ role: "r", policy: policy(...statements) });

describe("a policy", () => {
  it.each(["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"])(
    "%s may not allow more, nor deny less",
    (type) => {
      const of = { role: "r", user: "r", group: "r" };
      const change = (before: string, after: string) => ({
        [`${type}.it`]: { before: { ...of, policy: before }, after: { ...of, policy: after } },
      });
      expect(found(change(policy(get), policy(get, put)))).toMatchObject([
        { address: `${type}.it`, reason: "policy: would be new: Allow s3:PutObject on arn:aws:s3:::b/*" },
      ]);
      expect(found(change(policy(get, keep), policy(get)))).toMatchObject([
        { reason: "policy: would go: Deny s3:DeleteObject on *" },
      ]);
      expect(found(change(policy(get, put), policy(get)))).toEqual([]);
      expect(found(change(policy(get), policy(get, keep)))).toEqual([]);
    },
  );

  it("that is new gives a role that is there more", () => {
    expect(found({ "aws_iam_role_policy.it": { after: held(get) } })).toHaveLength(1);
  });

  it("that takes a statement over from another one of the same role gives nothing more", () => {
    const moved = {
      "aws_iam_role_policy.a": { before: held(get, put), after: held(get) },
      "aws_iam_role_policy.b": { after: held(put) },
    };
    expect(found(moved)).toEqual([]);
    const renamed = {
      "aws_iam_role_policy.a": { before: held(get, keep) },
      "aws_iam_role_policy.b": { after: held(get, keep) },
    };
    expect(found(renamed)).toEqual([]);
  });

  it("that goes with a Deny is refused where its role stays", () => {
    const gone = { "aws_iam_role_policy.it": { before: held(keep) } };
    expect(found(gone)).toHaveLength(1);
    expect(found({ ...gone, "aws_iam_role.it": { before: role } })).toEqual([]);
  });

  it("is told without its statements where it is sensitive", () => {
    const change = { before: held(get), after: held(put), sensitive: { policy: true } };
    const [first] = found({ "aws_iam_role_policy.it": change });
    expect(first?.reason).toBe("policy would allow more (it is marked sensitive)");
  });

  it("that nobody can see is told as such, where there was one", () => {
    const change = { before: held(get), after: { role: "r" }, unknown: { policy: true } };
    expect(unseen({ "aws_iam_role_policy.it": change })).toMatchObject([{ address: "aws_iam_role_policy.it" }]);
    expect(unseen({ "aws_iam_role_policy.it": { after: { role: "r" }, unknown: { policy: true } } })).toEqual([]);
  });
});

it("a document that readers may understand in several ways is told as one that nobody can see", () => {
  const twice = `{"Statement": [], "Statement": [${JSON.stringify(admin)}]}`;
  for (const type of ["aws_iam_policy", "aws_iam_role_policy", "aws_s3_bucket_policy"]) {
    expect(unseen({ [`${type}.it`]: { after: { role: "r", bucket: "b", policy: twice } } })).toHaveLength(1);
  }
});

describe("a role that is made", () => {
  const made = { "aws_iam_role.it": { after: role } };

  it("may have policies, but no administrator's", () => {
    expect(found({ ...made, "aws_iam_role_policy.it": { after: held(get) } })).toEqual([]);
    expect(found({ ...made, "aws_iam_role_policy.it": { after: held(admin) } })).toHaveLength(1);
    const unnamed = { after: { policy: policy(get) }, unknown: { role: true } };
    expect(found({ ...made, "aws_iam_role_policy.it": unnamed })).toEqual([]);
    const attached = (name: string) => ({
      ...made,
      "aws_iam_role_policy_attachment.it": { after: { role: "r", policy_arn: `arn:aws:iam::aws:policy/${name}` } },
    });
    expect(found(attached("AmazonEKSClusterPolicy"))).toEqual([]);
    expect(found(attached("AdministratorAccess"))).toHaveLength(1);
  });

  it("has a boundary, known or made with it", () => {
    expect(found({ "aws_iam_role.it": { after: { ...role, permissions_boundary: null } } })).toMatchObject([
      { reason: expect.stringContaining("no permissions_boundary") },
    ]);
    const after = { name: "r", assume_role_policy: role.assume_role_policy };
    expect(found({ "aws_iam_role.it": { after, unknown: { permissions_boundary: true } } })).toEqual([]);
  });

  it("trusts somebody", () => {
    const anybody = policy({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" });
    expect(found({ "aws_iam_role.it": { after: { ...role, assume_role_policy: anybody } } })).toHaveLength(1);
  });
});

describe("a role that is there", () => {
  const changed = (after: Record<string, unknown>) => ({
    "aws_iam_role.it": { before: role, after: { ...role, ...after } },
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["lose its boundary", { permissions_boundary: null }, "taken off"],
    ["get another boundary", { permissions_boundary: "arn:other" }, "another one"],
    ["trust others", { assume_role_policy: trust("lambda.amazonaws.com") }, "Service:lambda.amazonaws.com"],
    ["get a policy of its own", { inline_policy: [{ name: "p", policy: policy(put) }] }, "s3:PutObject"],
    ["get a managed policy", { managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }, "ReadOnlyAccess"],
  ])("may not %s", (_, after, reason) => {
    expect(found(changed(after))).toMatchObject([{ reason: expect.stringContaining(reason) }]);
  });

  it("stays what it is under another address", () => {
    const moved = (after: object) =>
      found({ "aws_iam_role.old": { before: role }, "aws_iam_role.now": { after: { ...role, ...after } } });
    expect(moved({})).toEqual([]);
    expect(moved({ assume_role_policy: trust("lambda.amazonaws.com") })).toMatchObject([
      { address: "aws_iam_role.now" },
    ]);
  });

  it("may get a description, and a boundary where it had none", () => {
    expect(found(changed({ description: "new" }))).toEqual([]);
    expect(found({ "aws_iam_role.it": { before: { ...role, permissions_boundary: null }, after: role } })).toEqual([]);
  });

  it("may not be given a policy, unless it had it under another address", () => {
    const of = { role: "r", policy_arn: "arn:aws:iam::123456789012:policy/p" };
    expect(found({ "aws_iam_role_policy_attachment.new": { after: of } })).toHaveLength(1);
    expect(
      found({ "aws_iam_role_policy_attachment.new": { after: { role: "r" }, unknown: { policy_arn: true } } }),
    ).toHaveLength(1);
    expect(
      found({
        "aws_iam_role_policy_attachment.new": { after: of },
        "aws_iam_role_policy_attachment.old": { before: of },
      }),
    ).toEqual([]);
    expect(
      found({ "aws_iam_policy_attachment.it": { before: { roles: ["a"] }, after: { roles: ["a", "b"] } } }),
    ).toHaveLength(1);
  });
});

it("keys, users and grants are refused", () => {
  expect(found({ "aws_kms_grant.it": { after: { key_id: "k" } } })).toHaveLength(1);
  expect(found({ "aws_iam_access_key.it": { after: { user: "u" } } })).toHaveLength(1);
  expect(found({ "aws_iam_user.it": { after: { name: "u", permissions_boundary: BOUNDARY } } })).toHaveLength(1);
});

describe("a policy of a resource", () => {
  const ours = { ...get, Principal: { AWS: "arn:aws:iam::123456789012:root" } };
  const theirs = { ...get, Principal: { AWS: "arn:aws:iam::210987654321:root" } };
  const denied = { ...keep, Principal: "*" };
  const of = (...statements: Record<string, unknown>[]) => ({ bucket: "b", policy: policy(...statements) });

  it("may not let in others, nor deny less", () => {
    expect(found({ "aws_s3_bucket_policy.it": { before: of(ours), after: of(ours, theirs) } })).toHaveLength(1);
    expect(found({ "aws_s3_bucket_policy.it": { before: of(ours, denied), after: of(ours) } })).toHaveLength(1);
    expect(found({ "aws_kms_key.it": { before: of(ours), after: of(theirs) } })).toHaveLength(1);
  });

  it("may come with its resource, and go with it, but not alone where it denies", () => {
    expect(found({ "aws_s3_bucket_policy.it": { after: of(ours) } })).toEqual([]);
    const gone = { "aws_s3_bucket_policy.it": { before: of(denied) } };
    expect(found(gone)).toHaveLength(1);
    expect(found({ ...gone, "aws_s3_bucket.it": { before: { id: "b" } } })).toEqual([]);
  });

  it("is told by one rule where it lets in the world", () => {
    expect(found({ "aws_s3_bucket_policy.it": { before: of(), after: of({ ...get, Principal: "*" }) } })).toEqual([]);
  });

  it("that nobody can see is told as such", () => {
    const change = { before: of(ours), after: { bucket: "b" }, unknown: { policy: true } };
    expect(unseen({ "aws_s3_bucket_policy.it": change })).toHaveLength(1);
  });
});

describe("access to a cluster", () => {
  const entry = { cluster_name: "dev-a", principal_arn: "arn:r", type: "STANDARD", kubernetes_groups: ["viewers"] };
  const scope = (type: string, ...namespaces: string[]) => [{ type, namespaces }];
  const association = {
    cluster_name: "dev-a",
    principal_arn: "arn:r",
    policy_arn: "arn:edit",
    access_scope: scope("namespace", "pets"),
  };
  const type = "aws_eks_access_policy_association";

  it("may not be given to more, for more groups, or further", () => {
    expect(found({ "aws_eks_access_entry.it": { after: entry } })).toHaveLength(1);
    const more = { ...entry, kubernetes_groups: ["viewers", "admins"] };
    expect(found({ "aws_eks_access_entry.it": { before: entry, after: more } })).toMatchObject([
      { reason: "would let in more: arn:r as group admins" },
    ]);
    expect(
      found({ [`${type}.it`]: { before: association, after: { ...association, access_scope: scope("cluster") } } }),
    ).toHaveLength(1);
    expect(
      found({ [`${type}.it`]: { before: association, after: { ...association, policy_arn: "arn:admin" } } }),
    ).toHaveLength(1);
  });

  it("may become less, and may come with its cluster", () => {
    expect(found({ "aws_eks_access_entry.it": { before: entry, after: { ...entry, kubernetes_groups: [] } } })).toEqual(
      [],
    );
    const whole = { ...association, access_scope: scope("cluster") };
    expect(found({ [`${type}.it`]: { before: whole, after: association } })).toEqual([]);
    expect(
      found({ "aws_eks_cluster.it": { after: { name: "dev-a" } }, "aws_eks_access_entry.it": { after: entry } }),
    ).toEqual([]);
  });

  it("of pods: a role that is there already goes to nobody else", () => {
    const pods = {
      cluster_name: "dev-a",
      namespace: "pets",
      service_account: "a",
      role_arn: "arn:aws:iam::1:role/p/r",
    };
    const other = { before: pods, after: { ...pods, service_account: "b" } };
    expect(found({ "aws_eks_pod_identity_association.it": other })).toHaveLength(1);
    expect(
      found({ "aws_eks_pod_identity_association.it": { after: pods }, "aws_iam_role.it": { after: role } }),
    ).toEqual([]);
  });
});

describe.each(["", "_v1"])("RBAC of Kubernetes (kubernetes_…%s)", (version) => {
  const rule = { api_groups: [""], resources: ["pods"], verbs: ["get", "list"] };
  const named = (...rules: object[]) => ({ metadata: [{ name: "r" }], rule: rules });
  const clusterRole = `kubernetes_cluster_role${version}.it`;
  const binding = { role_ref: [{ kind: "ClusterRole", name: "r" }], subject: [{ kind: "Group", name: "g" }] };

  it.each([`kubernetes_role${version}`, `kubernetes_cluster_role${version}`])("%s may not allow more", (type) => {
    const change = (before: object, after: object) =>
      found({ [`${type}.it`]: { before: named(before), after: named(after) } });
    expect(change(rule, { ...rule, verbs: ["get", "delete"] })).toMatchObject([
      { reason: "rule: would be new: delete pods" },
    ]);
    expect(change({ ...rule, resource_names: ["a"] }, rule)).toHaveLength(1);
    expect(change({ ...rule, verbs: ["*"] }, rule)).toEqual([]);
    expect(change(rule, { ...rule, resource_names: ["a"] })).toEqual([]);
  });

  it("a role that is made gives nothing, unless by it one gets what others have", () => {
    expect(found({ [clusterRole]: { after: named(rule) } })).toEqual([]);
    expect(found({ [clusterRole]: { after: named({ ...rule, verbs: ["impersonate"] }) } })).toHaveLength(1);
    expect(
      found({ [clusterRole]: { after: named({ api_groups: ["*"], resources: ["*"], verbs: ["*"] }) } }),
    ).toHaveLength(1);
  });

  it("a binding comes with its role, and gives one that is there to nobody else", () => {
    const address = `kubernetes_cluster_role_binding${version}.it`;
    expect(found({ [address]: { after: binding } })).toMatchObject([
      { reason: "would be given ClusterRole r: Group g" },
    ]);
    expect(found({ [address]: { after: binding }, [clusterRole]: { after: named(rule) } })).toEqual([]);
    const more = { ...binding, subject: [...binding.subject, { kind: "User", name: "u" }] };
    expect(found({ [address]: { before: binding, after: more } })).toHaveLength(1);
    expect(found({ [address]: { before: more, after: binding } })).toEqual([]);
  });
});

describe("RBAC that a release or a manifest has", () => {
  const role = (verb: string) => ({
    kind: "Role",
    metadata: { name: "r" },
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: [verb] }],
  });
  const values = (...objects: object[]) => ({ values: [JSON.stringify({ objects })] });

  it("may not allow more either", () => {
    const release = { before: values(role("get")), after: values(role("*")) };
    expect(found({ "helm_release.it": release })).toMatchObject([
      { address: "helm_release.it", reason: "rule: would be new: * pods" },
    ]);
    expect(
      found({ "kubernetes_manifest.it": { before: { manifest: role("get") }, after: { manifest: role("delete") } } }),
    ).toHaveLength(1);
    expect(found({ "helm_release.it": { ...release, after: release.before } })).toEqual([]);
  });

  it("gives a role that is there to nobody else, and is told without names where values are sensitive", () => {
    const binding = {
      kind: "RoleBinding",
      metadata: { name: "b" },
      roleRef: { kind: "Role", name: "r" },
      subjects: [{ kind: "User", name: "hunter2" }],
    };
    const release = { before: values(role("get")), after: values(role("get"), binding) };
    expect(found({ "helm_release.it": release })).toMatchObject([{ reason: expect.stringContaining("User hunter2") }]);
    const [hidden] = found({ "helm_release.it": { ...release, sensitive: { values: true } } });
    expect(hidden?.reason).toContain("marked sensitive");
  });
});
