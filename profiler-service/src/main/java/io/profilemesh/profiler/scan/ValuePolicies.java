package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ValuePolicy;

/** Which columns of a dataset may publish literal values. */
@FunctionalInterface
public interface ValuePolicies {

  /** Nothing is published in clear. */
  ValuePolicies REDACT_ALL = column -> ValuePolicy.REDACTED;

  ValuePolicy of(ColumnName column);
}
