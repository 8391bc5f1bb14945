package io.profilemesh.query.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem document. */
final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(ProblemCode code, String detail, @Nullable String field) {
    this(code, detail, field, null);
  }

  ProblemException(
      ProblemCode code, String detail, @Nullable String field, @Nullable List<String> choices) {
    super(detail, null, false, false);
    this.problem = Problem.of(code, detail, field, choices);
  }

  /** A parameter that cannot be understood. */
  static ProblemException invalid(String field, String detail) {
    return new ProblemException(ProblemCode.INVALID_PARAMETER, detail, field);
  }

  static ProblemException notFound(String detail) {
    return new ProblemException(ProblemCode.NOT_FOUND, detail, null);
  }

  Problem problem() {
    return problem;
  }
}
