/**
 * In tests, in place of CDKTF's own: it keeps for each of thousands of tokens where it was made, which Jest then looks up in source
 * maps. That is two thirds of a synth in a test, and tells only of tokens that cannot be resolved.
 */
exports.captureStackTrace = () => [];
