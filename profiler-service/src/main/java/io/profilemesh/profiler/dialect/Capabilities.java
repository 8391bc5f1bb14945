package io.profilemesh.profiler.dialect;

/**
 * What an engine can do; a request for more is refused before the scan.
 *
 * @param sharedSnapshot several connections can read one snapshot
 * @param bernoulliSampling rows can be chosen one by one
 * @param blockSampling whole storage blocks can be chosen
 * @param seededSampling a seed makes the choice repeatable
 */
public record Capabilities(
    boolean sharedSnapshot,
    boolean bernoulliSampling,
    boolean blockSampling,
    boolean seededSampling) {}
