package io.profilemesh.query.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.profilemesh.query.history.ApiKeyView;
import io.profilemesh.query.history.AuditView;
import io.profilemesh.query.history.DriftEventView;
import io.profilemesh.query.history.HistoryEntry;
import io.profilemesh.query.history.IncidentView;
import io.profilemesh.query.history.PipelineRunView;
import io.profilemesh.query.history.PipelineView;
import io.profilemesh.query.history.PolicyView;
import io.profilemesh.query.history.RequestView;
import io.profilemesh.query.history.RunSummary;
import io.profilemesh.query.history.TableState;
import io.profilemesh.query.history.TableSummary;
import io.profilemesh.query.history.UserView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page as it is answered.
 *
 * @param items items in the order of the list
 * @param next cursor of the next page; null: there is none
 * @param prev cursor of the previous page; null: there is none
 * @param total items of the whole list, only when asked for
 */
public record ListAnswer<T>(
    List<T> items,
    @Nullable String next,
    @Nullable String prev,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {

  public ListAnswer {
    items = List.copyOf(items);
  }

  /** For the description only. */
  @Schema(name = "RunList", description = "A page of runs.")
  record OfRuns(
      List<RunSummary> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "DriftEventList", description = "A page of drift events.")
  record OfDriftEvents(
      List<DriftEventView> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "IncidentList", description = "A page of incidents.")
  record OfIncidents(
      List<IncidentView> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "PolicyList", description = "A page of policies.")
  record OfPolicies(
      List<PolicyView> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "AuditLog", description = "A page of the audit log.")
  record OfAuditLogs(
      List<AuditView> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "QueryHistory", description = "A page of the query history.")
  record OfRequests(
      List<RequestView> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "UserList", description = "A page of people.")
  record OfUsers(
      List<UserView> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "ApiKeyList", description = "A page of keys.")
  record OfApiKeys(
      List<ApiKeyView> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "TableList", description = "A page of tables.")
  record OfTables(
      List<TableSummary> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "TableStateList", description = "A page of table states.")
  record OfTableStates(
      List<TableState> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "TableHistory", description = "A page of a dataset's history.")
  record OfHistory(
      List<HistoryEntry> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "PipelineList", description = "A page of pipelines.")
  record OfPipelines(
      List<PipelineView> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}

  /** For the description only. */
  @Schema(name = "PipelineRunList", description = "A page of requests with several runs.")
  record OfPipelineRuns(
      List<PipelineRunView> items,
      @Nullable String next,
      @Nullable String prev,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}
}
