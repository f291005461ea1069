import { itFitsProviders } from "@demarc/shared/testing";
import { build, buildFrom } from "./stacks";
import { devOn } from "./testing/platform";

itFitsProviders(build);

describe("on every compute kind, whichever of them an environment has", () => {
  itFitsProviders(buildFrom({ dev: {} }), [devOn("managed-nodes"), devOn("fargate"), devOn("auto-mode")]);
});
