import stackTrace from "cdktf/lib/tokens/private/stack-trace.js";

// CDKTF keeps for each of thousands of tokens where it was made, which Vitest then looks up in source maps. That is much of a
// synth in a test, and tells only of a token that cannot be resolved.
stackTrace.captureStackTrace = () => [];
