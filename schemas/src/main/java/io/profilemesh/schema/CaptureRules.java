package io.profilemesh.schema;

import org.jspecify.annotations.Nullable;

/** Rules of the records about change capture. */
final class CaptureRules {

  private CaptureRules() {}

  static @Nullable String problem(CaptureState state) {
    if (!Shapes.isName(state.getEnvironment()) || !Shapes.isName(state.getSource())) {
      return "environment or source is empty or not printable.";
    }
    String dataset = state.getDatasetId();
    if (dataset != null && !Shapes.isDatasetId(dataset)) {
      return "datasetId is not of the form source/schema/table.";
    }
    if (state.getInserted() < 0
        || state.getUpdated() < 0
        || state.getDeleted() < 0
        || state.getTruncated() < 0
        || state.getRequests() < 0) {
      return "a count is negative.";
    }
    if (!Shapes.isText(state.getRequestId(), Parts.LONGEST_REQUEST_ID)
        || !Shapes.isText(state.getMissed(), Parts.LONGEST_MESSAGE)) {
      return "requestId or missed is too long or not printable.";
    }
    return Shapes.isInstantOrNull(state.getActivatedAt())
            && Shapes.isInstant(state.getUpdatedAt())
            && Shapes.isInstantOrNull(state.getFirstChangeAt())
            && Shapes.isInstantOrNull(state.getLastChangeAt())
            && Shapes.isInstantOrNull(state.getRequestedAt())
            && Shapes.isInstantOrNull(state.getSweptAt())
        ? null
        : "an instant lies outside 1970 to 2100.";
  }
}
