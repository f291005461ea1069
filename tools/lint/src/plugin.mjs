import { boundaries } from "./rules/boundaries.mjs";
import { namedByDomain } from "./rules/named-by-domain.mjs";
import { noEnvironmentBranch } from "./rules/no-environment-branch.mjs";
import { noHiddenImports } from "./rules/no-hidden-imports.mjs";
import { noImportCycles } from "./rules/no-import-cycles.mjs";
import { noInlineConfig } from "./rules/no-inline-config.mjs";
import { providerSubmodules } from "./rules/provider-submodules.mjs";
import { shortConstructors } from "./rules/short-constructors.mjs";

/** The team's rules that no published plugin has. */
export const demarc = {
  meta: { name: "demarc" },
  rules: {
    boundaries,
    "named-by-domain": namedByDomain,
    "no-environment-branch": noEnvironmentBranch,
    "no-hidden-imports": noHiddenImports,
    "no-import-cycles": noImportCycles,
    "no-inline-config": noInlineConfig,
    "provider-submodules": providerSubmodules,
    "short-constructors": shortConstructors,
  },
};
