import { synthesize } from "@demarc/shared/stack";
import { build } from "./stacks";

synthesize(build);
