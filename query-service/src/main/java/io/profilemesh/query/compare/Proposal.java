package io.profilemesh.query.compare;

import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.DriftPolicy;
import io.profilemesh.core.drift.NamePattern;
import io.profilemesh.core.profile.DatasetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Policies that are proposed, and the history they are tried on.
 *
 * @param policies added to those in force, in the place of those with the same id
 * @param removed ids of policies in force that would go
 * @param datasets pattern of dataset ids; one without a slice covers the slices of its tables
 * @param from runs from this instant on
 * @param to runs before this instant
 */
public record Proposal(
    List<DriftPolicy> policies,
    Set<String> removed,
    NamePattern datasets,
    Instant from,
    Instant to) {

  public Proposal {
    policies = List.copyOf(policies);
    removed = Set.copyOf(removed);
  }

  /** The policies as they would be. */
  DriftPolicies over(DriftPolicies inForce) {
    Set<String> replaced = policies.stream().map(DriftPolicy::id).collect(Collectors.toSet());
    List<DriftPolicy> all = new ArrayList<>(policies);
    inForce.policies().stream()
        .filter(policy -> !replaced.contains(policy.id()) && !removed.contains(policy.id()))
        .forEach(all::add);
    return new DriftPolicies(inForce.version(), all);
  }

  boolean covers(DatasetId dataset) {
    return datasets.matches(dataset.toString())
        || (dataset.slice() != null && datasets.matches(dataset.wholeTable().toString()));
  }
}
