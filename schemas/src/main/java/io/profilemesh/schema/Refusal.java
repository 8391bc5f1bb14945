package io.profilemesh.schema;

/**
 * Why something was refused.
 *
 * @param code code of the one vocabulary
 * @param message one sentence for people, without values of what was refused
 */
public record Refusal(ReasonCode code, String message) {}
